//! `/_sandbox/`: what a test may order. Nothing of it exists at Stripe, so production code must never call it.

mod after_payment;
mod cards;
pub(crate) mod faults;
pub(crate) mod hang_up;
mod state;

use actix_web::web::{self, Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::core::Core;
use crate::delivery::behaviour::Behaviour;
use crate::http::auth;
use crate::objects::session::Session;
use crate::payments::{self, Settlement};
use crate::store::load;
use crate::wire::error::ApiError;
use crate::wire::version::new_request_id;

pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/_sandbox")
            .route("/state", web::get().to(state))
            .route("/clock/advance", web::post().to(advance_clock))
            .route("/webhooks/behaviour", web::post().to(set_behaviour))
            .route("/sessions/{id}/settle", web::post().to(settle_session))
            .route("/events/{id}/resend", web::post().to(resend_event))
            .route("/faults", web::post().to(order_faults))
            .configure(after_payment),
    );
}

fn after_payment(config: &mut web::ServiceConfig) {
    use after_payment as banks;
    config
        .route(
            "/payment_methods/{id}/behave",
            web::post().to(cards::behave),
        )
        .route("/refunds/behaviour", web::post().to(banks::begin_refunds))
        .route("/refunds/{id}/settle", web::post().to(banks::settle_refund))
        .route("/disputes", web::post().to(banks::open_dispute))
        .route("/disputes/{id}/move", web::post().to(banks::move_dispute))
        .route("/disputes/{id}/reinstate", web::post().to(banks::reinstate))
        .route(
            "/early_fraud_warnings",
            web::post().to(banks::warn_of_fraud),
        );
}

/// Runs an order for a caller who knows the key.
async fn answered(
    core: &Core,
    request: &HttpRequest,
    order: impl Future<Output = Result<Value, ApiError>>,
) -> HttpResponse {
    let result = match auth::check(request, &core.secret_key) {
        Ok(()) => order.await,
        Err(error) => Err(error),
    };
    match result {
        Ok(body) => HttpResponse::Ok().json(body),
        Err(error) => crate::http::refusal(&error, &new_request_id()),
    }
}

/// Runs an order that changes something, as one transaction.
async fn ordered<T, F>(
    core: &Data<Core>,
    request: &HttpRequest,
    body: &Bytes,
    job: F,
) -> HttpResponse
where
    T: DeserializeOwned + Send + 'static,
    F: FnOnce(&payments::Work<'_>, T) -> Result<Value, ApiError> + Send + 'static,
{
    answered(core, request, async {
        let order: T = read(body)?;
        let shared = core.clone().into_inner();
        shared.write(None, move |work| job(work, order)).await
    })
    .await
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, ApiError> {
    serde_json::from_slice(body)
        .map_err(|error| ApiError::invalid(format!("Invalid JSON body: {error}")))
}

async fn state(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    answered(&core, &request, async {
        core.clone().into_inner().run_due().await?;
        Ok(state::view(&core)?)
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: u32,
}

async fn advance_clock(core: Data<Core>, request: HttpRequest, body: Bytes) -> HttpResponse {
    answered(&core, &request, async {
        let order: Advance = read(&body)?;
        let shared = core.clone().into_inner();
        let offset: i64 = shared
            .write(None, move |work| {
                payments::move_clock_by(work, i64::from(order.seconds))
            })
            .await
            .map_err(ApiError::from)?;
        shared.wind_clock().await;
        Ok(json!({ "now": core.clock.now(), "offset_seconds": offset }))
    })
    .await
}

async fn set_behaviour(core: Data<Core>, request: HttpRequest, body: Bytes) -> HttpResponse {
    answered(&core, &request, async {
        let order: Behaviour = read(&body)?;
        if let Some(complaint) = order.complaint() {
            return Err(ApiError::invalid(complaint));
        }
        let kept = order.clone();
        core.clone()
            .into_inner()
            .write(None, move |work| kept.keep(work.tx))
            .await?;
        Ok(json!(order))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settle {
    outcome: SettleOutcome,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum SettleOutcome {
    Succeeded,
    Failed,
}

async fn settle_session(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Bytes,
) -> HttpResponse {
    answered(&core, &request, async {
        let settlement = match read::<Settle>(&body)?.outcome {
            SettleOutcome::Succeeded => Settlement::Succeeded,
            SettleOutcome::Failed => Settlement::Failed,
        };
        let id = id.into_inner();
        let job = move |work: &payments::Work<'_>| {
            let Some(mut session) = load::<Session>(work.tx, &id)? else {
                return Err(ApiError::no_such("checkout.session", &id, "session"));
            };
            if !payments::settle(work, &mut session, settlement)? {
                return Err(ApiError::invalid(
                    "This Checkout Session has no delayed payment on its way.",
                ));
            }
            Ok(session.view(work.public_url))
        };
        core.clone().into_inner().write(None, job).await
    })
    .await
}

async fn resend_event(core: Data<Core>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    answered(&core, &request, async {
        let id = id.into_inner();
        let job = move |work: &payments::Work<'_>| {
            if payments::resend(work, &id)? {
                Ok(json!({ "event": id, "targets": work.targets.len() }))
            } else {
                Err(ApiError::no_such("event", &id, "id"))
            }
        };
        core.clone().into_inner().write(None, job).await
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Orders {
    next: Vec<faults::Fault>,
}

async fn order_faults(core: Data<Core>, request: HttpRequest, body: Bytes) -> HttpResponse {
    answered(&core, &request, async {
        core.faults.order(read::<Orders>(&body)?.next);
        Ok(json!({ "next": core.faults.ordered() }))
    })
    .await
}

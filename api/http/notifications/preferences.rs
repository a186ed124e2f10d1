//! What an account's owner wants to hear of.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, put};
use ledger::command::{Action, Command, Outcome};
use ledger::credits::Credits;
use ledger::notice::LowBalance;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::{Buyer, Reader};
use crate::http::error::{ApiError, ErrorCode};
use crate::http::idempotency::{self, IdempotencyKey};
use crate::http::wire::CreditsView;

/// What the account's owner wants to hear of.
#[derive(Serialize, ToSchema)]
#[schema(as = NotificationPreferences)]
pub struct PreferencesView {
    /// They are told when less than one of these is available, ascending.
    pub low_balance: Vec<CreditsView>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewNotificationPreferences)]
pub struct PreferencesRequest {
    /// Tell when less than one of these is available: each once, when it is fallen below, and again
    /// after the balance was a tenth above it. None: never.
    #[schema(max_items = 5)]
    low_balance: Vec<Threshold>,
}

/// Credits that are named in a request.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(examples("100"), pattern = r"^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$")]
struct Threshold(String);

/// The caller's preferences
///
/// Below how much they are told that little is left.
#[utoipa::path(
    operation_id = "get_notification_preferences",
    tag = "Notifications",
    responses((status = 200, description = "The preferences.", body = PreferencesView,
        example = json!({"low_balance": ["100"]})))
)]
#[get("/v1/notification-preferences")]
pub async fn get_notification_preferences(
    app: Data<App>,
    Reader(caller): Reader,
) -> Result<Json<PreferencesView>, ApiError> {
    let holdings = app.store.holdings(&caller.account_id, app.clock.now());
    let holdings = holdings.await?;
    let account = holdings.account.as_ref();
    Ok(Json(match account {
        Some(account) => view(account.low_balance.thresholds()),
        None => view(LowBalance::default().thresholds()),
    }))
}

/// Set the caller's preferences
///
/// All of them at once.
#[utoipa::path(
    operation_id = "update_notification_preferences",
    tag = "Notifications",
    request_body(content = PreferencesRequest, example = json!({"low_balance": ["10", "100"]})),
    responses((status = 200, description = "The preferences.", body = PreferencesView,
        example = json!({"low_balance": ["10", "100"]})))
)]
#[put("/v1/notification-preferences")]
pub async fn update_notification_preferences(
    app: Data<App>,
    Buyer(caller): Buyer,
    key: IdempotencyKey,
    Body(request): Body<PreferencesRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let thresholds: Result<Vec<Credits>, ApiError> =
        request.low_balance.iter().map(Threshold::read).collect();
    let command = Command {
        account_id: caller.account_id.clone(),
        key: Some(key),
        action: Action::SetLowBalance(thresholds?),
    };
    let render = idempotency::render(|outcome| match outcome {
        Outcome::LowBalanceSet(thresholds) => idempotency::ok(&view(thresholds)),
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

impl Threshold {
    fn read(&self) -> Result<Credits, ApiError> {
        self.0.parse().map_err(|error| {
            let detail = format!("The body: low_balance: {error}.");
            ApiError::with_detail(ErrorCode::InvalidBody, detail)
        })
    }
}

fn view(thresholds: &[Credits]) -> PreferencesView {
    PreferencesView {
        low_balance: thresholds.iter().copied().map(CreditsView::from).collect(),
    }
}

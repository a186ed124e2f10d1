//! Starting a purchase, and seeing how it stands.
//!
//! A session is made in two commits with a call to Stripe between them: the purchase with all that
//! Stripe will be asked for, then the session Stripe made. A crash anywhere in between is mended by
//! repeating the request, because the call to Stripe is then the very same.

use std::time::Duration;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use ledger::command::{Action, Command, NewPurchase, Outcome};
use ledger::credits::Credits;
use ledger::ids::PurchaseId;
use ledger::instant::Instant;
use ledger::money::Money;
use ledger::purchase::{CheckoutRequest, Purchase, PurchaseStatus, Terms};
use ledger::rejection::Rejection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Body;
use super::callers::{Buyer, Reader};
use super::error::{ApiError, ErrorCode};
use super::idempotency::{self, IdempotencyKey};
use super::packages::whole_credits;
use super::return_urls::{self, ReturnUrls};
use super::wire::{CheckoutStatus, CreditsView, InstantView, MoneyView, present};
use crate::app::App;
use crate::auth::Caller;
use crate::catalogue::Catalogue;

/// How long a buyer has to pay.
const OPEN_FOR_SECONDS: i64 = 3 * 3600;
/// Stripe is not asked about the same purchase more often than this.
const LEAST_SECONDS_BETWEEN_POLLS: i64 = 2;
/// A page that polls would rather have the last known state than wait longer.
const PATIENCE_WITH_STRIPE: Duration = Duration::from_secs(4);

/// What to buy: a package, or a whole number of credits; one of the two.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCheckoutSession)]
pub struct CheckoutSessionRequest {
    /// The id of a package.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, max_length = 64, examples("plus"))]
    package_id: Option<String>,
    /// A whole number of credits, instead of a package.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, pattern = "^[1-9][0-9]{0,9}$", examples("2500"))]
    credits: Option<String>,
    /// Where the buyer comes back to after paying; `{CHECKOUT_SESSION_ID}` in it is replaced by the
    /// session's id. By default a page of this service.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        pattern = r"^https?://([A-Za-z0-9-]+\.)*[A-Za-z][A-Za-z0-9]*(:[0-9]{1,4})?([/?][!-~]*)?$",
        max_length = 2048,
        examples("https://app.example.com/credits?session={CHECKOUT_SESSION_ID}")
    )]
    success_url: Option<String>,
    /// Where the buyer comes back to without paying. By default a page of this service.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        pattern = r"^https?://([A-Za-z0-9-]+\.)*[A-Za-z][A-Za-z0-9]*(:[0-9]{1,4})?([/?][!-~]*)?$",
        max_length = 2048,
        examples("https://app.example.com/credits")
    )]
    cancel_url: Option<String>,
}

/// A purchase under way at Stripe.
#[derive(Serialize, ToSchema)]
#[schema(as = CheckoutSession)]
pub struct CheckoutSessionView {
    /// Stripe's id of the session.
    #[schema(examples("cs_test_a1B2c3D4"))]
    pub id: String,
    pub purchase_id: Uuid,
    pub status: CheckoutStatus,
    /// Where the buyer pays; null once there is nothing left to pay.
    #[schema(format = "uri")]
    pub url: Option<String>,
    pub credits: CreditsView,
    pub bonus_credits: CreditsView,
    pub price: MoneyView,
    /// When Stripe closes the session.
    pub expires_at: InstantView,
}

/// Start a purchase
///
/// Makes a Stripe Checkout session for a package or a custom amount. Send the buyer to `url`. The
/// credits arrive once Stripe confirms the payment, and end one calendar year later. Asking for the
/// same thing again while a session is open gives the same session.
#[utoipa::path(
    operation_id = "create_checkout_session",
    tag = "Buying",
    request_body(content = CheckoutSessionRequest, example = json!({"package_id": "plus"})),
    responses((status = 201, description = "The session.", body = CheckoutSessionView,
        example = json!({
            "id": "cs_test_a1B2c3D4", "purchase_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
            "status": "open", "url": "http://127.0.0.1:8081/c/pay/cs_test_a1B2c3D4",
            "credits": "5000", "bonus_credits": "0", "price": {"amount": 4600, "currency": "usd"},
            "expires_at": "2026-11-23T12:00:00Z"
        })))
)]
#[post("/v1/checkout-sessions")]
pub async fn create_checkout_session(
    app: Data<App>,
    Buyer(caller): Buyer,
    key: IdempotencyKey,
    Body(request): Body<CheckoutSessionRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    // The catalogue may have changed since a request was first taken: a repeat goes on all the same.
    let (action, withdrawn) = match new_purchase(&app, &caller, request).await {
        Ok(new) => (Action::OpenPurchase(new), None),
        Err(refusal) if refusal.is_of_the_catalogue() => (Action::ResumePurchase, Some(refusal)),
        Err(refusal) => return Err(refusal),
    };
    let command = Command {
        account_id: caller.account_id.clone(),
        key: Some(key.clone()),
        action,
    };
    // The purchase is committed before Stripe hears of it; its answer is not known yet.
    let opened = app
        .writer
        .submit(command, Some(idempotency::render(|_| None)))
        .await?;
    if let (Some(refusal), Err(Rejection::PurchaseDoesNotExist)) = (withdrawn, &opened.decision) {
        return Err(refusal);
    }
    let Ok(Outcome::PurchaseOpened(purchase)) = opened.decision else {
        return idempotency::respond(opened, None);
    };
    let answer = idempotency::render(|outcome| match outcome {
        Outcome::SessionRecorded(purchase) => idempotency::created(&view(purchase)?),
        _ => None,
    });
    let recorded = app
        .payments
        .ensure_session(purchase, Some(key), Some(answer))
        .await?;
    idempotency::respond(recorded, None)
}

/// A purchase by its session
///
/// Where the purchase stands, for the page a buyer comes back to. While it is undecided, Stripe is
/// asked, so that the answer is right even if no event has arrived.
#[utoipa::path(
    operation_id = "get_checkout_session",
    tag = "Buying",
    params(("id" = String, Path, description = "Stripe's id of the session.", max_length = 255,
        example = "cs_test_a1B2c3D4")),
    responses((status = 200, description = "The session.", body = CheckoutSessionView,
        example = json!({
            "id": "cs_test_a1B2c3D4", "purchase_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
            "status": "paid", "url": null, "credits": "5000", "bonus_credits": "0",
            "price": {"amount": 4600, "currency": "usd"}, "expires_at": "2026-11-23T12:00:00Z"
        })))
)]
#[get("/v1/checkout-sessions/{id}")]
pub async fn get_checkout_session(
    app: Data<App>,
    Reader(caller): Reader,
    id: Path<String>,
) -> Result<Json<CheckoutSessionView>, ApiError> {
    let missing = || ApiError::not_found("checkout session");
    if !id.starts_with("cs_") || id.len() > 255 || !id.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(missing());
    }
    let purchase = app
        .store
        .purchase_by_session(&caller.account_id, &id)
        .await?
        .ok_or_else(missing)?;
    let purchase = up_to_date(&app, purchase).await;
    view(&purchase).map(Json).ok_or_else(missing)
}

/// The purchase as Stripe has it now, or as we last knew it if Stripe does not say in time.
async fn up_to_date(app: &App, purchase: Purchase) -> Purchase {
    let age = app.clock.now().seconds_since(purchase.updated_at);
    let undecided = matches!(
        purchase.status,
        PurchaseStatus::Created | PurchaseStatus::Open | PurchaseStatus::AwaitingFunds
    );
    if !undecided || age < LEAST_SECONDS_BETWEEN_POLLS {
        return purchase;
    }
    match tokio::time::timeout(PATIENCE_WITH_STRIPE, app.payments.refresh(&purchase)).await {
        Ok(Ok(fresh)) => fresh,
        Ok(Err(error)) => {
            tracing::warn!(%error, "a purchase could not be brought up to date");
            purchase
        }
        Err(_) => purchase,
    }
}

/// The snapshot: price, credits and bonus as they are now, and all that Stripe will be asked for.
async fn new_purchase(
    app: &App,
    caller: &Caller,
    request: CheckoutSessionRequest,
) -> Result<NewPurchase, ApiError> {
    let urls = ReturnUrls {
        success: request.success_url.as_deref(),
        cancel: request.cancel_url.as_deref(),
    };
    let (success_url, cancel_url) = return_urls::checked(&urls, &app.public_url)?;
    let offer = offer(app, request.package_id, request.credits.as_deref()).await?;
    let now = app.clock.now();
    let expires_at = whole_seconds(now)
        .and_then(|now| now.plus_seconds(OPEN_FOR_SECONDS))
        .ok_or_else(|| ApiError::internal(&"the clock is out of range"))?;
    Ok(NewPurchase {
        terms: Terms {
            purchase_id: PurchaseId::from_uuid(Uuid::now_v7()),
            account_id: caller.account_id.clone(),
            credits: offer.credits,
            bonus: offer.bonus,
            price: offer.price,
            livemode: app.livemode,
            session_id: None,
        },
        request: CheckoutRequest {
            package_id: offer.package_id,
            title: offer.title,
            success_url,
            cancel_url,
            expires_at,
        },
    })
}

struct Offer {
    package_id: Option<String>,
    title: String,
    credits: Credits,
    bonus: Credits,
    price: Money,
}

async fn offer(
    app: &App,
    package_id: Option<String>,
    credits: Option<&str>,
) -> Result<Offer, ApiError> {
    let invalid = |detail: &str| ApiError::with_detail(ErrorCode::InvalidBody, detail);
    let catalogue = Catalogue::load(&app.store).await?;
    match (package_id, credits) {
        (Some(id), None) => {
            let package = catalogue.package(&id);
            let package = package.ok_or_else(|| ApiError::not_found("package"))?;
            Ok(Offer {
                package_id: Some(id),
                title: format!("{}: {} credits", package.name, package.credits),
                credits: package.credits,
                bonus: package.bonus,
                price: package.price,
            })
        }
        (None, Some(credits)) => {
            let count = whole_credits(credits).map_err(|d| invalid(&format!("The body: {d}")))?;
            let price = catalogue.prices.price(count)?;
            let credits = Credits::from_whole(count)
                .ok_or_else(|| ApiError::internal(&"the price list passes the maximum"))?;
            Ok(Offer {
                package_id: None,
                title: format!("{credits} credits"),
                credits,
                bonus: Credits::ZERO,
                price,
            })
        }
        _ => Err(ApiError::new(ErrorCode::InvalidOffer)),
    }
}

/// Stripe counts in seconds.
fn whole_seconds(instant: Instant) -> Option<Instant> {
    Instant::from_unix_seconds(instant.unix_seconds())
}

/// None before the session exists.
fn view(purchase: &Purchase) -> Option<CheckoutSessionView> {
    let terms = &purchase.terms;
    Some(CheckoutSessionView {
        id: terms.session_id.clone()?,
        purchase_id: terms.purchase_id.uuid(),
        status: purchase.status.into(),
        url: purchase.session_url.clone().filter(|_| purchase.is_open()),
        credits: terms.credits.into(),
        bonus_credits: terms.bonus.into(),
        price: terms.price.into(),
        expires_at: purchase.request.expires_at.into(),
    })
}

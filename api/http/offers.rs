//! What a buyer asks for, and the offer made: price, credits and bonus as they are at this moment. It
//! is what the purchase will be held to; no amount is taken from anywhere later.

use ledger::command::NewPurchase;
use ledger::credits::Credits;
use ledger::ids::PurchaseId;
use ledger::instant::Instant;
use ledger::money::Money;
use ledger::purchase::{CheckoutRequest, Lane, Terms};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::error::{ApiError, ErrorCode};
use super::packages::whole_credits;
use super::return_urls::{self, ReturnUrls};
use super::wire::present;
use crate::app::App;
use crate::auth::Caller;
use crate::catalogue::Catalogue;

/// How long a buyer has to pay.
const OPEN_FOR_SECONDS: i64 = 3 * 3600;

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

/// The snapshot: price, credits and bonus as they are now, and all that Stripe will be asked for.
pub async fn new_purchase(
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
            lane: Lane::Checkout,
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

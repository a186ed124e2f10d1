//! What a buyer asks for, and the offer made: price, credits and bonus as they are at this moment. It
//! is what the purchase will be held to; no amount is taken from anywhere later.

use ledger::command::NewPurchase;
use ledger::credits::Credits;
use ledger::ids::PurchaseId;
use ledger::instant::Instant;
use ledger::money::Money;
use ledger::promotion::{Promotion, Redemption};
use ledger::purchase::{CheckoutRequest, Lane, Terms};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::currencies::{self, Asked};
use super::error::{ApiError, ErrorCode};
use super::packages::whole_credits;
use super::promotions::offer as promotions;
use super::return_urls::{self, ReturnUrls};
use crate::app::App;
use crate::auth::Caller;
use crate::catalogue::Catalogue;
use crate::wire::present;

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
    /// The currency to pay in; one of `currencies` in the list of packages.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, pattern = "^[A-Za-z]{3}$", examples("usd"))]
    currency: Option<String>,
    /// A code that lowers the price of a package or adds credits to it.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        pattern = "^[A-Za-z0-9_-]{3,32}$",
        examples("SPRING10")
    )]
    promotion_code: Option<String>,
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
    let catalogue = currencies::catalogue(app, request.currency.as_deref(), Asked::InBody).await?;
    let mut offer = offer(&catalogue, request.package_id, request.credits.as_deref())?;
    if let Some(code) = &request.promotion_code {
        let code = promotions::parse(code, Asked::InBody)?;
        offer.apply(&promotions::find(app, &code).await?, catalogue.least_charge)?;
    }
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
            tax: app.tax,
            promotion: offer.promotion,
            livemode: app.livemode,
            lane: Lane::Checkout,
            session_id: None,
        },
        request: CheckoutRequest {
            with_invoice: app.invoices,
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
    promotion: Option<Redemption>,
}

impl Offer {
    /// The offer with a code. Whether the account may use it now is the ledger's to decide.
    fn apply(&mut self, promotion: &Promotion, least: Money) -> Result<(), ApiError> {
        let (price, redemption) = promotion.apply(self.package_id.as_deref(), self.price, least)?;
        let bonus = self.bonus.checked_add(redemption.extra);
        self.bonus = bonus.ok_or_else(|| ApiError::internal(&"a bonus passes the maximum"))?;
        self.price = price;
        self.title = format!("{} (code {})", self.title, redemption.code);
        self.promotion = Some(redemption);
        Ok(())
    }
}

fn offer(
    catalogue: &Catalogue,
    package_id: Option<String>,
    credits: Option<&str>,
) -> Result<Offer, ApiError> {
    let invalid = |detail: &str| ApiError::with_detail(ErrorCode::InvalidBody, detail);
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
                promotion: None,
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
                promotion: None,
            })
        }
        _ => Err(ApiError::new(ErrorCode::InvalidOffer)),
    }
}

/// Stripe counts in seconds.
fn whole_seconds(instant: Instant) -> Option<Instant> {
    Instant::from_unix_seconds(instant.unix_seconds())
}

//! Quotes: what work will cost, before it runs. A quote takes nothing and promises one thing: that a
//! hold made from it is priced as it says.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use ledger::credits::Credits;
use ledger::ids::{AccountId, QuoteId};
use ledger::instant::Instant;
use ledger::outlook;
use ledger::rating::Cost;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Body;
use super::callers::Asker;
use super::costs::{self, ComponentCostView};
use super::error::ApiError;
use super::quantities::QuantitiesView;
use super::work;
use crate::app::App;
use crate::auth::{Caller, Scope};
use crate::catalogue::{Catalogue, Package};
use crate::store::Quote;
use crate::wire::{CreditsView, InstantView, present};

const LASTS_SECONDS: i64 = 15 * 60;

/// Work that is about to run.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewQuote)]
pub struct QuoteRequest {
    /// For services: whose credits. By default the caller's own.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 255,
        pattern = "^[!-~]+$",
        examples("user-1")
    )]
    account_id: Option<String>,
    #[schema(max_length = 63, examples("model_inference"))]
    operation: String,
    /// Needed where the operation has variants.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, max_length = 63, examples("large"))]
    variant: Option<String>,
    quantities: QuantitiesView,
}

/// What work will cost.
#[derive(Serialize, ToSchema)]
#[schema(as = Quote)]
pub struct QuoteView {
    pub id: Uuid,
    #[schema(examples("user-1"))]
    pub account_id: String,
    #[schema(examples("model_inference"))]
    pub operation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("large"))]
    pub variant: Option<String>,
    pub quantities: QuantitiesView,
    #[schema(minimum = 1)]
    pub rate_version: i32,
    pub credits: CreditsView,
    /// They add up to `credits`.
    pub components: Vec<ComponentCostView>,
    /// Whether the account has as many credits available. A limit may refuse the work all the same.
    pub affordable: bool,
    /// How many are missing.
    pub shortfall: CreditsView,
    /// The smallest package that would cover the shortfall; null if nothing is missing, or none does.
    #[schema(examples("plus"))]
    pub suggested_package_id: Option<String>,
    /// Until then a hold made from the quote costs what it says.
    pub expires_at: InstantView,
}

/// Price work before it runs
///
/// What the work will cost and why, whether the account can pay for it, and if not which package
/// would do. The price holds for 15 minutes: name the quote when making a hold.
#[utoipa::path(
    operation_id = "create_quote",
    tag = "Consuming",
    request_body(content = QuoteRequest, example = json!({
        "operation": "market_analysis", "quantities": {"reports": 2}})),
    responses((status = 201, description = "The quote.", body = QuoteView,
        example = json!({
            "id": "019aaf10-1900-7c3d-8e20-5a6b7c8d9e0f", "account_id": "user-1",
            "operation": "market_analysis", "quantities": {"reports": 2}, "rate_version": 1,
            "credits": "50",
            "components": [{"quantity": "reports", "amount": 2, "unit_price": "25", "per": 1,
                "credits": "50", "share": 1.0}],
            "affordable": true, "shortfall": "0", "suggested_package_id": null,
            "expires_at": "2026-11-23T09:15:00Z"
        })))
)]
#[post("/v1/quotes")]
pub async fn create_quote(
    app: Data<App>,
    Asker(caller): Asker,
    Body(request): Body<QuoteRequest>,
) -> Result<HttpResponse, ApiError> {
    let quote = quote(&app, &caller, request).await?;
    Ok(HttpResponse::Created().json(quote))
}

/// Prices work, and keeps the price.
pub async fn quote(
    app: &App,
    caller: &Caller,
    request: QuoteRequest,
) -> Result<QuoteView, ApiError> {
    let account_id = account(caller, request.account_id.as_deref())?;
    let (book, now) = (app.rates.book(), app.clock.now());
    let rate = work::rate_at(&book, &request.operation, request.variant.as_deref(), now)?;
    let quantities = request.quantities.into_quantities();
    let cost = rate.cost(&quantities)?;
    let quote = Quote {
        id: QuoteId::from_uuid(Uuid::now_v7()),
        operation: request.operation,
        variant: request.variant,
        quantities,
        rate_version: rate.version(),
        credits: cost.credits,
        created_at: now,
        expires_at: end(now)?,
    };
    let shortfall = shortfall(app, &account_id, cost.credits, now).await?;
    let suggested = suggestion(app, shortfall).await?;
    app.store.keep_quote(&account_id, &quote).await?;
    Ok(view(&account_id, &quote, &cost, shortfall, suggested))
}

/// Services ask for anybody, everyone else for themselves.
fn account(caller: &Caller, named: Option<&str>) -> Result<AccountId, ApiError> {
    let (needed, account_id) = match named {
        Some(text) => (Scope::Consume, work::account_id(text)?),
        None => (Scope::Read, caller.account_id.clone()),
    };
    if caller.scopes.contains(needed) {
        return Ok(account_id);
    }
    Err(ApiError::missing_scope(needed.as_str()))
}

fn end(now: Instant) -> Result<Instant, ApiError> {
    now.plus_seconds(LASTS_SECONDS)
        .ok_or_else(|| ApiError::internal(&"the clock is out of range"))
}

async fn shortfall(
    app: &App,
    account_id: &AccountId,
    required: Credits,
    now: Instant,
) -> Result<Credits, ApiError> {
    let holdings = app.store.holdings(account_id, now).await?;
    let available = outlook::available(&holdings.lots, now)?;
    let missing = required.checked_sub(available);
    Ok(missing.unwrap_or(required).max(Credits::ZERO))
}

/// The package with the fewest credits that would do.
async fn suggestion(app: &App, shortfall: Credits) -> Result<Option<String>, ApiError> {
    if !shortfall.is_positive() {
        return Ok(None);
    }
    let total = |package: &Package| package.credits.checked_add(package.bonus);
    let packages = Catalogue::load(&app.store, app.currency).await?.packages;
    let enough = packages
        .iter()
        .filter(|package| total(package).is_some_and(|total| total >= shortfall));
    let smallest = enough.min_by_key(|package| total(package));
    Ok(smallest.map(|package| package.id.clone()))
}

fn view(
    account_id: &AccountId,
    quote: &Quote,
    cost: &Cost,
    shortfall: Credits,
    suggested_package_id: Option<String>,
) -> QuoteView {
    QuoteView {
        id: quote.id.uuid(),
        account_id: account_id.to_string(),
        operation: quote.operation.clone(),
        variant: quote.variant.clone(),
        quantities: (&quote.quantities).into(),
        rate_version: quote.rate_version,
        credits: quote.credits.into(),
        components: costs::components(cost),
        affordable: shortfall.is_zero(),
        shortfall: shortfall.into(),
        suggested_package_id,
        expires_at: quote.expires_at.into(),
    }
}

//! What work costs, as the page shows it: operations with the rates in effect.

use actix_web::get;
use actix_web::web::{Data, Json};
use bigdecimal::BigDecimal;
use ledger::instant::Instant;
use ledger::pricing::plain_price;
use ledger::rating::{Component, Operation, Rate, Variant};
use serde::Serialize;
use utoipa::ToSchema;

use super::callers::Reader;
use super::error::ApiError;
use super::quantities::QuantityView;
use crate::app::App;
use crate::wire::InstantView;

/// Everything that costs credits.
#[derive(Serialize, ToSchema)]
pub struct OperationList {
    pub data: Vec<OperationView>,
}

/// Something that costs credits.
#[derive(Serialize, ToSchema)]
#[schema(as = Operation)]
pub struct OperationView {
    #[schema(examples("model_inference"))]
    pub operation: String,
    #[schema(examples("AI model inference"))]
    pub name: String,
    pub description: String,
    /// One for each variant, or one alone where there are no variants. Empty while none is in
    /// effect.
    pub rates: Vec<RateView>,
}

/// What an operation, or one variant of it, costs now: the base, and for each component the
/// quantity, divided by `per`, times `price`. The total is rounded up to the micro-credit.
#[derive(Serialize, ToSchema)]
#[schema(as = Rate)]
pub struct RateView {
    /// Absent where the operation has no variants.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("large"))]
    pub variant: Option<String>,
    #[schema(minimum = 1, examples(1))]
    pub version: i32,
    /// It holds from this instant on.
    pub effective_at: InstantView,
    /// Credits for the work as such.
    pub base: PriceView,
    pub components: Vec<ComponentView>,
    /// The version that will follow, if one is announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub upcoming: Option<UpcomingRateView>,
}

/// A version that is announced.
#[derive(Serialize, ToSchema)]
#[schema(as = UpcomingRate)]
pub struct UpcomingRateView {
    #[schema(minimum = 1, examples(2))]
    pub version: i32,
    /// It holds from this instant on.
    pub effective_at: InstantView,
    /// Credits for the work as such.
    pub base: PriceView,
    pub components: Vec<ComponentView>,
}

/// What one quantity costs.
#[derive(Serialize, ToSchema)]
#[schema(as = RateComponent)]
pub struct ComponentView {
    /// What is counted, as `quantities` names it.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,62}$", examples("input_tokens"))]
    pub quantity: String,
    /// What one price buys, in words for people.
    #[schema(examples("1000 tokens read"))]
    pub unit: String,
    /// The same as a number of the quantity.
    pub per: QuantityView,
    /// Credits for so many.
    pub price: PriceView,
}

/// Credits as a decimal string with at most nine decimals and no trailing zeros, never a float.
#[derive(Serialize, ToSchema)]
#[serde(transparent)]
#[schema(as = CreditsPrice, value_type = String, format = "decimal", pattern = r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,9})?$", examples("0.0125"))]
pub struct PriceView(String);

impl From<&BigDecimal> for PriceView {
    fn from(price: &BigDecimal) -> PriceView {
        PriceView(plain_price(price))
    }
}

/// What work costs
///
/// Every operation with its current rates, and the versions announced to follow them. A change of a
/// rate is a new version, which takes effect at the instant it names.
#[utoipa::path(
    operation_id = "list_operations",
    tag = "Consuming",
    responses((status = 200, description = "Operations and rates.", body = OperationList,
        example = json!({"data": [
            {"operation": "model_inference", "name": "AI model inference",
             "description": "A question to a model and its answer, by the tokens of both.",
             "rates": [{"variant": "small", "version": 1, "effective_at": "2026-01-01T00:00:00Z",
                "base": "0", "components": [
                    {"quantity": "input_tokens", "unit": "1000 tokens read", "per": 1000, "price": "0.0125"},
                    {"quantity": "output_tokens", "unit": "1000 tokens written", "per": 1000, "price": "0.05"}
                ]}]},
            {"operation": "market_analysis", "name": "Market analysis",
             "description": "An advanced analysis of a market, by the reports written.",
             "rates": [{"version": 1, "effective_at": "2026-01-01T00:00:00Z", "base": "0",
                "components": [{"quantity": "reports", "unit": "report", "per": 1, "price": "25"}],
                "upcoming": {"version": 2, "effective_at": "2027-01-01T00:00:00Z", "base": "0",
                    "components": [{"quantity": "reports", "unit": "report", "per": 1, "price": "20"}]}
             }]}
        ]})))
)]
#[get("/v1/operations")]
pub async fn list_operations(
    app: Data<App>,
    _caller: Reader,
) -> Result<Json<OperationList>, ApiError> {
    Ok(Json(operations(&app)))
}

/// What everything costs now.
pub fn operations(app: &App) -> OperationList {
    let (book, now) = (app.rates.book(), app.clock.now());
    let operations = book.operations().iter();
    OperationList {
        data: operations.map(|it| operation_view(it, now)).collect(),
    }
}

fn operation_view(operation: &Operation, now: Instant) -> OperationView {
    let variants = operation.variants().iter();
    OperationView {
        operation: operation.operation().to_owned(),
        name: operation.name().to_owned(),
        description: operation.description().to_owned(),
        rates: variants.filter_map(|it| rate_view(it, now)).collect(),
    }
}

/// `None` while the variant has no rate in effect: until then it cannot be used.
fn rate_view(variant: &Variant, now: Instant) -> Option<RateView> {
    let rate = variant.current(now)?;
    Some(RateView {
        variant: variant.name().map(ToOwned::to_owned),
        version: rate.version(),
        effective_at: rate.effective_at().into(),
        base: rate.base().into(),
        components: components(rate),
        upcoming: variant.upcoming(now).map(|next| UpcomingRateView {
            version: next.version(),
            effective_at: next.effective_at().into(),
            base: next.base().into(),
            components: components(next),
        }),
    })
}

fn components(rate: &Rate) -> Vec<ComponentView> {
    let components = rate.components().iter();
    let view = |component: &Component| ComponentView {
        quantity: component.quantity.to_string(),
        unit: component.unit.clone(),
        per: component.per.into(),
        price: (&component.price).into(),
    };
    components.map(view).collect()
}

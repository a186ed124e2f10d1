//! A cost taken apart: what each quantity is the reason of.

use ledger::rating::{ComponentCost, Cost};
use serde::Serialize;
use utoipa::ToSchema;

use super::quantities::QuantityView;
use super::rates::PriceView;
use crate::wire::CreditsView;

/// What one quantity adds to the cost.
#[derive(Serialize, ToSchema)]
#[schema(as = CostComponent)]
pub struct ComponentCostView {
    /// What is counted; `base` for the fixed part.
    #[schema(examples("input_tokens"))]
    pub quantity: String,
    pub amount: QuantityView,
    /// Credits for `per` of it.
    pub unit_price: PriceView,
    pub per: QuantityView,
    pub credits: CreditsView,
    /// Of the whole cost, between 0 and 1.
    #[schema(minimum = 0, maximum = 1)]
    pub share: f64,
}

pub fn components(cost: &Cost) -> Vec<ComponentCostView> {
    let view = |component: &ComponentCost| ComponentCostView {
        quantity: component.quantity.to_string(),
        amount: component.amount.into(),
        unit_price: (&component.unit_price).into(),
        per: component.per.into(),
        credits: component.credits.into(),
        share: share(component.credits.micro(), cost.credits.micro()),
    };
    cost.components.iter().map(view).collect()
}

/// Rounded down to the millionth, and exact until then: no amount is ever worked out from it.
fn share(part: i64, whole: i64) -> f64 {
    let millionths = i128::from(part)
        .checked_mul(1_000_000)
        .and_then(|part| part.checked_div(i128::from(whole)))
        .and_then(|share| u32::try_from(share).ok());
    f64::from(millionths.unwrap_or_default()) / 1e6
}

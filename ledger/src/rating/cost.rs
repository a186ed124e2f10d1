//! What a piece of work costs, and how much of that each quantity is the reason of.

use bigdecimal::BigDecimal;

use crate::credits::Credits;

use super::name::QuantityName;
use super::quantity::Quantity;

/// The shares' credits add up to `credits`, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    pub credits: Credits,
    /// The base first, if the rate has one; then the rate's components in their order.
    pub components: Vec<ComponentCost>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentCost {
    /// [`super::BASE`] for the fixed part, which is one unit.
    pub quantity: QuantityName,
    pub amount: Quantity,
    /// Credits for `per` units.
    pub unit_price: BigDecimal,
    pub per: Quantity,
    pub credits: Credits,
}

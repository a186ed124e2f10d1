//! What work costs: quantities times the prices of a rate, exact until one rounding at the end. A
//! quote, a hold, a capture and a debit all ask here, so that they can never disagree.
//!
//! [`Quantities`] say how much work it is, a [`Rate`] what a unit of each costs, and the
//! [`RateBook`] which rate is in effect. Prices are decimals of credits, and the rounding is up, to
//! the micro-credit: nothing is given away by splitting work, and never as much as one micro-credit
//! is added.

mod book;
mod cost;
mod error;
mod name;
mod quantities;
mod quantity;
mod rate;

pub use book::{Operation, OperationTerms, RateBook, Variant};
pub use cost::{ComponentCost, Cost};
pub use error::{QuantitiesError, QuantityError, RateBookError, RateError, RatingError};
pub use name::{BASE, QuantityName};
pub use quantities::Quantities;
pub use quantity::Quantity;
pub use rate::{Component, Rate, RateTerms};

//! What can be wrong with a quantity, a rate, a book of rates, or the question what work costs:
//! each a sentence, with its numbers.

use crate::credits::Credits;
use crate::instant::Instant;

use super::name::{QuantityName, listed};
use super::quantities::Quantities;
use super::quantity::Quantity;

/// Why a text is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    #[error("a quantity is a JSON number, such as 1200 or 2.5")]
    QuantityIsNotANumber,
    #[error("a quantity is not negative")]
    QuantityIsNegative,
    #[error("a quantity has at most 6 decimals")]
    QuantityIsTooFine,
    #[error("a quantity is at most {}", Quantity::MAX)]
    QuantityIsTooLarge,
}

/// Why these are no quantities.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantitiesError {
    #[error(
        "the name of a quantity is 1 to 63 lower-case letters, digits and underscores, a letter first"
    )]
    NameIsNotOne,
    #[error("the quantity {name} is there twice")]
    QuantityIsThereTwice { name: QuantityName },
    #[error("there are at most {} quantities", Quantities::MOST)]
    TooManyQuantities,
    #[error("the text of quantities is not the canonical one")]
    TextIsNotCanonical,
    #[error(transparent)]
    Quantity(#[from] QuantityError),
}

/// Why terms make no rate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    #[error("the versions of a rate are counted from 1, so {version} is none")]
    VersionIsNotPositive { version: i32 },
    #[error("the base is negative, above 1000000000, or has more than 9 decimals")]
    BaseIsOutOfBounds,
    #[error("the price of {quantity} is negative, above 1000000000, or has more than 9 decimals")]
    PriceIsOutOfBounds { quantity: QuantityName },
    #[error("the price of {quantity} is for no units at all")]
    PriceIsForNothing { quantity: QuantityName },
    #[error("the quantity {quantity} is priced twice")]
    QuantityIsPricedTwice { quantity: QuantityName },
    #[error("no quantity is called base: that is the fixed part of a price")]
    QuantityIsCalledBase,
    #[error("a rate prices at most {} quantities", Quantities::MOST)]
    TooManyComponents,
}

/// Why operations and rates make no book.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateBookError {
    #[error("{operation:?} is no name of an operation")]
    OperationNameIsNotOne { operation: String },
    #[error("the operation {operation} is there twice")]
    OperationIsThereTwice { operation: String },
    #[error("there is a rate for {operation:?}, which is no operation")]
    RateIsOfNoOperation { operation: String },
    #[error("{variant:?} is no name of a variant of {operation}")]
    VariantNameIsNotOne { operation: String, variant: String },
    #[error("{operation} has rates with a variant and rates without")]
    OnlySomeRatesHaveAVariant { operation: String },
    #[error("version {version} of {} is there twice", subject(.operation, .variant.as_deref()))]
    VersionIsThereTwice {
        operation: String,
        variant: Option<String>,
        version: i32,
    },
    #[error(
        "version {version} of {} does not take effect after the one before it",
        subject(.operation, .variant.as_deref())
    )]
    VersionTakesEffectTooEarly {
        operation: String,
        variant: Option<String>,
        version: i32,
    },
}

/// Why work has no cost.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RatingError {
    #[error("there is no operation {operation:?}")]
    OperationDoesNotExist { operation: String },
    #[error("{operation} has variants, and one of them must be named: {}", listed(.variants))]
    VariantIsMissing {
        operation: String,
        variants: Vec<String>,
    },
    #[error("{operation} has no variants, so {variant:?} is none of them")]
    OperationHasNoVariants { operation: String, variant: String },
    #[error("{operation} has no variant {variant:?}, but {}", listed(.variants))]
    VariantDoesNotExist {
        operation: String,
        variant: String,
        variants: Vec<String>,
    },
    #[error("no rate of {} is in effect yet", subject(.operation, .variant.as_deref()))]
    NoRateIsInEffect {
        operation: String,
        variant: Option<String>,
        first_effective_at: Option<Instant>,
    },
    #[error("{} has no rate of version {version}", subject(.operation, .variant.as_deref()))]
    VersionDoesNotExist {
        operation: String,
        variant: Option<String>,
        version: i32,
    },
    #[error(
        "{quantity} is no quantity of {}, which takes {}",
        subject(.operation, .variant.as_deref()),
        taken(.required)
    )]
    QuantityIsUnknown {
        operation: String,
        variant: Option<String>,
        quantity: QuantityName,
        required: Vec<QuantityName>,
    },
    #[error(
        "{} takes {}, of which {} is missing",
        subject(.operation, .variant.as_deref()),
        taken(.required),
        listed(.missing)
    )]
    QuantitiesAreMissing {
        operation: String,
        variant: Option<String>,
        missing: Vec<QuantityName>,
        required: Vec<QuantityName>,
    },
    #[error("this would cost more than {maximum} credits, the most there can be")]
    CostPassesTheMaximum { maximum: Credits },
}

fn subject(operation: &str, variant: Option<&str>) -> String {
    match variant {
        Some(variant) => format!("{operation} ({variant})"),
        None => operation.to_owned(),
    }
}

fn taken(required: &[QuantityName]) -> String {
    match required {
        [] => "none".to_owned(),
        names => listed(names),
    }
}

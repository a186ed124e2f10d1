//! What a piece of work is, and what it costs: the part that quotes, debits, holds and captures have
//! in common. Work is priced by its quantities, or whoever asks names the credits; never both.

use ledger::credits::Credits;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::rating::{Quantities, Rate, RateBook, RatingError};
use ledger::usage::Usage;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{ApiError, ErrorCode};
use super::quantities::QuantitiesView;

/// No operation or variant has a longer name.
const LONGEST_NAME: usize = 63;

/// Credits as whoever asks writes them: more than nothing, at most six decimals.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(
    as = CreditsAsked,
    value_type = String,
    format = "decimal",
    pattern = r"^(0\.[0-9]{0,5}[1-9]|([1-8][0-9]{9}|[1-9][0-9]{0,8})(\.[0-9]{1,6})?|9000000000)$",
    examples("12.5")
)]
pub struct CreditsRequest(String);

impl CreditsRequest {
    pub fn parse(&self) -> Result<Credits, ApiError> {
        let credits = credits(&self.0)?;
        if credits.is_positive() {
            return Ok(credits);
        }
        Err(invalid("credits are more than 0"))
    }
}

/// Credits that may be none.
pub fn credits(text: &str) -> Result<Credits, ApiError> {
    text.parse()
        .map_err(|error| invalid(&format!("credits: {error}")))
}

/// Whose credits, as a service names it.
pub fn account_id(text: &str) -> Result<AccountId, ApiError> {
    AccountId::parse(text).map_err(|error| invalid(&format!("account_id: {error}")))
}

fn invalid(detail: &str) -> ApiError {
    ApiError::with_detail(ErrorCode::InvalidBody, format!("The body: {detail}."))
}

pub fn choice(detail: &str) -> ApiError {
    ApiError::with_detail(ErrorCode::InvalidChoice, format!("The body: {detail}."))
}

/// Work as a request describes it.
pub struct WorkRequest<'a> {
    pub operation: Option<&'a str>,
    pub variant: Option<&'a str>,
    pub quantities: Option<QuantitiesView>,
    pub credits: Option<&'a CreditsRequest>,
}

/// Work, and what it costs. It is more than nothing.
pub struct Work {
    pub credits: Credits,
    pub usage: Option<Usage>,
}

impl WorkRequest<'_> {
    /// Whether it says nothing at all.
    pub const fn is_empty(&self) -> bool {
        self.operation.is_none()
            && self.variant.is_none()
            && self.quantities.is_none()
            && self.credits.is_none()
    }

    /// What the work costs by the rates in effect at `now`.
    pub fn price(self, book: &RateBook, now: Instant) -> Result<Work, ApiError> {
        match (self.credits, self.quantities) {
            (Some(credits), None) => Ok(Work {
                credits: credits.parse()?,
                usage: named(self.operation, self.variant, book, now)?,
            }),
            (None, Some(quantities)) => {
                let operation = self.operation;
                let operation = operation.ok_or_else(|| choice("quantities need an operation"))?;
                let rate = rate_at(book, operation, self.variant, now)?;
                let quantities = quantities.into_quantities();
                Ok(Work {
                    credits: charged(rate.cost(&quantities)?.credits)?,
                    usage: Some(usage(rate, quantities)),
                })
            }
            _ => Err(choice("name credits or quantities, one of the two")),
        }
    }
}

/// The rate in effect.
pub fn rate_at<'a>(
    book: &'a RateBook,
    operation: &str,
    variant: Option<&str>,
    now: Instant,
) -> Result<&'a Rate, ApiError> {
    check_length("operation", operation)?;
    check_length("variant", variant.unwrap_or_default())?;
    Ok(book.rate_at(operation, variant, now)?)
}

/// Work that is to be charged costs something.
pub fn charged(cost: Credits) -> Result<Credits, ApiError> {
    if cost.is_positive() {
        return Ok(cost);
    }
    Err(ApiError::with_detail(
        ErrorCode::InvalidQuantities,
        "Work with these quantities costs nothing, so there is nothing to charge.",
    ))
}

/// Work that a rate has priced.
pub fn usage(rate: &Rate, quantities: Quantities) -> Usage {
    Usage {
        operation: rate.operation().to_owned(),
        variant: rate.variant().map(ToOwned::to_owned),
        quantities,
        rate_version: Some(rate.version()),
    }
}

/// Work whose credits are named. Its operation has to be one that there is; a variant need not be
/// named even where there are some.
fn named(
    operation: Option<&str>,
    variant: Option<&str>,
    book: &RateBook,
    now: Instant,
) -> Result<Option<Usage>, ApiError> {
    let Some(operation) = operation else {
        return match variant {
            None => Ok(None),
            Some(_) => Err(choice("a variant needs an operation")),
        };
    };
    check_length("operation", operation)?;
    let is_known = book
        .operations()
        .iter()
        .any(|it| it.operation() == operation);
    if !is_known {
        let operation = operation.to_owned();
        return Err(RatingError::OperationDoesNotExist { operation }.into());
    }
    if variant.is_some() {
        rate_at(book, operation, variant, now)?;
    }
    Ok(Some(Usage {
        operation: operation.to_owned(),
        variant: variant.map(ToOwned::to_owned),
        quantities: Quantities::default(),
        rate_version: None,
    }))
}

fn check_length(member: &str, name: &str) -> Result<(), ApiError> {
    if name.len() <= LONGEST_NAME {
        return Ok(());
    }
    Err(invalid(&format!(
        "{member} is at most {LONGEST_NAME} characters"
    )))
}

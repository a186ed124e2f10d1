//! The settings of an account as an administrator sends them: read, and refused with a sentence
//! where the ledger could not make sense of them.

use ledger::calendar::{AnchorDay, Zone};
use ledger::command::AccountSettings;
use ledger::credits::Credits;
use ledger::limit::Limit;
use ledger::rating::RateBook;
use ledger::usage::UNNAMED_OPERATION;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{ApiError, ErrorCode};
use super::whole_number::WholeNumber;
use crate::wire::{LimitWindowView, present};

/// All settings of an account.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AccountSettings)]
pub struct AccountSettingsRequest {
    /// A name of the IANA database.
    #[schema(min_length = 1, max_length = 64, examples("Asia/Kolkata"))]
    time_zone: String,
    /// The day of the month on which a cycle begins; in a shorter month its last day.
    #[schema(value_type = i16, minimum = 1, maximum = 31, examples(1))]
    anchor_day: WholeNumber,
    /// How much may be owed for admitted work.
    #[schema(pattern = r"^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$", examples("0"))]
    overdraft_limit: String,
    /// An operation has one limit for each window, and so has everything together.
    #[schema(max_items = 20)]
    limits: Vec<LimitRequest>,
}

/// At most `credits` in a window.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewLimit)]
struct LimitRequest {
    /// Left out where it is of everything together.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, max_length = 63, examples("model_inference"))]
    operation: Option<String>,
    window: LimitWindowView,
    #[schema(pattern = r"^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$", examples("200"))]
    credits: String,
}

/// The ledger's settings. Limits are of operations that the book knows.
pub fn settings(
    request: AccountSettingsRequest,
    book: &RateBook,
) -> Result<AccountSettings, ApiError> {
    let senseless = |error: String| ApiError::with_detail(ErrorCode::InvalidSettings, error);
    let zone = Zone::parse(&request.time_zone)
        .map_err(|error| senseless(format!("The body: time_zone: {error}.")))?;
    let day = i16::try_from(request.anchor_day.get()).unwrap_or(i16::MAX);
    let anchor_day =
        AnchorDay::new(day).map_err(|error| invalid(&format!("anchor_day: {error}.")))?;
    let mut limits = Vec::with_capacity(request.limits.len());
    for limit in request.limits {
        if let Some(operation) = &limit.operation
            && !is_known(book, operation)
        {
            let what = "The body: limits: there is no operation";
            return Err(senseless(format!("{what} {operation:?}.")));
        }
        limits.push(Limit {
            operation: limit.operation,
            window: limit.window.into(),
            credits: amount("limits", &limit.credits)?,
        });
    }
    Ok(AccountSettings {
        zone,
        anchor_day,
        overdraft_limit: amount("overdraft_limit", &request.overdraft_limit)?,
        limits,
    })
}

fn is_known(book: &RateBook, operation: &str) -> bool {
    let mut known = book.operations().iter();
    operation == UNNAMED_OPERATION || known.any(|it| it.operation() == operation)
}

fn amount(name: &str, text: &str) -> Result<Credits, ApiError> {
    if text.starts_with(['+', '-']) {
        return Err(invalid(&format!("{name}: an amount has no sign.")));
    }
    Credits::parse_signed(text).map_err(|error| invalid(&format!("{name}: {error}.")))
}

fn invalid(detail: &str) -> ApiError {
    ApiError::with_detail(ErrorCode::InvalidBody, format!("The body: {detail}"))
}

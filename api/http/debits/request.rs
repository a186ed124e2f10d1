//! A debit as a service asks for it.

use ledger::command::NewDebit;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::rating::RateBook;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::error::ApiError;
use crate::http::metadata::MetadataView;
use crate::http::quantities::QuantitiesView;
use crate::http::texts;
use crate::http::work::{self, CreditsRequest, WorkRequest};
use crate::wire::present;

/// Work that is done, priced by its `quantities` or charged the `credits` named: one of the two.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewDebit)]
pub struct DebitRequest {
    /// Whose credits.
    #[schema(
        min_length = 1,
        max_length = 255,
        pattern = "^[!-~]+$",
        examples("user-1")
    )]
    account_id: String,
    #[schema(max_length = 63, examples("model_inference"))]
    operation: String,
    /// Needed with `quantities` where the operation has variants.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, max_length = 63, examples("large"))]
    variant: Option<String>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false)]
    quantities: Option<QuantitiesView>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false)]
    credits: Option<CreditsRequest>,
    /// Your own name for this work. It names one debit of the account, for ever.
    #[schema(
        min_length = 1,
        max_length = 255,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]+$",
        examples("answer-42")
    )]
    reference: String,
    /// The account's owner reads it in the usage history.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 500,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]+$",
        examples("Answer to a question")
    )]
    description: Option<String>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false)]
    metadata: Option<MetadataView>,
}

impl DebitRequest {
    /// What is to be taken, and from whom, by the rates in effect at `now`.
    pub fn into_debit(
        self,
        book: &RateBook,
        now: Instant,
    ) -> Result<(AccountId, NewDebit), ApiError> {
        let account_id = work::account_id(&self.account_id)?;
        let work = WorkRequest {
            operation: Some(&self.operation),
            variant: self.variant.as_deref(),
            quantities: self.quantities,
            credits: self.credits.as_ref(),
        };
        let work = work.price(book, now)?;
        let unnamed = || ApiError::internal(&"work with an operation was given no name");
        let debit = NewDebit {
            credits: work.credits,
            usage: work.usage.ok_or_else(unnamed)?,
            reference: texts::reference(self.reference)?,
            description: texts::description(self.description)?,
            metadata: self.metadata.map(|it| it.to_json()).transpose()?,
        };
        Ok((account_id, debit))
    }
}

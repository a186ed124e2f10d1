//! A hold as a service asks for it: by a quote, by quantities, or for a number of credits.

use ledger::command::NewHold;
use ledger::ids::{AccountId, QuoteId};
use ledger::instant::Instant;
use ledger::usage::Usage;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::OverageView;
use crate::app::App;
use crate::http::error::{ApiError, ErrorCode};
use crate::http::metadata::MetadataView;
use crate::http::quantities::QuantitiesView;
use crate::http::texts;
use crate::http::whole_number::WholeNumber;
use crate::http::work::{self, CreditsRequest, Work, WorkRequest};
use crate::wire::present;

const DEFAULT_TTL_SECONDS: i64 = 3_600;

/// Work about to begin: one of `quote_id`, `quantities` (with their operation) and `credits`.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewHold)]
pub struct HoldRequest {
    /// Whose credits.
    #[schema(
        min_length = 1,
        max_length = 255,
        pattern = "^[!-~]+$",
        examples("user-1")
    )]
    account_id: String,
    /// A quote made for the account: its work, at its price.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false)]
    quote_id: Option<Uuid>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, max_length = 63, examples("backtesting"))]
    operation: Option<String>,
    /// Needed with `quantities` where the operation has variants.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, max_length = 63)]
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
    /// How long the work may take.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        value_type = Option<i64>,
        nullable = false,
        minimum = 1,
        maximum = 86400,
        default = 3600,
        examples(3600)
    )]
    ttl_seconds: Option<WholeNumber>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, default = "cover")]
    overage: Option<OverageView>,
    /// Your own name for this work. It names one hold of the account, for ever.
    #[schema(
        min_length = 1,
        max_length = 255,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]+$",
        examples("run-42")
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
        examples("Backtest of a strategy")
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

impl HoldRequest {
    /// What is to be set aside, and for whom, as of `now`.
    pub async fn into_hold(
        mut self,
        app: &App,
        now: Instant,
    ) -> Result<(AccountId, NewHold), ApiError> {
        let account_id = work::account_id(&self.account_id)?;
        let work = self.work(app, &account_id, now).await?;
        let hold = NewHold {
            credits: work.credits,
            usage: work.usage,
            reference: texts::reference(self.reference)?,
            description: texts::description(self.description)?,
            metadata: self.metadata.map(|it| it.to_json()).transpose()?,
            ttl_seconds: ttl_seconds(self.ttl_seconds),
            overage: self.overage.unwrap_or_default().into(),
        };
        Ok((account_id, hold))
    }

    async fn work(
        &mut self,
        app: &App,
        account_id: &AccountId,
        now: Instant,
    ) -> Result<Work, ApiError> {
        let work = WorkRequest {
            operation: self.operation.as_deref(),
            variant: self.variant.as_deref(),
            quantities: self.quantities.take(),
            credits: self.credits.as_ref(),
        };
        match self.quote_id {
            None => work.price(&app.rates.book(), now),
            Some(id) if work.is_empty() => quoted(app, account_id, id, now).await,
            Some(_) => Err(work::choice(
                "a quote says what the work is, so name no other",
            )),
        }
    }
}

fn ttl_seconds(asked: Option<WholeNumber>) -> i64 {
    asked.map_or(DEFAULT_TTL_SECONDS, WholeNumber::get)
}

/// The work of a quote, at its price. Another account's quote is none.
async fn quoted(
    app: &App,
    account_id: &AccountId,
    id: Uuid,
    now: Instant,
) -> Result<Work, ApiError> {
    let quote = app.store.quote(account_id, QuoteId::from_uuid(id)).await?;
    let quote = quote.ok_or_else(|| ApiError::not_found("quote"))?;
    if now >= quote.expires_at {
        return Err(ApiError::new(ErrorCode::QuoteExpired));
    }
    Ok(Work {
        credits: work::charged(quote.credits)?,
        usage: Some(Usage {
            operation: quote.operation,
            variant: quote.variant,
            quantities: quote.quantities,
            rate_version: Some(quote.rate_version),
        }),
    })
}

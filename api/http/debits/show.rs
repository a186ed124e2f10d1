//! A debit explained: what the work was, what each part of it cost, and whether it was given back.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryKind};
use ledger::ids::EntryId;
use ledger::rating::RateBook;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::callers::Consumer;
use crate::http::costs::{self, ComponentCostView};
use crate::http::entries::EntryView;
use crate::http::error::ApiError;
use crate::store::FoundEntry;
use crate::wire::{CreditsView, InstantView};

/// What lies where an id might, and is no debit.
const BATCH: &str = "batch";

/// A debit or a capture, explained.
#[derive(Serialize, ToSchema)]
#[schema(as = DebitDetails)]
pub struct DebitDetailsView {
    pub id: Uuid,
    #[schema(examples("user-1"))]
    pub account_id: String,
    /// What was charged, what became debt included.
    pub credits: CreditsView,
    pub entry: EntryView,
    /// What the work cost by the rate it was priced with; absent where the credits were named. A
    /// capture may have charged less.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub components: Option<Vec<ComponentCostView>>,
    /// Null unless it was given back.
    pub refunded: Option<RefundedView>,
}

/// How a debit was given back.
#[derive(Serialize, ToSchema)]
#[schema(as = Refunded)]
pub struct RefundedView {
    pub credits: CreditsView,
    pub entry_id: Uuid,
    pub at: InstantView,
}

/// A debit
///
/// What was charged and why: quantities, unit prices, lots drawn, and the refund if there was one. A
/// capture of a hold is a debit here.
#[utoipa::path(
    operation_id = "get_debit",
    tag = "Consuming",
    params(("id" = String, Path, description = "The debit's id.", format = "uuid",
        example = "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a")),
    responses((status = 200, description = "The debit.", body = DebitDetailsView,
        example = json!({
            "id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a", "account_id": "user-1", "credits": "50",
            "entry": {
                "id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a", "sequence": 3, "kind": "debit",
                "amount": "-50", "held_change": "0", "balance_after": "950",
                "available_after": "950", "reference": "analysis-7",
                "lots": [{"lot_id": "019aaf10-2a00-7b12-9c43-7d8e9f0a1b2c", "credits": "-50"}],
                "created_at": "2026-11-23T09:01:05Z"
            },
            "components": [{"quantity": "reports", "amount": 2, "unit_price": "25", "per": 1,
                "credits": "50", "share": 1.0}],
            "refunded": null
        })))
)]
#[get("/v1/debits/{id}")]
pub async fn get_debit(
    app: Data<App>,
    _caller: Consumer,
    id: Path<String>,
) -> Result<Json<DebitDetailsView>, ApiError> {
    if *id == BATCH {
        return Err(ApiError::method_not_allowed("POST"));
    }
    let charged = charged(&app, &id).await?;
    Ok(Json(view(&charged, &app.rates.book())?))
}

/// What is no id of a debit is the id of no debit.
pub async fn charged(app: &App, id: &str) -> Result<FoundEntry, ApiError> {
    let missing = || ApiError::not_found("debit");
    let id = Uuid::try_parse(id).map_err(|_| missing())?;
    let found = app.store.entry(EntryId::from_uuid(id)).await?;
    let charged = found.filter(|it| {
        let kind = it.entry.body.kind;
        matches!(kind, EntryKind::Debit | EntryKind::Capture)
    });
    charged.ok_or_else(missing)
}

fn view(charged: &FoundEntry, book: &RateBook) -> Result<DebitDetailsView, ApiError> {
    let (account_id, entry) = (&charged.account_id, &charged.entry);
    Ok(DebitDetailsView {
        id: entry.id(account_id).uuid(),
        account_id: account_id.to_string(),
        credits: cost(entry)?.into(),
        entry: EntryView::of(account_id, entry),
        components: components(entry, book)?,
        refunded: refunded(charged)?,
    })
}

/// What was given back of it.
pub fn refunded(found: &FoundEntry) -> Result<Option<RefundedView>, ApiError> {
    let Some(refund) = &found.refund else {
        return Ok(None);
    };
    // A refund is the same figure with the other sign.
    let credits = cost(refund)?.checked_neg();
    Ok(Some(RefundedView {
        credits: credits.ok_or_else(out_of_range)?.into(),
        entry_id: refund.id(&found.account_id).uuid(),
        at: refund.created_at.into(),
    }))
}

fn cost(entry: &Entry) -> Result<Credits, ApiError> {
    entry.body.cost().ok_or_else(out_of_range)
}

fn out_of_range() -> ApiError {
    ApiError::internal(&"the figures of an entry are out of range")
}

/// `None` where no rate priced the work.
pub fn components(
    entry: &Entry,
    book: &RateBook,
) -> Result<Option<Vec<ComponentCostView>>, ApiError> {
    let Some(usage) = &entry.body.usage else {
        return Ok(None);
    };
    let Some(version) = usage.rate_version else {
        return Ok(None);
    };
    let rate = book.rate(&usage.operation, usage.variant.as_deref(), version);
    let cost = rate.and_then(|rate| rate.cost(&usage.quantities));
    let cost = cost.map_err(|error| ApiError::internal(&error))?;
    Ok(Some(costs::components(&cost)))
}

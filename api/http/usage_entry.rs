//! One entry of the history, explained: what the work was and cost part by part, which lots it drew on, and
//! whether it was given back.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use ledger::ids::{EntryId, LotId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::callers::Reader;
use super::costs::ComponentCostView;
use super::debits::show::{self, RefundedView};
use super::entries::EntryView;
use super::error::ApiError;
use super::lots::LotView;
use crate::app::App;

/// An entry, and what it is about.
#[derive(Serialize, ToSchema)]
#[schema(as = EntryDetails)]
pub struct EntryDetailsView {
    pub entry: EntryView,
    /// What the work cost by the rate it was priced with; absent where no rate priced it. A capture may
    /// have charged less.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub components: Option<Vec<ComponentCostView>>,
    /// Null unless it is a debit or a capture that was given back.
    pub refunded: Option<RefundedView>,
    /// The lots that the entry names, as they are now, used up and ended ones included.
    pub lots: Vec<LotView>,
}

/// An entry of the caller's history
///
/// One line of the history with all that explains it: quantities, unit prices, the lots drawn on and where
/// those came from, and the refund if there was one.
#[utoipa::path(
    operation_id = "get_usage_entry",
    tag = "Account",
    params(("id" = String, Path, description = "The entry's id.", format = "uuid",
        example = "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a")),
    responses((status = 200, description = "The entry.", body = EntryDetailsView,
        example = json!({
            "entry": {
                "id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a", "sequence": 3, "kind": "debit",
                "amount": "-50", "held_change": "0", "balance_after": "950",
                "available_after": "950", "operation": "market_analysis",
                "quantities": {"reports": 2}, "rate_version": 1, "reference": "analysis-7",
                "lots": [{"lot_id": "019aaf10-2a00-7b12-9c43-7d8e9f0a1b2c", "credits": "-50"}],
                "created_at": "2026-11-23T09:01:05Z"
            },
            "components": [{"quantity": "reports", "amount": 2, "unit_price": "25", "per": 1,
                "credits": "50", "share": 1.0}],
            "refunded": null,
            "lots": [{"id": "019aaf10-2a00-7b12-9c43-7d8e9f0a1b2c", "source": "purchase",
                "granted": "1000", "remaining": "950", "held": "0", "frozen": "0",
                "granted_at": "2026-11-23T08:59:12Z", "expires_at": "2027-11-23T08:59:12Z",
                "priority": 0, "purchase_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9"}]
        })))
)]
#[get("/v1/usage-history/{id}")]
pub async fn get_usage_entry(
    app: Data<App>,
    Reader(caller): Reader,
    id: Path<String>,
) -> Result<Json<EntryDetailsView>, ApiError> {
    let missing = || ApiError::not_found("entry");
    let id = Uuid::try_parse(&id).map_err(|_| missing())?;
    let found = app.store.entry(EntryId::from_uuid(id)).await?;
    let own = found.filter(|it| it.account_id == caller.account_id);
    let found = own.ok_or_else(missing)?;
    let drawn: Vec<LotId> = found.entry.body.lots.iter().map(|it| it.lot_id).collect();
    let lots = app.store.lots_named(&caller.account_id, &drawn).await?;
    Ok(Json(EntryDetailsView {
        components: show::components(&found.entry, &app.rates.book())?,
        refunded: show::refunded(&found)?,
        lots: lots.iter().map(LotView::from).collect(),
        entry: EntryView::of(&found.account_id, &found.entry),
    }))
}

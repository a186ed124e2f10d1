//! Purchases as administrators see them, over all accounts, and what they can do about one: ask Stripe
//! again, send money back, and rule on a review. Whatever they do, the facts decide about credits.

pub mod list;
pub mod refund;
pub mod resync;
pub mod review;
pub mod show;
mod view;

use actix_web::web::Data;
use ledger::ids::PurchaseId;
use ledger::purchase::Purchase;
use uuid::Uuid;

use super::error::ApiError;
use crate::app::App;

/// What is no id of a purchase is the id of no purchase.
async fn find(app: &Data<App>, id: &str) -> Result<Purchase, ApiError> {
    let missing = || ApiError::not_found("purchase");
    let id = Uuid::try_parse(id).map_err(|_| missing())?;
    let purchase = app.store.any_purchase(PurchaseId::from_uuid(id)).await?;
    purchase.ok_or_else(missing)
}

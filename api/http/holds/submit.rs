//! What making a hold, changing it and releasing it have in common: the hold is answered as it stands
//! then, with what its account has left.

use actix_web::HttpResponse;
use ledger::command::{Action, Command, Outcome};
use ledger::ids::AccountId;
use ledger::replay::Key;

use super::view::{HoldView, HoldWithBalanceView};
use crate::app::App;
use crate::http::error::ApiError;
use crate::http::idempotency;
use crate::store::StoredAnswer;

/// How a hold is answered: as made, or as found.
pub type Answer = fn(&HoldWithBalanceView) -> Option<StoredAnswer>;

pub async fn submit(
    app: &App,
    account_id: AccountId,
    key: Key,
    action: Action,
    answer: Answer,
) -> Result<HttpResponse, ApiError> {
    let owner = account_id.clone();
    let render = idempotency::render(move |outcome| match outcome {
        Outcome::HoldChanged { hold, available } => {
            answer(&HoldView::with_balance(&owner, hold, *available)?)
        }
        _ => None,
    });
    let command = Command {
        account_id: account_id.clone(),
        key: Some(key),
        action,
    };
    let written = app.writer.submit(command, Some(render)).await?;
    if let Ok(Outcome::HoldChanged { hold, .. }) = &written.decision {
        app.store.remember_hold(&account_id, hold);
    }
    idempotency::respond(written, None)
}

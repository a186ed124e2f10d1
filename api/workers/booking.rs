//! Has the ledger book what the passing of time has done to accounts: through the writer, as everything
//! goes, so that any number of processes may try at once.

use futures_util::{StreamExt, stream};
use ledger::command::{Action, Command};
use ledger::ids::AccountId;

use crate::payments::Payments;
use crate::stopping::Stopping;

/// Few enough to leave the writer's queue to callers.
const MOST_AT_ONCE: usize = 32;

/// How many of the accounts were booked, before it was asked to stop.
pub async fn book_all(
    payments: &Payments,
    accounts: impl IntoIterator<Item = AccountId>,
    stopping: &Stopping,
) -> usize {
    stream::iter(accounts)
        .take_while(|_| std::future::ready(!stopping.is_asked()))
        .map(|id| async move { book(payments, id).await })
        .buffer_unordered(MOST_AT_ONCE)
        .filter(|booked| std::future::ready(*booked))
        .count()
        .await
}

async fn book(payments: &Payments, account_id: AccountId) -> bool {
    let command = Command {
        account_id: account_id.clone(),
        key: None,
        action: Action::BookDue,
    };
    match payments.writer.submit(command, None).await {
        Ok(_) => true,
        Err(error) => {
            tracing::warn!(account = %account_id, %error, "what is due was left for later");
            false
        }
    }
}

//! Auto-recharge: looks for accounts that ran low and lets each buy, if it is to. What is under way
//! after that, the sweep brings on: it asks Stripe again until the purchase is decided.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use ledger::ids::AccountId;
use ledger::pricing::PriceList;

use crate::catalogue::Catalogue;
use crate::payments::Payments;
use crate::stopping::{Stopping, Wake};
use crate::store::StoreError;

const LOOK_EVERY: Duration = Duration::from_secs(1);
const MOST_AT_ONCE: usize = 8;
const MOST_IN_A_PASS: i64 = 100;

pub async fn run(payments: Payments, mut stopping: Stopping) {
    loop {
        loop {
            match recharge_once(&payments, &stopping).await {
                // There may be more behind them.
                Ok(looked_at) if looked_at > 0 && !stopping.is_asked() => {}
                Ok(_) => break,
                Err(error) => {
                    tracing::warn!(%error, "the accounts that ran low could not be read");
                    break;
                }
            }
        }
        if stopping.pause(LOOK_EVERY).await == Wake::Stop {
            return;
        }
    }
}

/// How many accounts were looked at and are due no longer.
pub async fn recharge_once(payments: &Payments, stopping: &Stopping) -> Result<usize, StoreError> {
    let now = payments.clock.now();
    let due = payments.store.recharges_due(now, MOST_IN_A_PASS).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let prices = &Catalogue::price_lists(&payments.store).await?;
    let looked_at = stream::iter(due)
        .take_while(|_| std::future::ready(!stopping.is_asked()))
        .map(|id| async move { recharge(payments, &id, prices).await })
        .buffer_unordered(MOST_AT_ONCE)
        .filter(|looked_at| std::future::ready(*looked_at))
        .count();
    Ok(looked_at.await)
}

async fn recharge(payments: &Payments, account_id: &AccountId, prices: &[PriceList]) -> bool {
    match payments.recharge(account_id, prices).await {
        Ok(_) => true,
        // Once its purchase is open, an account is not due; if that could not be written, it is.
        Err(error) => {
            tracing::warn!(account = %account_id, %error, "a recharge was left for later");
            false
        }
    }
}

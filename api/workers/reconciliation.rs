//! The sweep: asks Stripe about every purchase that is due, so that credits arrive with every
//! webhook lost. It settles through the same function as the webhooks, and never grants by itself.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use ledger::purchase::Purchase;

use crate::payments::{Payments, PaymentsError};
use crate::stopping::{Stopping, Wake};
use crate::store::StoreError;

const LOOK_EVERY: Duration = Duration::from_secs(30);
const MOST_AT_ONCE: usize = 8;
const MOST_IN_A_PASS: i64 = 100;

pub async fn run(payments: Payments, mut stopping: Stopping) {
    loop {
        loop {
            match sweep_once(&payments, &stopping).await {
                // A full pass of which some were settled: there may be more behind it.
                Ok(pass) if pass.is_full && pass.settled > 0 && !stopping.is_asked() => {}
                Ok(_) => break,
                Err(error) => {
                    tracing::warn!(%error, "the purchases due could not be read");
                    break;
                }
            }
        }
        if stopping.pause(LOOK_EVERY).await == Wake::Stop {
            return;
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    pub settled: usize,
    pub is_full: bool,
}

pub async fn sweep_once(payments: &Payments, stopping: &Stopping) -> Result<Pass, StoreError> {
    let now = payments.clock.now();
    let due = payments.store.purchases_due(now, MOST_IN_A_PASS).await?;
    let is_full = i64::try_from(due.len()).is_ok_and(|count| count >= MOST_IN_A_PASS);
    let settled = stream::iter(due)
        .take_while(|_| std::future::ready(!stopping.is_asked()))
        .map(|purchase| async move { look_into(payments, &purchase).await })
        .buffer_unordered(MOST_AT_ONCE)
        .filter(|settled| std::future::ready(*settled))
        .count()
        .await;
    Ok(Pass { settled, is_full })
}

/// Whether the purchase is no longer due.
async fn look_into(payments: &Payments, purchase: &Purchase) -> bool {
    let purchase_id = purchase.terms.purchase_id;
    let error = match payments.refresh(purchase).await {
        Ok(_) => return true,
        // Abandoned, and so no longer due.
        Err(PaymentsError::StripeRefused { .. }) => return true,
        Err(error) => error,
    };
    tracing::warn!(%purchase_id, %error, "a purchase was left for the next sweep");
    // What does not pass by itself must not stand in front of the others every time.
    !error.passes() && payments.postpone(purchase).await.is_ok()
}

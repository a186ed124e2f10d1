//! The events that no webhook brought: read from Stripe's own list since where it was read before, with
//! an overlap, and put into the inbox. What is there already stays as it is.

use std::time::Duration;

use ledger::instant::Instant;
use metrics::counter;

use super::events::Envelope;
use super::inbox::take_in;
use super::{Payments, PaymentsError};
use crate::steps::{self, Step};

/// Events of one moment appear in the list one after the other, and clocks differ.
const OVERLAP_SECONDS: i64 = 600;
const PAUSE_SECONDS: i64 = 300;
/// How far back Stripe's list goes.
const LIST_SECONDS: i64 = 30 * 24 * 3_600;
pub const LOOK_EVERY: Duration = Duration::from_secs(30);

/// What the inbox makes use of. Stripe takes twenty names at most; what tells nothing that another one
/// does not is left out.
pub(super) const KINDS: [&str; 17] = [
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.refunded",
    "charge.succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.completed",
    "checkout.session.expired",
    "invoice.paid",
    "payment_intent.canceled",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.succeeded",
    "refund.created",
    "refund.failed",
    "refund.updated",
];

/// Each mode has a list of its own.
pub const fn cursor(payments: &Payments) -> &'static str {
    if payments.livemode {
        "stripe_events_live"
    } else {
        "stripe_events_test"
    }
}

/// Reads what is new in the list, if it is time and no other process does; how many events no webhook
/// had brought.
pub async fn catch_up_once(payments: &Payments) -> Result<usize, PaymentsError> {
    let now = payments.clock.now();
    let later = |seconds| now.plus_seconds(seconds).unwrap_or(now);
    let cursor = cursor(payments);
    let read_until = payments
        .store
        .claim_cursor(
            cursor,
            later(OVERLAP_SECONDS.saturating_neg()),
            now,
            later(PAUSE_SECONDS),
        )
        .await?;
    let Some(read_until) = read_until else {
        return Ok(0);
    };
    let oldest = later(LIST_SECONDS.saturating_neg());
    // A clock that was set back finds itself before what it has read.
    let read_until = read_until.min(now);
    let since = read_until.plus_seconds(OVERLAP_SECONDS.saturating_neg());
    let since = since.unwrap_or(oldest).max(oldest);
    let count = take_in_all_since(payments, since).await?;
    steps::reached(Step::AdvancingEventList);
    // Only now: what was read in part is read again.
    payments.store.advance_cursor(cursor, now).await?;
    counter!("credits_events_caught_up_total").increment(u64::try_from(count).unwrap_or(u64::MAX));
    Ok(count)
}

async fn take_in_all_since(payments: &Payments, since: Instant) -> Result<usize, PaymentsError> {
    let mut count: usize = 0;
    let mut after: Option<String> = None;
    loop {
        steps::reached(Step::ReadingEventList);
        let page = payments
            .stripe
            .events(since, &KINDS, after.as_deref())
            .await?;
        steps::reached(Step::EventPageRead);
        for payload in page.payloads {
            match Envelope::read(&payload) {
                Ok(envelope) => {
                    let now = payments.clock.now();
                    let is_new = take_in(&payments.store, payload, &envelope, now).await?;
                    count = count.saturating_add(usize::from(is_new));
                }
                Err(error) => tracing::error!(%error, "an event of Stripe's list can't be read"),
            }
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(count),
        }
    }
}

//! The inbox of Stripe's events: stored first, then worked off, once or many times with the same
//! result. An event that is stored is never lost, and one that can't be used is never silent.

use std::fmt::Display;

use futures_util::{StreamExt, stream};
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::purchase::Evidence;
use ledger::rejection::Rejection;
use metrics::counter;

use super::events::{Envelope, Reading, read_evidence};
use super::{Payments, PaymentsError};
use crate::steps::{self, Step};
use crate::store::{InboxRow, InboxStatus, Store, StoreError};

const LEASE_SECONDS: i64 = 10;
const MOST_AT_ONCE: usize = 8;
const MOST_IN_A_PASS: i64 = 64;
/// Our purchase is stored before Stripe hears of it, so an event without one is nobody's, or comes
/// back with a restored database.
const GIVE_UP_AFTER_SECONDS: i64 = 24 * 3_600;
const LONGEST_PAUSE_SECONDS: i64 = 300;

/// Stores a verified event. Whether it is new; either way it is stored when this returns.
pub async fn take_in(
    store: &Store,
    payload: String,
    envelope: &Envelope,
    now: Instant,
) -> Result<bool, StoreError> {
    let row = InboxRow {
        event_id: envelope.id.clone(),
        kind: envelope.kind.clone(),
        livemode: envelope.livemode,
        payload,
        received_at: now.micros(),
        status: InboxStatus::Waiting.code(),
        attempts: 0,
        next_attempt_at: Some(now.micros()),
        account_id: None,
        purchase_id: None,
        note: None,
    };
    store.store_event(row).await
}

/// Works off the events that are due, and returns how many there were.
pub async fn work_inbox_once(payments: &Payments) -> Result<usize, StoreError> {
    let now = payments.clock.now();
    let due = payments.store.events_due(now, MOST_IN_A_PASS).await?;
    let count = due.len();
    stream::iter(due)
        .for_each_concurrent(MOST_AT_ONCE, |row| async move {
            if let Err(error) = work_on(payments, &row).await {
                // Its lease runs out, and it is due again.
                tracing::warn!(event = row.event_id, %error, "an event was left for later");
            }
        })
        .await;
    Ok(count)
}

async fn work_on(payments: &Payments, row: &InboxRow) -> Result<(), StoreError> {
    let now = payments.clock.now();
    let lease_end = now.plus_seconds(LEASE_SECONDS).unwrap_or(Instant::MAX);
    if !payments.store.claim_event(row, lease_end).await? {
        return Ok(());
    }
    steps::reached(Step::EventClaimed);
    let end = end_of(payments, row).await;
    let (status, next_attempt_at, note) = end.record(row, payments.clock.now());
    let outcome = match status {
        InboxStatus::Waiting => "retry",
        InboxStatus::Applied => "applied",
        InboxStatus::Ignored => "ignored",
        InboxStatus::GivenUp => "given_up",
    };
    counter!("credits_inbox_events_total", "outcome" => outcome).increment(1);
    if status == InboxStatus::GivenUp {
        let note = note.as_deref().unwrap_or_default();
        tracing::error!(
            event = row.event_id,
            kind = row.kind,
            note,
            "an event was given up"
        );
    }
    steps::reached(Step::EventFinishing);
    payments
        .store
        .finish_event(&row.event_id, status, next_attempt_at, note.as_deref())
        .await?;
    steps::reached(Step::EventFinished);
    Ok(())
}

/// How one attempt at an event ended.
enum End {
    Applied,
    Ignored(&'static str),
    Unusable(String),
    /// Worth another attempt for a day.
    NotYet(String),
    /// Worth another attempt for as long as it takes: the event is not at fault.
    Interrupted(String),
}

impl End {
    fn record(
        self,
        row: &InboxRow,
        now: Instant,
    ) -> (InboxStatus, Option<Instant>, Option<String>) {
        let age = now.seconds_since(Instant::from_micros(row.received_at));
        match self {
            End::Applied => (InboxStatus::Applied, None, None),
            End::Ignored(why) => (InboxStatus::Ignored, None, Some(why.to_owned())),
            End::Unusable(why) => (InboxStatus::GivenUp, None, Some(why)),
            End::NotYet(why) if age >= GIVE_UP_AFTER_SECONDS => {
                (InboxStatus::GivenUp, None, Some(why))
            }
            End::NotYet(why) | End::Interrupted(why) => {
                let next = now.plus_seconds(pause_seconds(row.attempts));
                (InboxStatus::Waiting, Some(next.unwrap_or(now)), Some(why))
            }
        }
    }
}

/// 1, 2, 4 … seconds, up to five minutes.
fn pause_seconds(attempts: i32) -> i64 {
    let doublings = u32::try_from(attempts).unwrap_or(0);
    1_i64
        .checked_shl(doublings)
        .filter(|pause| (1..LONGEST_PAUSE_SECONDS).contains(pause))
        .unwrap_or(LONGEST_PAUSE_SECONDS)
}

async fn end_of(payments: &Payments, row: &InboxRow) -> End {
    if row.livemode != payments.livemode {
        return End::Ignored("livemode");
    }
    match Envelope::read(&row.payload) {
        Ok(envelope) if envelope.account.is_some() => return End::Ignored("connected_account"),
        Ok(_) => {}
        Err(error) => return End::Unusable(error.to_string()),
    }
    let news = match read_evidence(&row.payload) {
        Reading::About {
            purchase_id,
            account_id,
            evidence,
        } => News {
            purchase_id,
            account_id,
            evidence: Some(evidence),
        },
        Reading::OfPayment {
            payment_intent_id,
            evidence,
        } => match payments.stripe.owner_of_payment(&payment_intent_id).await {
            Ok(Some((account_id, purchase_id))) => News {
                purchase_id,
                account_id,
                evidence: Some(evidence),
            },
            Ok(None) => return End::Ignored("foreign"),
            Err(failure) => return after(&PaymentsError::from(failure)),
        },
        Reading::AskAbout {
            purchase_id,
            account_id,
        } => News {
            purchase_id,
            account_id,
            evidence: None,
        },
        Reading::Ignored(why) => return End::Ignored(why),
        Reading::Unreadable(why) => return End::Unusable(why),
    };
    steps::reached(Step::EvidenceRead);
    match apply(payments, row, news).await {
        Ok(()) => End::Applied,
        Err(error) => after(&error),
    }
}

/// What an event says, and of which purchase.
struct News {
    purchase_id: PurchaseId,
    account_id: AccountId,
    /// None: Stripe has to be asked.
    evidence: Option<Vec<Evidence>>,
}

async fn apply(payments: &Payments, row: &InboxRow, news: News) -> Result<(), PaymentsError> {
    let News {
        purchase_id,
        account_id,
        evidence,
    } = news;
    let known = payments.store.purchase(&account_id, purchase_id).await?;
    let known = known.ok_or(PaymentsError::Rejected(Rejection::PurchaseDoesNotExist))?;
    payments
        .store
        .name_purchase_of_event(&row.event_id, &account_id, purchase_id)
        .await?;
    match evidence {
        Some(evidence) => payments.settle(&known, evidence).await.map(drop),
        None => payments.refresh(&known).await.map(drop),
    }
}

fn after(error: &PaymentsError) -> End {
    match error {
        PaymentsError::Rejected(Rejection::PurchaseDoesNotExist) => {
            End::NotYet("no such purchase".to_owned())
        }
        error if error.passes() => End::Interrupted(told(error)),
        error => End::NotYet(told(error)),
    }
}

/// Short enough to be kept with the event.
fn told(error: &impl Display) -> String {
    error.to_string().chars().take(500).collect()
}

#[cfg(test)]
mod tests;

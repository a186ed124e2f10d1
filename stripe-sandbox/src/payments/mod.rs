//! What happens when somebody pays; every change comes with its events in the same transaction.

mod attempt;
mod authenticate;
mod checkout;
mod disputes;
mod due;
mod emit;
mod expiry;
mod fraud_warnings;
mod intents;
mod refunds;
mod settle;

pub(crate) use attempt::{Outcome, Presence, attempt};
pub(crate) use authenticate::{Verdict, authenticate};
pub(crate) use checkout::{finish_free, open_attempt, record_attempt};
pub(crate) use disputes::{Handing, NewDispute, answer_dispute, dispute, move_dispute, reinstate};
pub(crate) use due::run_due;
pub(crate) use emit::resend;
pub(crate) use expiry::expire;
pub(crate) use fraud_warnings::warn_of_fraud;
pub(crate) use intents::{cancel, new_intent};
pub(crate) use refunds::{BEGINNING, NewRefund, refund, settle_refund};
pub(crate) use settle::{Settlement, settle};

use crate::objects::Look;
use crate::store::Tx;
use crate::target::WebhookTarget;

/// Which API request caused a change; pages and the clock cause some without one.
#[derive(Clone, Debug)]
pub(crate) struct RequestRef {
    pub(crate) id: String,
    pub(crate) idempotency_key: Option<String>,
}

/// One transaction under way: what may be changed, and the circumstances of the change.
pub(crate) struct Work<'a> {
    pub(crate) tx: &'a Tx,
    pub(crate) public_url: &'a str,
    pub(crate) targets: &'a [WebhookTarget],
    /// The sandbox's time in seconds.
    pub(crate) now: i64,
    /// The machine's time, which deliveries go by.
    pub(crate) wall_ms: i64,
    pub(crate) request: Option<RequestRef>,
}

impl Work<'_> {
    pub(crate) fn look(&self) -> Look<'_> {
        Look {
            reads: self.tx,
            public_url: self.public_url,
        }
    }
}

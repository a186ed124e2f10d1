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
mod invoices;
mod refunds;
mod saved_methods;
mod settle;
mod setup;
mod time;

pub(crate) use attempt::{Outcome, Presence, attempt};
pub(crate) use authenticate::{Verdict, authenticate, authenticate_setup};
pub(crate) use checkout::{finish_free, open_attempt, record_attempt, record_setup, save_card};
pub(crate) use disputes::{Handing, NewDispute, answer_dispute, dispute, move_dispute, reinstate};
pub(crate) use due::run_due;
pub(crate) use emit::resend;
pub(crate) use expiry::expire;
pub(crate) use fraud_warnings::warn_of_fraud;
pub(crate) use intents::{cancel, new_intent};
pub(crate) use refunds::{BEGINNING, NewRefund, refund, settle_refund};
pub(crate) use saved_methods::{attach, delete_customer, detach};
pub(crate) use settle::{Settlement, settle};
pub(crate) use setup::{attempt_setup, cancel_setup};
pub(crate) use time::{move_clock_by, move_clock_to};

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
    pub(crate) fn request_id(&self) -> &str {
        self.request
            .as_ref()
            .map_or("", |request| request.id.as_str())
    }

    pub(crate) fn look(&self) -> Look<'_> {
        Look {
            reads: self.tx,
            public_url: self.public_url,
        }
    }
}

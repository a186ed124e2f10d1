//! How people and the platform's own systems hear of what happens to credits: every notice is routed to
//! whoever is to be sent it, and each of these deliveries attempted until it got there or is given up.
//!
//! 1. The notice is stored with what it is about, in one transaction (`ledger::notice`, the writer).
//! 2. `routing` makes a delivery of it for each target: the owner's mailbox, if they want it there and
//!    the platform has their address, and every webhook endpoint that takes its kind.
//! 3. `attempt` claims a delivery by a lease, sends it, and stores what was answered. It goes out at
//!    least once, because whoever dies between the answer and its storing tries again; receivers tell
//!    by the notice's id. What an account has for one target goes out in order.
//! 4. What fails is tried ten times over three days (`schedule`), and is a dead letter then, which an
//!    administrator sees and may order again.
//!
//! Nothing in here moves a credit, and none of it is waited for by anybody who does.

mod attempt;
pub mod mail;
mod routing;
mod samples;
mod schedule;
pub mod webhook;

pub use attempt::{deliver_due, tell_of_disabled};
pub use routing::route_once;

use self::mail::Mailer;
use self::webhook::WebhookSender;
use crate::clock::Clock;
use crate::store::{Answer, Store};
use crate::writer::Writer;

/// All that is needed to tell somebody something.
#[derive(Clone)]
pub struct Dispatch {
    pub store: Store,
    pub writer: Writer,
    pub clock: Clock,
    /// None: no mails are sent.
    pub mailer: Option<Mailer>,
    /// None: no webhooks are sent.
    pub webhooks: Option<WebhookSender>,
}

/// What came of an attempt.
#[derive(Debug)]
pub enum Sent {
    Delivered(Answer),
    /// Worth another attempt.
    Failed(Answer),
    /// Never worth one.
    Refused(Answer),
    /// The endpoint says that it is there no more.
    Gone(Answer),
}

/// As much of an answer as is kept.
const LONGEST_ANSWER: usize = 1_000;

/// What was said, fit to be stored and shown: short, and without control characters.
fn words(said: &str) -> String {
    let printable = said
        .chars()
        .map(|it| if it.is_control() { ' ' } else { it });
    printable.take(LONGEST_ANSWER).collect()
}

#[cfg(test)]
mod tests;

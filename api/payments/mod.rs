//! Money, through Stripe: sessions are made, events taken in, and what Stripe says is handed to
//! the ledger as evidence. Nothing here grants a credit, and no amount of Stripe's becomes one.
//!
//! | file | what lives there |
//! |---|---|
//! | `stripe` | the API, and every type of its client |
//! | `states` | Stripe's words in the ledger's terms |
//! | `signature`, `events`, `inbox` | a webhook: proven, read, kept and worked off |
//! | `event_list` | events that no webhook brought |
//! | `refund` | money sent back by an administrator |
//! | `checkout` | from a purchase to its checkout session |
//! | `saved_cards`, `recharge` | the saved card, and what is bought with it while its owner is away |
//! | `settle` | the one way that evidence takes, whoever brings it |
//! | `schedule` | when Stripe is asked again |

pub mod checkout;
mod declines_page;
pub mod event_list;
pub mod events;
pub mod inbox;
pub mod recharge;
pub mod refund;
pub mod saved_cards;
pub mod schedule;
pub mod settle;
pub mod signature;
mod states;
pub mod stripe;

pub use declines_page::declines_page;

use ledger::rejection::Rejection;

use self::stripe::{StripeClient, StripeFailure};
use crate::clock::Clock;
use crate::store::{Store, StoreError};
use crate::writer::{Writer, WriterError};

/// All that payments need. Cheap to clone.
#[derive(Clone)]
pub struct Payments {
    pub store: Store,
    pub writer: Writer,
    pub stripe: StripeClient,
    pub clock: Clock,
    /// Whether our key moves real money: events of the other mode are none of ours.
    pub livemode: bool,
    /// Where a card's owner comes back to from Stripe.
    pub return_page: String,
}

#[derive(Debug, thiserror::Error)]
pub enum PaymentsError {
    #[error("Stripe can't be reached")]
    StripeUnavailable { retry_after_seconds: u32 },
    /// The same session is being made by another call of ours.
    #[error("the checkout session is still being made")]
    StillRunning,
    /// Stripe will never make this session; the purchase is abandoned.
    #[error("Stripe refused the call: {code}")]
    StripeRefused { code: String },
    #[error("Stripe does not accept our key")]
    StripeMisconfigured,
    #[error("rejected: {0}")]
    Rejected(Rejection),
    #[error(transparent)]
    Writer(#[from] WriterError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The ledger answered another question than the one asked.
    #[error("the ledger's outcome is not of the command's kind")]
    UnexpectedOutcome,
}

impl PaymentsError {
    /// Whether the same work may succeed later without anything being changed by hand.
    pub const fn passes(&self) -> bool {
        match self {
            PaymentsError::StripeUnavailable { .. }
            | PaymentsError::StillRunning
            | PaymentsError::StripeMisconfigured
            | PaymentsError::Writer(
                WriterError::Full | WriterError::Unavailable | WriterError::OutcomeUnknown,
            ) => true,
            PaymentsError::Store(error) => error.retryable(),
            PaymentsError::StripeRefused { .. }
            | PaymentsError::Rejected(_)
            | PaymentsError::Writer(WriterError::Broken)
            | PaymentsError::UnexpectedOutcome => false,
        }
    }
}

impl From<StripeFailure> for PaymentsError {
    fn from(failure: StripeFailure) -> PaymentsError {
        match failure {
            StripeFailure::Unavailable {
                retry_after_seconds,
                ..
            } => PaymentsError::StripeUnavailable {
                retry_after_seconds,
            },
            StripeFailure::Busy => PaymentsError::StillRunning,
            StripeFailure::Refused { code, .. } => PaymentsError::StripeRefused { code },
            StripeFailure::Misconfigured { .. } => PaymentsError::StripeMisconfigured,
        }
    }
}

#[cfg(test)]
pub(crate) mod bench;
#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    reason = "an overflow in a test panics, which is what it is for"
)]
mod stories;
#[cfg(test)]
mod tests;

//! Auto-recharge: an account buys credits by itself when it runs low. Here is what it is set to, what
//! has become of it, and whether it may try now: pure, like all of the ledger. Nothing here opens a
//! purchase or moves a credit; `decide` does that with what is said here.
//!
//! - Off until somebody turns it on, and then with a cap on what it may spend in a cycle.
//! - One attempt at a time. It is counted when it is opened, before anybody asks the card.
//! - A declined card is left alone for longer and longer, and after three failures in a row until it
//!   is changed for another. Some declines are final at once ([`DECLINES`]).
//! - An outage of Stripe is no decline: the attempt under way stays the one under way.

mod card;
mod decline;
mod policy;
mod progress;
mod settings;
mod spending;

pub use card::Card;
pub use decline::{Advice, Consequence, DECLINES, Decline};
pub use policy::{Obstacle, Offer, Verdict, verdict};
pub use progress::{Attempt, AttemptState, Failure, MOST_FAILURES, PAUSES_SECONDS, Suspension};
pub use settings::{Amount, Settings, SettingsError};
pub use spending::{CapNotice, Spending};

use crate::credits::Credits;
use crate::instant::Instant;

/// The auto-recharge of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoRecharge {
    /// None: never turned on.
    pub settings: Option<Settings>,
    /// Stripe's id of the account's customer, once there is one.
    pub customer_id: Option<String>,
    pub card: Option<Card>,
    /// Why the card is not charged, though it is turned on.
    pub suspension: Option<Suspension>,
    /// The last purchase it opened.
    pub attempt: Option<Attempt>,
    /// How many purchases it has ever opened.
    pub attempts: i64,
    /// In a row.
    pub failures: u8,
    pub last_failure: Option<Failure>,
    /// No attempt before this.
    pub not_before: Option<Instant>,
    pub spending: Spending,
    pub updated_at: Instant,
}

impl AutoRecharge {
    pub fn new(now: Instant) -> AutoRecharge {
        AutoRecharge {
            settings: None,
            customer_id: None,
            card: None,
            suspension: None,
            attempt: None,
            attempts: 0,
            failures: 0,
            last_failure: None,
            not_before: None,
            spending: Spending::default(),
            updated_at: now,
        }
    }

    /// The card, if it can be charged.
    pub fn usable_card(&self) -> Option<&Card> {
        self.card.as_ref().filter(|card| card.removed_at.is_none())
    }
}

/// When an account's auto-recharge has to be looked at: kept with the account, so that a debit need
/// not know more of it. An account without auto-recharge has neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// As soon as less than this is available.
    pub below: Option<Credits>,
    /// At this instant, whatever is available.
    pub due_at: Option<Instant>,
}

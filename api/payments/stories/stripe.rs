//! What is true at Stripe about one purchase: a session, its payment, and what went back of it; and what
//! Stripe answers when it is asked. It never looks at what we made of it.

use std::collections::BTreeMap;

use ledger::instant::Instant;
use ledger::purchase::{
    Charged, DisputeSnapshot, Evidence, Facts, PaymentIntentSnapshot, RefundSnapshot,
    SessionSnapshot,
};
use ledger::recharge::Decline;

use super::{ACCOUNT, PRICE, PURCHASE};
use crate::payments::states::{
    LastAttempt, dispute_state, payment_intent_state, refund_state, session_state,
};

/// One of the sessions, by its letter. `Ours` is the one we know; `Second` was made for the same
/// purchase when an answer of Stripe's was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Which {
    Ours,
    Second,
    /// Of another application in the same Stripe account.
    Foreign,
}

/// Something at Stripe that came to be, or came further.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    Session {
        which: Which,
        status: &'static str,
        payment_status: &'static str,
    },
    Payment {
        which: Which,
        status: &'static str,
        last_attempt_failed: bool,
    },
    Refund {
        name: String,
        which: Which,
        amount: i64,
        status: &'static str,
        names_purchase: bool,
    },
    Dispute {
        name: String,
        which: Which,
        amount: i64,
        status: &'static str,
    },
    Warning {
        which: Which,
        actionable: bool,
    },
}

impl Which {
    pub const fn letter(self) -> &'static str {
        match self {
            Which::Ours => "a",
            Which::Second => "b",
            Which::Foreign => "f",
        }
    }

    pub fn id(self, prefix: &str) -> String {
        format!("{prefix}_{}", self.letter())
    }
}

impl Thing {
    pub const fn which(&self) -> Which {
        match self {
            Thing::Session { which, .. }
            | Thing::Payment { which, .. }
            | Thing::Refund { which, .. }
            | Thing::Dispute { which, .. }
            | Thing::Warning { which, .. } => *which,
        }
    }
}

/// Everything as it is at one moment.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    things: BTreeMap<String, Thing>,
}

impl Truth {
    pub fn become_true(&mut self, thing: &Thing) {
        let id = match thing {
            Thing::Session { which, .. } => which.id("cs"),
            Thing::Payment { which, .. } => which.id("pi"),
            Thing::Refund { name, .. } => format!("re_{name}"),
            Thing::Dispute { name, .. } => format!("dp_{name}"),
            Thing::Warning { which, .. } => which.id("issfr"),
        };
        self.things.insert(id, thing.clone());
    }

    pub fn things(&self) -> impl Iterator<Item = &Thing> {
        self.things.values()
    }

    pub fn session(&self, wanted: Which) -> Option<(&'static str, &'static str)> {
        match self.things.get(&wanted.id("cs"))? {
            Thing::Session {
                status,
                payment_status,
                ..
            } => Some((status, payment_status)),
            _ => None,
        }
    }

    pub fn payment(&self, wanted: Which) -> Option<(&'static str, bool)> {
        match self.things.get(&wanted.id("pi"))? {
            Thing::Payment {
                status,
                last_attempt_failed,
                ..
            } => Some((status, *last_attempt_failed)),
            _ => None,
        }
    }

    /// The sum of what succeeded.
    pub fn refunded(&self, wanted: Which) -> i64 {
        self.things()
            .map(|thing| match thing {
                Thing::Refund {
                    which,
                    amount,
                    status: "succeeded",
                    ..
                } if *which == wanted => *amount,
                _ => 0,
            })
            .sum()
    }

    pub fn is_disputed(&self, wanted: Which) -> bool {
        self.things()
            .any(|thing| matches!(thing, Thing::Dispute { which, .. } if *which == wanted))
    }

    /// What our question about our session brings: its refunds and disputes where its charge speaks
    /// of some, or where we know of some.
    pub fn answer(&self, known: &Facts, asked_at: Instant) -> Vec<Evidence> {
        let which = Which::Ours;
        let mut evidence = vec![Evidence::Session(self.shown_session(which))];
        let Some((status, failed)) = self.payment(which) else {
            return evidence;
        };
        let last_attempt = if failed {
            LastAttempt::Failed
        } else {
            LastAttempt::NoneOrPending
        };
        evidence.push(Evidence::PaymentIntent(PaymentIntentSnapshot {
            id: which.id("pi"),
            state: payment_intent_state(status, last_attempt),
            observed_at: asked_at,
            purchase_id: Some(PURCHASE.to_owned()),
            receipt_url: (status == "succeeded").then(|| which.id("https://pay.test/receipts/ch")),
            charged: (status == "succeeded").then(|| Charged {
                amount_minor: PRICE,
                currency: "usd".to_owned(),
                livemode: false,
                account_id: Some(ACCOUNT.to_owned()),
            }),
            decline: failed.then(|| Decline::of_code("card_declined")),
        }));
        let shows_refunds = self.refunded(which) > 0 || !known.refunds.is_empty();
        let shows_disputes = self.is_disputed(which) || !known.disputes.is_empty();
        for thing in self.things().filter(|thing| thing.which() == which) {
            match shown_reversal(thing) {
                Some(shown @ Evidence::Refund(_)) if shows_refunds => evidence.push(shown),
                Some(shown @ Evidence::Dispute(_)) if shows_disputes => evidence.push(shown),
                _ => {}
            }
        }
        evidence
    }

    fn shown_session(&self, which: Which) -> SessionSnapshot {
        let (status, payment_status) = self.session(which).unwrap_or(("open", "unpaid"));
        SessionSnapshot {
            id: which.id("cs"),
            state: session_state(Some(status), payment_status),
            amount_total_minor: Some(PRICE),
            amount_tax_minor: None,
            currency: Some("usd".to_owned()),
            livemode: false,
            client_reference_id: Some(PURCHASE.to_owned()),
            metadata_purchase_id: Some(PURCHASE.to_owned()),
            metadata_account_id: Some(ACCOUNT.to_owned()),
            payment_intent_id: self.payment(which).map(|_| which.id("pi")),
        }
    }
}

fn shown_reversal(thing: &Thing) -> Option<Evidence> {
    match thing {
        Thing::Refund {
            name,
            which,
            amount,
            status,
            ..
        } => Some(Evidence::Refund(RefundSnapshot {
            id: format!("re_{name}"),
            state: refund_state(Some(status)),
            amount_minor: *amount,
            currency: "usd".to_owned(),
            payment_intent_id: which.id("pi"),
        })),
        Thing::Dispute {
            name,
            which,
            amount,
            status,
        } => Some(Evidence::Dispute(DisputeSnapshot {
            id: format!("dp_{name}"),
            state: dispute_state(status),
            amount_minor: *amount,
            currency: "usd".to_owned(),
            payment_intent_id: which.id("pi"),
        })),
        Thing::Session { .. } | Thing::Payment { .. } | Thing::Warning { .. } => None,
    }
}

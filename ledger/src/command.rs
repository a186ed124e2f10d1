//! What can be asked of the ledger. A command is complete in itself: decided on the same state at
//! the same instant, it always has the same outcome.

use crate::credits::Credits;
use crate::entry::Entry;
use crate::ids::{AccountId, PurchaseId};
use crate::instant::Instant;
use crate::purchase::{CheckoutRequest, Evidence, Purchase, Terms};
use crate::replay::Key;

#[derive(Clone, Debug)]
pub struct Command {
    pub account_id: AccountId,
    /// Required of people and services; the service's own work carries none.
    pub key: Option<Key>,
    pub action: Action,
}

#[derive(Clone, Debug)]
pub enum Action {
    Adjust(Adjustment),
    OpenPurchase(NewPurchase),
    /// What its key stands for already, where the same purchase could not be opened any more.
    ResumePurchase,
    RecordSession(NewSession),
    /// Stripe will never make a session for this purchase.
    AbandonPurchase(PurchaseId),
    ApplyEvidence(PurchaseEvidence),
}

/// Credits given (positive) or taken (negative) by an administrator, who says why.
#[derive(Clone, Debug)]
pub struct Adjustment {
    pub credits: Credits,
    pub reason: String,
    pub actor: String,
    /// When added credits end; by default one calendar year on, as bought ones.
    pub expires_at: Option<Instant>,
}

#[derive(Clone, Debug)]
pub struct NewPurchase {
    pub terms: Terms,
    pub request: CheckoutRequest,
}

/// The checkout session Stripe has made for a purchase.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub purchase_id: PurchaseId,
    pub session_id: String,
    pub url: Option<String>,
}

/// What Stripe says about a purchase, by whichever way it reached us.
#[derive(Clone, Debug)]
pub struct PurchaseEvidence {
    pub purchase_id: PurchaseId,
    pub evidence: Vec<Evidence>,
    /// When to ask Stripe again, should the purchase still be undecided.
    pub next_check_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The request was answered before; its stored answer holds.
    AnsweredBefore,
    Adjusted {
        entry: Entry,
        available: Credits,
    },
    /// The purchase whose checkout session is to be made at Stripe, or has been made already.
    PurchaseOpened(Purchase),
    SessionRecorded(Purchase),
    PurchaseAbandoned(Purchase),
    /// The purchase as the evidence leaves it, with the entry if credits were granted just now.
    PurchaseSettled {
        purchase: Purchase,
        granted: Option<Entry>,
    },
}

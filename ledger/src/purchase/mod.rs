//! A purchase as Stripe tells it: snapshots of Stripe's objects are merged into facts, and the
//! facts decide the one state the purchase belongs in.
//!
//! Events come twice, late, in any order or not at all. So none of them is an instruction: each
//! carries a snapshot of an object, [`Facts::merge`] keeps the furthest snapshot of each object,
//! and [`target`] reads the absolute result off them. Whoever applies it posts the difference to
//! what is already posted.

mod attempt;
mod dispute;
mod facts;
mod invoice;
mod lane;
mod payment;
mod payment_intent;
mod refund;
mod reversal;
mod review;
mod ruling;
mod session;
mod target;
mod tax;

pub use attempt::{CheckoutRequest, Clawed, Purchase};
pub use dispute::{DisputeSnapshot, DisputeState};
pub use facts::{Evidence, Facts, Merge};
pub use invoice::InvoiceSnapshot;
pub use lane::{Lane, SavedCard};
pub use payment_intent::{Charged, PaymentIntentSnapshot, PaymentIntentState};
pub use refund::{RefundSnapshot, RefundState};
pub use review::ReviewReason;
pub use ruling::{Ruling, RulingSnapshot, open_to};
pub use session::{SessionSnapshot, SessionState};
pub use target::{PurchaseStatus, Target, target};
pub use tax::Tax;

use crate::credits::Credits;
use crate::ids::{AccountId, PurchaseId};
use crate::money::Money;
use crate::promotion::Redemption;

/// What was agreed before Stripe was asked: our own snapshot. Credits come from here, never from
/// an amount in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub purchase_id: PurchaseId,
    pub account_id: AccountId,
    pub credits: Credits,
    pub bonus: Credits,
    pub price: Money,
    pub tax: Tax,
    /// The code that made the price or the bonus what it is.
    pub promotion: Option<Redemption>,
    pub livemode: bool,
    pub lane: Lane,
    /// `None` until Stripe's answer to our call is stored; an event may overtake it.
    pub session_id: Option<String>,
}

//! One refund as Stripe showed it at some moment. An operator makes one, or a bank; the policy that
//! users read says that there are none.

/// How far a refund has come, in the order of the lattice: one that succeeded can still fail, when
/// the buyer's bank sends the money back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefundState {
    Pending,
    RequiresAction,
    Succeeded,
    Canceled,
    Failed,
}

/// Ordered by state first, then by the other fields, so that merging gives the same result whichever
/// came first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefundSnapshot {
    pub id: String,
    pub state: RefundState,
    pub amount_minor: i64,
    pub currency: String,
    /// The payment that is given back.
    pub payment_intent_id: String,
}

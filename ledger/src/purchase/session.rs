//! One checkout session as Stripe showed it at some moment. It is a record of what was said and
//! never an opinion on whether that is right.

/// How far a session has come, in the order of the lattice: what stands later is never undone by
/// what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionState {
    Open,
    Expired,
    /// Complete, and a delayed payment is under way.
    CompleteUnpaid,
    /// Complete, and the delayed payment failed. A payment that arrives after all still wins.
    CompletePaymentFailed,
    /// Complete, with a payment status that this code does not know.
    CompleteUnknown,
    CompleteNoPaymentRequired,
    CompletePaid,
}

/// Ordered by state first. Two snapshots of one session in the same state are ordered by their
/// other fields: that order means nothing, but it is total, so that merging gives the same result
/// whichever came first. An absent field is less than any present one, so nothing is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionSnapshot {
    pub id: String,
    pub state: SessionState,
    /// All that the payer pays, tax included.
    pub amount_total_minor: Option<i64>,
    /// The tax in it.
    pub amount_tax_minor: Option<i64>,
    pub currency: Option<String>,
    pub livemode: bool,
    pub client_reference_id: Option<String>,
    pub metadata_purchase_id: Option<String>,
    pub metadata_account_id: Option<String>,
    pub payment_intent_id: Option<String>,
}

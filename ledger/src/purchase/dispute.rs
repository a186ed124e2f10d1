//! One dispute as Stripe showed it at some moment. Its status counts, never the name of the event
//! that told it: `funds_reinstated` comes for disputes that are lost all the same.

/// How far a dispute has come, in the order of the lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisputeState {
    /// An inquiry: the bank asks, and no money has moved.
    Inquiry,
    NeedsResponse,
    UnderReview,
    /// A status that this code does not know: the credits wait until somebody has looked.
    Unknown,
    /// Settled before it became one.
    Prevented,
    Won,
    Lost,
}

impl DisputeState {
    /// Whether the money is away, and nobody knows yet for whom it will be.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::NeedsResponse | Self::UnderReview | Self::Unknown
        )
    }
}

/// Ordered as refunds are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DisputeSnapshot {
    pub id: String,
    pub state: DisputeState,
    pub amount_minor: i64,
    pub currency: String,
    /// The payment that is disputed.
    pub payment_intent_id: String,
}

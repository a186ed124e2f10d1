//! A story: batches of requests, each at its instant, told in small numbers alone. What is named in
//! one batch is named by a number that stays right when other requests are taken out of the story,
//! so that a story which fails can be made shorter. Nothing here knows how a story must go.

/// Requests that are decided together, on what was loaded once.
#[derive(Clone, PartialEq, Eq)]
pub struct Batch {
    /// Microseconds since 1970.
    pub at: i64,
    pub fate: Fate,
    pub requests: Vec<Request>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Stored,
    /// A crash came between the decision and the store, and the requests came again at once.
    CrashedAndRepeated,
    /// A crash came between the decision and the store: nobody ever heard of it.
    Lost,
    /// A crash came between the store and the answers: nobody heard them.
    Unheard,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub account: u8,
    pub key: Option<KeyNumber>,
    pub ask: Ask,
}

/// An idempotency key: whose, which, and a digest of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyNumber {
    pub owner: u8,
    pub number: u32,
    pub print: u8,
}

/// Amounts are micro-credits, instants microseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    Adjust {
        credits: i64,
        ends: Option<i64>,
    },
    Promote {
        credits: i64,
        ends: Option<i64>,
        priority: i16,
    },
    Debit(Work),
    DebitMany(List<(u8, Work)>),
    Refund {
        of: Charged,
        credits: Option<i64>,
    },
    Hold {
        work: Work,
        ttl: i64,
        overage: Policy,
    },
    Capture {
        hold: u32,
        credits: i64,
        kind: Option<u8>,
        is_last: Last,
    },
    Change {
        hold: u32,
        ttl: Option<i64>,
        credits: Option<i64>,
    },
    Release {
        hold: u32,
    },
    Open {
        purchase: u32,
        offer: u8,
        shop: u8,
        closes: i64,
    },
    Resume,
    Record {
        purchase: u32,
        session: u8,
    },
    Abandon {
        purchase: u32,
    },
    Tell {
        purchase: u32,
        /// What was offered, and so what the sessions are about.
        offer: u8,
        said: List<Said>,
        next_check: i64,
    },
    Rule {
        purchase: u32,
        ruling: Word,
    },
    BookDue,
    Configure {
        zone: u8,
        anchor: u8,
        overdraft: i64,
        limits: List<Cap>,
    },
}

/// A piece of work under the platform's own name for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    pub credits: i64,
    /// None: nobody said what it is. Only a hold can be made for that.
    pub kind: Option<u8>,
    pub reference: u32,
}

/// What is to be given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charged {
    Debit(u32),
    /// The hold's reference, and which of its captures.
    Capture(u32, usize),
    /// Whatever entry that is.
    Entry(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    Reject,
    Cap,
    Cover,
}

/// What a person says of money under review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Reject,
    Accept,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    No,
    Yes,
}

/// What Stripe shows of one of a purchase's objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Which session (its flaws go with its number, see `words`) in which state.
    Session { session: u8, state: u8 },
    /// Which session's payment intent, in which state, seen when.
    Payment {
        session: u8,
        state: u8,
        seen: i64,
        receipt: u8,
    },
    /// Which refund of which session's payment (how much goes with its number), in which state.
    Refund { session: u8, refund: u8, state: u8 },
    /// Which dispute of it, in which state.
    Dispute { session: u8, dispute: u8, state: u8 },
}

/// A limit: of one kind of work or of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    pub kind: Option<u8>,
    pub window: u8,
    pub credits: i64,
}

/// A `Vec` that shows itself as what makes it, so that a story shown is a story written.
#[derive(Clone, PartialEq, Eq)]
pub struct List<T>(pub Vec<T>);

pub fn list<T, const N: usize>(items: [T; N]) -> List<T> {
    List(items.into())
}

/// A batch as failures show it.
pub fn at<const N: usize>(micros: i64, fate: Fate, requests: [Request; N]) -> Batch {
    Batch {
        at: micros,
        fate,
        requests: requests.into(),
    }
}

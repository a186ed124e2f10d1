//! The kinds of what people are told, and where they hear of each unless they choose otherwise.

use super::News;

/// What a notice is about. Its number is stored, and stands for it for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    PurchasePaid = 1,
    CreditsGiven = 2,
    CreditsTaken = 3,
    CreditsExpiring = 4,
    CreditsExpired = 5,
    BalanceLow = 6,
    BalanceRecovered = 7,
    DebtIncurred = 8,
    PaymentReversed = 9,
    ReversalUndone = 10,
    PaymentDisputed = 11,
    DisputeEnded = 12,
    RechargeFailed = 13,
    RechargeSuspended = 14,
    RechargeNeedsAuthentication = 15,
    RechargeCap = 16,
    LimitReached = 17,
    EndpointDisabled = 18,
}

/// Where the owner of an account hears of something. What the platform's own systems are sent is not
/// theirs to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    Feed,
    Mail,
}

/// On which channels a notice goes out to the account's owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audience {
    pub feed: bool,
    pub mail: bool,
}

/// What an account's owner has chosen, as far as it differs from what is usual: a kind that comes to be
/// later is told of as usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    feed: u32,
    mail: u32,
}

impl Kind {
    pub const ALL: [Kind; 18] = [
        Kind::PurchasePaid,
        Kind::CreditsGiven,
        Kind::CreditsTaken,
        Kind::CreditsExpiring,
        Kind::CreditsExpired,
        Kind::BalanceLow,
        Kind::BalanceRecovered,
        Kind::LimitReached,
        Kind::DebtIncurred,
        Kind::PaymentReversed,
        Kind::ReversalUndone,
        Kind::PaymentDisputed,
        Kind::DisputeEnded,
        Kind::RechargeFailed,
        Kind::RechargeSuspended,
        Kind::RechargeNeedsAuthentication,
        Kind::RechargeCap,
        Kind::EndpointDisabled,
    ];

    #[expect(clippy::as_conversions, reason = "the numbers are written above")]
    pub const fn number(self) -> i16 {
        self as i16
    }

    pub fn from_number(number: i16) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Whether it is told on a channel unless somebody chooses otherwise: in the feed everything is, by
    /// mail what has to be acted upon or kept.
    const fn is_usual(self, channel: Channel) -> bool {
        match channel {
            Channel::Feed => true,
            Channel::Mail => !matches!(self, Kind::BalanceRecovered | Kind::CreditsGiven),
        }
    }

    #[expect(clippy::as_conversions, reason = "the numbers are written above")]
    const fn bit(self) -> u32 {
        1_u32.wrapping_shl(self as u32)
    }
}

impl Choices {
    /// As they are stored: a bit for each kind, by its number.
    pub const fn stored(feed: u32, mail: u32) -> Choices {
        Choices { feed, mail }
    }

    pub const fn bits(self, channel: Channel) -> u32 {
        match channel {
            Channel::Feed => self.feed,
            Channel::Mail => self.mail,
        }
    }

    pub const fn wants(self, kind: Kind, channel: Channel) -> bool {
        let differs = self.bits(channel) & kind.bit() != 0;
        kind.is_usual(channel) != differs
    }

    pub fn audience(self, kind: Kind) -> Audience {
        Audience {
            feed: self.wants(kind, Channel::Feed),
            mail: self.wants(kind, Channel::Mail),
        }
    }

    /// Chooses where a kind is told.
    pub fn choose(&mut self, kind: Kind, audience: Audience) {
        let now = self.audience(kind);
        if now.feed != audience.feed {
            self.feed ^= kind.bit();
        }
        if now.mail != audience.mail {
            self.mail ^= kind.bit();
        }
    }
}

impl News {
    pub const fn kind(&self) -> Kind {
        match self {
            News::PurchasePaid { .. } => Kind::PurchasePaid,
            News::CreditsGiven { .. } => Kind::CreditsGiven,
            News::CreditsTaken { .. } => Kind::CreditsTaken,
            News::CreditsExpiring { .. } => Kind::CreditsExpiring,
            News::CreditsExpired { .. } => Kind::CreditsExpired,
            News::BalanceLow { .. } => Kind::BalanceLow,
            News::BalanceRecovered { .. } => Kind::BalanceRecovered,
            News::LimitReached { .. } => Kind::LimitReached,
            News::DebtIncurred { .. } => Kind::DebtIncurred,
            News::PaymentReversed { .. } => Kind::PaymentReversed,
            News::ReversalUndone { .. } => Kind::ReversalUndone,
            News::PaymentDisputed { .. } => Kind::PaymentDisputed,
            News::DisputeEnded { .. } => Kind::DisputeEnded,
            News::RechargeFailed { .. } => Kind::RechargeFailed,
            News::RechargeSuspended { .. } => Kind::RechargeSuspended,
            News::RechargeNeedsAuthentication { .. } => Kind::RechargeNeedsAuthentication,
            News::RechargeCap { .. } => Kind::RechargeCap,
            News::EndpointDisabled { .. } => Kind::EndpointDisabled,
        }
    }
}

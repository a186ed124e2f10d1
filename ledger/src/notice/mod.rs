//! Notices: what the owner of an account is told. Each is decided in the same change as what it is
//! about, and numbered within its account; how it gets there is nobody's concern here.

mod balance;
mod kind;
mod news;
mod reminder;

pub use balance::{Course, LowBalance, MOST_THRESHOLDS};
pub use kind::{Audience, Channel, Choices, Kind};
pub use reminder::{REMINDER_DAYS, due_stage};

use crate::credits::Credits;
use crate::entry::notice_id;
use crate::ids::{AccountId, EndpointId, LotId, NoticeId, PurchaseId};
use crate::instant::Instant;
use crate::limit::LimitWindow;
use crate::recharge::{CapNotice, Suspension};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// 1, 2, 3, … within the account, without gaps.
    pub number: i64,
    /// The entry that it is about, if it is about one; no other notice is about the same.
    pub sequence: Option<i64>,
    pub news: News,
    /// Where its owner hears of it, as they had chosen at the time.
    pub audience: Audience,
    pub at: Instant,
}

impl Notice {
    /// It follows from whose notice it is, and which: whoever hears of it twice can tell.
    pub fn id(&self, account_id: &AccountId) -> NoticeId {
        notice_id(account_id, self.number, self.at)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Bought credits have arrived.
    PurchasePaid {
        purchase_id: PurchaseId,
        credits: Credits,
    },
    /// By an administrator, for nothing.
    CreditsGiven { credits: Credits },
    /// By an administrator.
    CreditsTaken { credits: Credits },
    /// Credits that can be spent end on one day, within so many days.
    CreditsExpiring {
        days: u16,
        credits: Credits,
        /// The first of their ends.
        ends_at: Instant,
    },
    /// What was left of a lot at its end.
    CreditsExpired { lot_id: LotId, credits: Credits },
    /// Less is available than the threshold, for the first time since there was enough.
    BalanceLow {
        threshold: Credits,
        available: Credits,
    },
    BalanceRecovered {
        threshold: Credits,
        available: Credits,
    },
    /// Somebody was refused because a limit leaves too little until then; told once in its window.
    LimitReached {
        /// None: a limit on everything.
        operation: Option<String>,
        window: LimitWindow,
        credits: Credits,
        resets_at: Instant,
    },
    /// Work that was admitted cost more than there was.
    DebtIncurred {
        credits: Credits,
        /// All that is owed now.
        debt: Credits,
    },
    /// Money of a purchase went back, and credits with it: so many, some of them perhaps as a debt.
    PaymentReversed {
        purchase_id: PurchaseId,
        credits: Credits,
    },
    /// The money came again, and so did the credits.
    ReversalUndone {
        purchase_id: PurchaseId,
        credits: Credits,
    },
    /// Credits are kept from use until the payer's bank has decided.
    PaymentDisputed {
        purchase_id: PurchaseId,
        credits: Credits,
    },
    /// They are not kept from use any more.
    DisputeEnded {
        purchase_id: PurchaseId,
        credits: Credits,
    },
    /// The saved card was declined, or its payment came to nothing.
    RechargeFailed {
        purchase_id: PurchaseId,
        /// Stripe's word for why.
        code: String,
    },
    /// The saved card is charged no more until it is changed.
    RechargeSuspended { why: Suspension },
    /// The card's owner has to confirm the payment.
    RechargeNeedsAuthentication { purchase_id: PurchaseId },
    /// So much of the cap of a cycle is spent.
    RechargeCap { reached: CapNotice },
    /// A webhook endpoint of theirs has failed for so long that nothing is sent there any more.
    EndpointDisabled {
        endpoint_id: EndpointId,
        url: String,
    },
}

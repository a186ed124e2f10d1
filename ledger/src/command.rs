//! What can be asked of the ledger. A command is complete in itself: decided on the same state at
//! the same instant, it always has the same outcome.

use crate::account::Account;
use crate::calendar::{AnchorDay, Period, Zone};
use crate::credits::Credits;
use crate::entry::Entry;
use crate::hold::{Hold, Overage};
use crate::ids::{AccountId, EndpointId, HoldId, PurchaseId};
use crate::instant::Instant;
use crate::limit::{Limit, Standing};
use crate::notice::{Choices, Kind};
use crate::pricing::PriceList;
use crate::promotion::{NewPromotion, Promotion, PromotionCode, PromotionSettings};
use crate::purchase::{CheckoutRequest, Evidence, Purchase, Ruling, Terms};
use crate::recharge::{AutoRecharge, Card, Decline, Obstacle, Settings};
use crate::rejection::Rejection;
use crate::replay::Key;
use crate::usage::Usage;

#[derive(Clone, Debug)]
pub struct Command {
    /// Whose credits; of a command that carries many debits, who sent it.
    pub account_id: AccountId,
    /// Required of people and services; the service's own work carries none.
    pub key: Option<Key>,
    pub action: Action,
}

#[derive(Clone, Debug)]
pub enum Action {
    Adjust(Adjustment),
    GrantPromotion(PromotionalGrant),
    OpenPurchase(NewPurchase),
    /// What its key stands for already, where the same purchase could not be opened any more.
    ResumePurchase,
    RecordSession(NewSession),
    /// Stripe will never make a session for this purchase.
    AbandonPurchase(PurchaseId),
    ApplyEvidence(PurchaseEvidence),
    RuleOnReview(NewRuling),
    Debit(NewDebit),
    /// Debits of any accounts, each judged on its own.
    DebitMany(Vec<(AccountId, NewDebit)>),
    RefundDebit(Refund),
    PlaceHold(NewHold),
    CaptureHold(Capture),
    ChangeHold(HoldChange),
    ReleaseHold(HoldId),
    /// What the passing of time has done: holds and lots that have ended.
    BookDue,
    /// Tells of lots that end within one of these numbers of days, unless that was told.
    Remind(Vec<u16>),
    /// Somebody was refused because of a limit: a refusal itself changes nothing.
    NoteLimit(Standing),
    Configure(AccountSettings),
    SetPreferences(Preferences),
    /// Its owner wants no more mails of this kind.
    StopMail(Kind),
    NoteEndpointDisabled(DisabledEndpoint),
    ConfigureRecharge(Settings),
    ChangeCard(CardChange),
    /// The account may have run low: buys for it, if its auto-recharge is to.
    AttemptRecharge(Box<RechargeAttempt>),
    RefuseRecharge(RefusedRecharge),
    /// Of no account: who asks is an administrator.
    CreatePromotion(NewPromotion),
    ChangePromotion(PromotionChange),
}

/// What became of the card that an auto-recharge charges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardChange {
    /// Stripe has a customer for the account, and no card yet.
    Customer(String),
    Saved {
        customer_id: String,
        card: Card,
    },
    /// By the account's own wish, or because Stripe has it no longer.
    Removed {
        payment_method_id: String,
    },
    CustomerGone {
        customer_id: String,
    },
}

/// All that an auto-recharge needs for a purchase; how much is decided with it.
#[derive(Clone, Debug)]
pub struct RechargeAttempt {
    /// Of the purchase, if there is one.
    pub purchase_id: PurchaseId,
    /// Of every currency that something is sold in.
    pub prices: Vec<PriceList>,
    pub livemode: bool,
    /// Where the card's owner comes back to, should they have to confirm the payment.
    pub success_url: String,
    pub cancel_url: String,
}

/// Stripe does not take the call for a payment with the saved card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRecharge {
    pub purchase_id: PurchaseId,
    pub decline: Decline,
}

/// Work that is done and paid for in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDebit {
    pub credits: Credits,
    pub usage: Usage,
    /// The platform's own name for the work: a second debit with it is refused for ever.
    pub reference: String,
    pub description: Option<String>,
    /// A JSON object.
    pub metadata: Option<String>,
}

/// Credits of a debit or a capture to give back, because the work failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Of the entry that took them.
    pub sequence: i64,
    /// None: all of them.
    pub credits: Option<Credits>,
    pub reason: String,
}

/// Credits to set aside for work about to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHold {
    pub credits: Credits,
    pub usage: Option<Usage>,
    /// The platform's own name for the work: a second hold with it is refused for ever.
    pub reference: String,
    pub description: Option<String>,
    /// A JSON object.
    pub metadata: Option<String>,
    pub ttl_seconds: i64,
    pub overage: Overage,
}

/// What the work under a hold has cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    pub hold_id: HoldId,
    pub credits: Credits,
    /// What was really used; None: what the hold was made for.
    pub usage: Option<Usage>,
    pub finality: Finality,
}

/// Whether a capture is the last one of its hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finality {
    /// More may come.
    Partial,
    /// What it leaves of the hold returns at once.
    Final,
}

/// A hold is to last longer, or to set aside another amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldChange {
    pub hold_id: HoldId,
    /// From now on.
    pub ttl_seconds: Option<i64>,
    /// What it is to set aside from now on.
    pub credits: Option<Credits>,
}

/// What an administrator sets for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSettings {
    pub zone: Zone,
    pub anchor_day: AnchorDay,
    pub overdraft_limit: Credits,
    pub limits: Vec<Limit>,
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

/// Credits that an administrator gives for a promotion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionalGrant {
    pub credits: Credits,
    pub reason: String,
    pub actor: String,
    /// By default one calendar year on, as bought ones.
    pub expires_at: Option<Instant>,
    /// Lower is used first; bought credits have 0.
    pub priority: i16,
}

/// What a code is set to from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionChange {
    pub code: PromotionCode,
    pub settings: PromotionSettings,
    pub actor: String,
}

#[derive(Clone, Debug)]
pub struct NewPurchase {
    pub terms: Terms,
    pub request: CheckoutRequest,
}

/// What an account's owner wants to hear of, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// They are told when less than one of these is available.
    pub low_balance: Vec<Credits>,
    pub choices: Choices,
}

/// A webhook endpoint that nothing is sent to any more, because it has failed for too long.
#[derive(Clone, Debug)]
pub struct DisabledEndpoint {
    pub endpoint_id: EndpointId,
    pub url: String,
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

/// A person's word on a purchase under review.
#[derive(Clone, Debug)]
pub struct NewRuling {
    pub purchase_id: PurchaseId,
    pub ruling: Ruling,
    pub actor: String,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The request was answered before; its stored answer holds.
    AnsweredBefore,
    Adjusted {
        entry: Entry,
        available: Credits,
    },
    Given {
        entry: Entry,
        available: Credits,
    },
    /// The purchase whose checkout session is to be made at Stripe, or has been made already.
    PurchaseOpened(Purchase),
    SessionRecorded(Purchase),
    PurchaseAbandoned(Purchase),
    /// The purchase as the evidence leaves it, with the entry if credits were granted just now, and
    /// what became of them because their money went back or is disputed.
    PurchaseSettled {
        purchase: Purchase,
        granted: Option<Box<Entry>>,
        reversed: Vec<Entry>,
    },
    Debited {
        account_id: AccountId,
        entry: Entry,
    },
    /// In the order of the debits.
    DebitedMany(Vec<Result<Outcome, Rejection>>),
    Refunded {
        /// What was refunded.
        debit: Entry,
        entry: Entry,
        credits: Credits,
        available: Credits,
    },
    /// A hold made, changed or released.
    HoldChanged {
        hold: Hold,
        available: Credits,
    },
    Captured {
        hold: Hold,
        entry: Entry,
        charged: Credits,
        /// What the work cost beyond it: more than anyone is charged.
        uncovered: Credits,
        available: Credits,
    },
    DueBooked,
    Reminded,
    LimitNoted,
    /// As they stand now: the thresholds ascending.
    PreferencesSet(Preferences),
    EndpointNoted,
    Configured(Box<Configured>),
    /// An auto-recharge as it stands now, and the account's cycle.
    RechargeChanged {
        recharge: Box<AutoRecharge>,
        cycle: Period,
    },
    /// The purchase that the saved card is to be charged for.
    RechargeOpened(Purchase),
    RechargeWaits(Obstacle),
    /// A code as it was made or set.
    PromotionSet(Box<Promotion>),
}

/// An account as its new settings leave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configured {
    pub account: Account,
    pub available: Credits,
    /// What holds set aside that have not ended.
    pub held: Credits,
    /// In the order of the limits.
    pub standings: Vec<Standing>,
}

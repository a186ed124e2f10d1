//! A notice on the wire: flat, with those members that its kind tells of.

use ledger::credits::Credits;
use ledger::ids::{AccountId, PurchaseId};
use ledger::notice::{News, Notice};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::auto_recharge::SuspensionView;
use crate::http::wire::{CreditsView, InstantView, LimitWindowView};
use crate::store::FedNotice;

/// What a notice is about.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub enum NotificationKind {
    /// Bought credits have arrived.
    #[serde(rename = "purchase.paid")]
    PurchasePaid,
    /// Credits were given by the platform.
    #[serde(rename = "credits.given")]
    CreditsGiven,
    /// Credits were taken by the platform.
    #[serde(rename = "credits.taken")]
    CreditsTaken,
    /// Credits end soon: all that end on one day together.
    #[serde(rename = "credits.expiring")]
    CreditsExpiring,
    /// What was left of a lot at its end is forfeited.
    #[serde(rename = "credits.expired")]
    CreditsExpired,
    /// Less is available than a threshold.
    #[serde(rename = "balance.low")]
    BalanceLow,
    /// A tenth more than the threshold is available again.
    #[serde(rename = "balance.recovered")]
    BalanceRecovered,
    /// Somebody was refused because a limit leaves too little; told once in its window.
    #[serde(rename = "limit.reached")]
    LimitReached,
    /// Work cost more than there was.
    #[serde(rename = "debt.incurred")]
    DebtIncurred,
    /// Money of a purchase went back, and credits with it.
    #[serde(rename = "payment.reversed")]
    PaymentReversed,
    /// The money came again, and the credits with it.
    #[serde(rename = "payment.restored")]
    PaymentRestored,
    /// The payer's bank looks into a payment: its credits are frozen meanwhile.
    #[serde(rename = "payment.disputed")]
    PaymentDisputed,
    /// They are frozen no longer.
    #[serde(rename = "dispute.ended")]
    DisputeEnded,
    /// The saved card was not charged.
    #[serde(rename = "recharge.failed")]
    RechargeFailed,
    /// The saved card is charged no more until it is changed.
    #[serde(rename = "recharge.suspended")]
    RechargeSuspended,
    /// The card's owner has to confirm the payment.
    #[serde(rename = "recharge.needs_authentication")]
    RechargeNeedsAuthentication,
    /// So much of the monthly cap is spent; at 100 nothing more is bought.
    #[serde(rename = "recharge.cap")]
    RechargeCap,
}

/// Something that the account's owner is told.
#[derive(Serialize, ToSchema)]
#[schema(as = Notification)]
pub struct NotificationView {
    pub id: Uuid,
    /// 1, 2, 3, … within the account, without gaps.
    #[schema(minimum = 1)]
    pub number: i64,
    pub kind: NotificationKind,
    /// The credits that it is about; of a balance, what is available.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub credits: Option<CreditsView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub purchase_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub lot_id: Option<Uuid>,
    /// The entry of the usage history that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1)]
    pub entry_sequence: Option<i64>,
    /// Of `credits.expiring`: within how many days.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub days: Option<u16>,
    /// Of `credits.expiring`: the first of their ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub expires_at: Option<InstantView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub threshold: Option<CreditsView>,
    /// Of `limit.reached`: absent where the limit is on everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("backtesting"))]
    pub operation: Option<String>,
    /// Of `limit.reached`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub window: Option<LimitWindowView>,
    /// Of `limit.reached`: when the next window begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub resets_at: Option<InstantView>,
    /// All that is owed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub debt: Option<CreditsView>,
    /// Stripe's word for why the card was not charged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("insufficient_funds"))]
    pub decline_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub suspended_because: Option<SuspensionView>,
    /// Of `recharge.cap`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub percent: Option<i16>,
    pub created_at: InstantView,
    /// Null until it was read.
    pub read_at: Option<InstantView>,
}

/// What is told beyond the kind.
#[derive(Default)]
struct Told {
    credits: Option<Credits>,
    purchase_id: Option<PurchaseId>,
    threshold: Option<Credits>,
}

impl NotificationView {
    pub fn of(account_id: &AccountId, fed: &FedNotice) -> NotificationView {
        let notice = &fed.notice;
        let (kind, told) = told(&notice.news);
        let mut view = NotificationView::blank(account_id, notice, kind);
        view.read_at = fed.read_at.map(InstantView::from);
        view.credits = told.credits.map(CreditsView::from);
        view.purchase_id = told.purchase_id.map(PurchaseId::uuid);
        view.threshold = told.threshold.map(CreditsView::from);
        view.tell_the_rest(&notice.news);
        view
    }

    fn blank(account_id: &AccountId, notice: &Notice, kind: NotificationKind) -> NotificationView {
        NotificationView {
            id: notice.id(account_id).uuid(),
            number: notice.number,
            kind,
            credits: None,
            purchase_id: None,
            lot_id: None,
            entry_sequence: notice.sequence,
            days: None,
            expires_at: None,
            threshold: None,
            operation: None,
            window: None,
            resets_at: None,
            debt: None,
            decline_code: None,
            suspended_because: None,
            percent: None,
            created_at: notice.at.into(),
            read_at: None,
        }
    }

    /// What one kind alone tells.
    fn tell_the_rest(&mut self, news: &News) {
        match news {
            News::CreditsExpiring { days, ends_at, .. } => {
                self.days = Some(*days);
                self.expires_at = Some((*ends_at).into());
            }
            News::CreditsExpired { lot_id, .. } => self.lot_id = Some(lot_id.uuid()),
            News::LimitReached {
                operation,
                window,
                resets_at,
                ..
            } => {
                self.operation.clone_from(operation);
                self.window = Some((*window).into());
                self.resets_at = Some((*resets_at).into());
            }
            News::DebtIncurred { debt, .. } => self.debt = Some((*debt).into()),
            News::RechargeFailed { code, .. } => self.decline_code = Some(code.clone()),
            News::RechargeSuspended { why } => self.suspended_because = Some((*why).into()),
            News::RechargeCap { reached } => self.percent = Some(reached.percent()),
            _ => {}
        }
    }
}

fn told(news: &News) -> (NotificationKind, Told) {
    use NotificationKind as K;
    let amount = |credits: &Credits| Told {
        credits: Some(*credits),
        ..Told::default()
    };
    let of = |purchase_id: &PurchaseId| Told {
        purchase_id: Some(*purchase_id),
        ..Told::default()
    };
    let bought = |purchase_id: &PurchaseId, credits: &Credits| Told {
        credits: Some(*credits),
        ..of(purchase_id)
    };
    let level = |threshold: &Credits, available: &Credits| Told {
        threshold: Some(*threshold),
        ..amount(available)
    };
    match news {
        News::PurchasePaid {
            purchase_id,
            credits,
        } => (K::PurchasePaid, bought(purchase_id, credits)),
        News::CreditsGiven { credits } => (K::CreditsGiven, amount(credits)),
        News::CreditsTaken { credits } => (K::CreditsTaken, amount(credits)),
        News::CreditsExpiring { credits, .. } => (K::CreditsExpiring, amount(credits)),
        News::CreditsExpired { credits, .. } => (K::CreditsExpired, amount(credits)),
        News::BalanceLow {
            threshold,
            available,
        } => (K::BalanceLow, level(threshold, available)),
        News::BalanceRecovered {
            threshold,
            available,
        } => (K::BalanceRecovered, level(threshold, available)),
        News::LimitReached { credits, .. } => (K::LimitReached, amount(credits)),
        News::DebtIncurred { credits, .. } => (K::DebtIncurred, amount(credits)),
        News::PaymentReversed {
            purchase_id,
            credits,
        } => (K::PaymentReversed, bought(purchase_id, credits)),
        News::ReversalUndone {
            purchase_id,
            credits,
        } => (K::PaymentRestored, bought(purchase_id, credits)),
        News::PaymentDisputed {
            purchase_id,
            credits,
        } => (K::PaymentDisputed, bought(purchase_id, credits)),
        News::DisputeEnded {
            purchase_id,
            credits,
        } => (K::DisputeEnded, bought(purchase_id, credits)),
        News::RechargeFailed { purchase_id, .. } => (K::RechargeFailed, of(purchase_id)),
        News::RechargeSuspended { .. } => (K::RechargeSuspended, Told::default()),
        News::RechargeNeedsAuthentication { purchase_id } => {
            (K::RechargeNeedsAuthentication, of(purchase_id))
        }
        News::RechargeCap { .. } => (K::RechargeCap, Told::default()),
    }
}

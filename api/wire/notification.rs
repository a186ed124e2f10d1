//! A notice on the wire: flat, with those members that its kind tells of. The feed, the live stream and
//! webhooks all show it like this.

use ledger::ids::{AccountId, PurchaseId};
use ledger::notice::{Kind, News, Notice};
use ledger::recharge::Suspension;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{CreditsView, InstantView, LimitWindowView};

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum NotificationKind {
    #[serde(rename = "purchase.paid")]
    PurchasePaid,
    #[serde(rename = "credits.given")]
    CreditsGiven,
    #[serde(rename = "credits.taken")]
    CreditsTaken,
    #[serde(rename = "credits.expiring")]
    CreditsExpiring,
    #[serde(rename = "credits.expired")]
    CreditsExpired,
    #[serde(rename = "balance.low")]
    BalanceLow,
    #[serde(rename = "balance.recovered")]
    BalanceRecovered,
    #[serde(rename = "limit.reached")]
    LimitReached,
    #[serde(rename = "debt.incurred")]
    DebtIncurred,
    #[serde(rename = "payment.reversed")]
    PaymentReversed,
    #[serde(rename = "payment.restored")]
    PaymentRestored,
    #[serde(rename = "payment.disputed")]
    PaymentDisputed,
    #[serde(rename = "dispute.ended")]
    DisputeEnded,
    #[serde(rename = "recharge.failed")]
    RechargeFailed,
    #[serde(rename = "recharge.suspended")]
    RechargeSuspended,
    #[serde(rename = "recharge.needs_authentication")]
    RechargeNeedsAuthentication,
    #[serde(rename = "recharge.cap")]
    RechargeCap,
    #[serde(rename = "webhook_endpoint.disabled")]
    WebhookEndpointDisabled,
}

macro_rules! kinds {
    ($($name:ident = $kind:ident, $wire:literal, $says:literal;)*) => {
        impl NotificationKind {
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(NotificationKind::$name => $wire,)*
                }
            }

            /// What it tells, as documentation says it.
            pub const fn says(self) -> &'static str {
                match self {
                    $(NotificationKind::$name => $says,)*
                }
            }
        }

        impl From<Kind> for NotificationKind {
            fn from(kind: Kind) -> NotificationKind {
                match kind {
                    $(Kind::$kind => NotificationKind::$name,)*
                }
            }
        }

        impl From<NotificationKind> for Kind {
            fn from(kind: NotificationKind) -> Kind {
                match kind {
                    $(NotificationKind::$name => Kind::$kind,)*
                }
            }
        }
    };
}

kinds! {
    PurchasePaid = PurchasePaid, "purchase.paid",
        "Bought credits have arrived";
    CreditsGiven = CreditsGiven, "credits.given",
        "Credits were given by the platform";
    CreditsTaken = CreditsTaken, "credits.taken",
        "Credits were taken by the platform";
    CreditsExpiring = CreditsExpiring, "credits.expiring",
        "Credits end soon: all that end on one day together";
    CreditsExpired = CreditsExpired, "credits.expired",
        "What was left of a lot at its end is forfeited";
    BalanceLow = BalanceLow, "balance.low",
        "Less is available than a threshold";
    BalanceRecovered = BalanceRecovered, "balance.recovered",
        "A tenth more than the threshold is available again";
    LimitReached = LimitReached, "limit.reached",
        "Somebody was refused because a limit leaves too little; told once in its window";
    DebtIncurred = DebtIncurred, "debt.incurred",
        "Work cost more than there was";
    PaymentReversed = PaymentReversed, "payment.reversed",
        "Money of a purchase went back, and credits with it";
    PaymentRestored = ReversalUndone, "payment.restored",
        "The money came again, and the credits with it";
    PaymentDisputed = PaymentDisputed, "payment.disputed",
        "The payer's bank looks into a payment: its credits are frozen meanwhile";
    DisputeEnded = DisputeEnded, "dispute.ended",
        "They are frozen no longer";
    RechargeFailed = RechargeFailed, "recharge.failed",
        "The saved card was not charged";
    RechargeSuspended = RechargeSuspended, "recharge.suspended",
        "The saved card is charged no more until it is changed";
    RechargeNeedsAuthentication = RechargeNeedsAuthentication, "recharge.needs_authentication",
        "The card's owner has to confirm the payment";
    RechargeCap = RechargeCap, "recharge.cap",
        "So much of the monthly cap is spent; at 100 nothing more is bought";
    WebhookEndpointDisabled = EndpointDisabled, "webhook_endpoint.disabled",
        "Of an administrator's: a webhook endpoint has failed for so long that it is sent nothing more";
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Suspension)]
pub enum SuspensionView {
    /// As many in a row as there may be.
    TooManyFailures,
    /// The card is not to be charged again, by the word of its issuer or of Stripe.
    CardRefused,
    CardRemoved,
    /// All of a payment with the card went back, or is disputed.
    PaymentReversed,
}

impl From<Suspension> for SuspensionView {
    fn from(suspension: Suspension) -> SuspensionView {
        match suspension {
            Suspension::TooManyFailures => SuspensionView::TooManyFailures,
            Suspension::CardRefused => SuspensionView::CardRefused,
            Suspension::PaymentReversed => SuspensionView::PaymentReversed,
            Suspension::CardRemoved => SuspensionView::CardRemoved,
        }
    }
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
    /// Of `webhook_endpoint.disabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub endpoint_id: Option<Uuid>,
    /// Of `webhook_endpoint.disabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri")]
    pub url: Option<String>,
    pub created_at: InstantView,
    /// Null until it was read.
    pub read_at: Option<InstantView>,
}

impl NotificationView {
    /// Nobody has read it yet.
    pub fn unread(account_id: &AccountId, notice: &Notice) -> NotificationView {
        let mut view = NotificationView::blank(account_id, notice);
        view.tell_the_rest(&notice.news);
        view
    }

    fn blank(account_id: &AccountId, notice: &Notice) -> NotificationView {
        let news = &notice.news;
        NotificationView {
            id: notice.id(account_id).uuid(),
            number: notice.number,
            kind: news.kind().into(),
            credits: news.credits().map(CreditsView::from),
            purchase_id: news.purchase_id().map(PurchaseId::uuid),
            lot_id: None,
            entry_sequence: notice.sequence,
            days: None,
            expires_at: None,
            threshold: news.threshold().map(CreditsView::from),
            operation: None,
            window: None,
            resets_at: None,
            debt: None,
            decline_code: None,
            suspended_because: None,
            percent: None,
            endpoint_id: None,
            url: None,
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
            News::EndpointDisabled { endpoint_id, url } => {
                self.endpoint_id = Some(endpoint_id.uuid());
                self.url = Some(url.clone());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_one_name() {
        for kind in Kind::ALL.map(NotificationKind::from) {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}

//! A purchase with all that is known of it: its facts, the events that told them, and the entries that
//! they led to.

use ledger::instant::Instant;
use ledger::purchase::{
    DisputeState, Facts, PaymentIntentState, Purchase, RefundState, Ruling, SessionState,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::entries::EntryView;
use crate::http::purchases::PurchaseView;
use crate::store::{InboxRow, InboxStatus, StoreError};
use crate::wire::{CreditsView, InstantView};

/// A purchase of some account.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminPurchase)]
pub struct AdminPurchaseView {
    #[schema(examples("user-1"))]
    pub account_id: String,
    pub purchase: PurchaseView,
    /// Taken back of what was granted because money went back, in all.
    pub clawed_back: CreditsView,
    /// The part of it that had been used and is owed.
    pub clawed_as_debt: CreditsView,
    pub updated_at: InstantView,
    /// When Stripe is asked about it next; absent once it is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next_check_at: Option<InstantView>,
}

/// A purchase with its facts, its events and its entries side by side.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminPurchaseDetail)]
pub struct AdminPurchaseDetailView {
    #[schema(examples("user-1"))]
    pub account_id: String,
    pub purchase: PurchaseView,
    pub clawed_back: CreditsView,
    pub clawed_as_debt: CreditsView,
    pub updated_at: InstantView,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next_check_at: Option<InstantView>,
    pub facts: Vec<PurchaseFactView>,
    pub events: Vec<PurchaseEventView>,
    pub entries: Vec<EntryView>,
}

/// What is known of one of its objects at Stripe, or what an administrator ruled on one.
#[derive(Serialize, ToSchema)]
#[schema(as = PurchaseFact)]
pub struct PurchaseFactView {
    pub kind: FactKind,
    /// Stripe's id of the object.
    #[schema(examples("cs_test_a1B2c3D4"))]
    pub id: String,
    /// The furthest state that was seen of it.
    #[schema(examples("complete_paid"))]
    pub state: &'static str,
    /// In minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub amount: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("usd"))]
    pub currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("pi_3ABC"))]
    pub payment_intent_id: Option<String>,
    /// Of a payment intent, when Stripe said so; of a ruling, when it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub at: Option<InstantView>,
    /// Of a ruling: who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub actor: Option<String>,
    /// Of a ruling, why; of a payment intent, the code with which its last attempt was declined.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<String>,
}

/// What a fact is about.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    Session,
    PaymentIntent,
    Refund,
    Dispute,
    Ruling,
    Invoice,
}

/// One of Stripe's events about the purchase.
#[derive(Serialize, ToSchema)]
#[schema(as = PurchaseEvent)]
pub struct PurchaseEventView {
    #[schema(examples("evt_1ABC"))]
    pub id: String,
    /// The event's own name.
    #[schema(examples("checkout.session.completed"))]
    pub kind: String,
    /// `waiting`, `applied`, `ignored` or `given_up`.
    #[schema(examples("applied"))]
    pub status: &'static str,
    pub attempts: i32,
    pub received_at: InstantView,
    /// Why it was ignored, or what went wrong last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub note: Option<String>,
}

impl From<&Purchase> for AdminPurchaseView {
    fn from(purchase: &Purchase) -> AdminPurchaseView {
        AdminPurchaseView {
            account_id: purchase.terms.account_id.to_string(),
            purchase: PurchaseView::from(purchase),
            clawed_back: purchase.clawed.total().unwrap_or_default().into(),
            clawed_as_debt: purchase.clawed.as_debt.into(),
            updated_at: purchase.updated_at.into(),
            next_check_at: purchase.next_check_at.map(InstantView::from),
        }
    }
}

impl AdminPurchaseDetailView {
    pub fn new(
        of: AdminPurchaseView,
        facts: &Facts,
        events: Vec<PurchaseEventView>,
        entries: Vec<EntryView>,
    ) -> AdminPurchaseDetailView {
        AdminPurchaseDetailView {
            account_id: of.account_id,
            purchase: of.purchase,
            clawed_back: of.clawed_back,
            clawed_as_debt: of.clawed_as_debt,
            updated_at: of.updated_at,
            next_check_at: of.next_check_at,
            facts: facts_of(facts),
            events,
            entries,
        }
    }
}

impl TryFrom<InboxRow> for PurchaseEventView {
    type Error = StoreError;

    fn try_from(row: InboxRow) -> Result<PurchaseEventView, StoreError> {
        Ok(PurchaseEventView {
            status: match InboxStatus::from_code(row.status)? {
                InboxStatus::Waiting => "waiting",
                InboxStatus::Applied => "applied",
                InboxStatus::Ignored => "ignored",
                InboxStatus::GivenUp => "given_up",
            },
            id: row.event_id,
            kind: row.kind,
            attempts: row.attempts,
            received_at: Instant::from_micros(row.received_at).into(),
            note: row.note,
        })
    }
}

impl PurchaseFactView {
    fn new(kind: FactKind, id: &str, state: &'static str) -> PurchaseFactView {
        PurchaseFactView {
            kind,
            id: id.to_owned(),
            state,
            amount: None,
            currency: None,
            payment_intent_id: None,
            at: None,
            actor: None,
            reason: None,
        }
    }

    fn of_money(self, amount: Option<i64>, currency: Option<&str>) -> PurchaseFactView {
        PurchaseFactView {
            amount,
            currency: currency.map(str::to_owned),
            ..self
        }
    }

    fn of_payment(self, payment_intent_id: Option<&String>) -> PurchaseFactView {
        PurchaseFactView {
            payment_intent_id: payment_intent_id.cloned(),
            ..self
        }
    }
}

fn facts_of(facts: &Facts) -> Vec<PurchaseFactView> {
    let fact = PurchaseFactView::new;
    let sessions = facts.sessions.values().map(|it| {
        fact(FactKind::Session, &it.id, session_state(it.state))
            .of_money(it.amount_total_minor, it.currency.as_deref())
            .of_payment(it.payment_intent_id.as_ref())
    });
    let payments = facts.payment_intents.values().map(|it| {
        let charged = it.charged.as_ref();
        let amount = charged.map(|charged| charged.amount_minor);
        let view = fact(FactKind::PaymentIntent, &it.id, payment_state(it.state));
        PurchaseFactView {
            at: Some(it.observed_at.into()),
            reason: it.decline.as_ref().map(|decline| decline.code.clone()),
            ..view.of_money(amount, charged.map(|charged| charged.currency.as_str()))
        }
    });
    let refunds = facts.refunds.values().map(|it| {
        fact(FactKind::Refund, &it.id, refund_state(it.state))
            .of_money(Some(it.amount_minor), Some(&it.currency))
            .of_payment(Some(&it.payment_intent_id))
    });
    let disputes = facts.disputes.values().map(|it| {
        fact(FactKind::Dispute, &it.id, dispute_state(it.state))
            .of_money(Some(it.amount_minor), Some(&it.currency))
            .of_payment(Some(&it.payment_intent_id))
    });
    let rulings = facts.rulings.values().map(|it| PurchaseFactView {
        at: Some(it.ruled_at.into()),
        actor: Some(it.actor.clone()),
        reason: Some(it.reason.clone()),
        ..fact(FactKind::Ruling, &it.about, ruling(it.ruling))
    });
    let invoices = facts
        .invoices
        .values()
        .map(|it| fact(FactKind::Invoice, &it.id, "paid"));
    sessions
        .chain(payments)
        .chain(refunds)
        .chain(disputes)
        .chain(rulings)
        .chain(invoices)
        .collect()
}

const fn session_state(state: SessionState) -> &'static str {
    match state {
        SessionState::Open => "open",
        SessionState::Expired => "expired",
        SessionState::CompleteUnpaid => "complete_unpaid",
        SessionState::CompletePaymentFailed => "complete_payment_failed",
        SessionState::CompleteUnknown => "complete_unknown",
        SessionState::CompleteNoPaymentRequired => "complete_no_payment_required",
        SessionState::CompletePaid => "complete_paid",
    }
}

const fn payment_state(state: PaymentIntentState) -> &'static str {
    match state {
        PaymentIntentState::AwaitingCustomer => "awaiting_customer",
        PaymentIntentState::Processing => "processing",
        PaymentIntentState::Failed => "failed",
        PaymentIntentState::Canceled => "canceled",
        PaymentIntentState::Succeeded => "succeeded",
    }
}

const fn refund_state(state: RefundState) -> &'static str {
    match state {
        RefundState::Pending => "pending",
        RefundState::RequiresAction => "requires_action",
        RefundState::Succeeded => "succeeded",
        RefundState::Canceled => "canceled",
        RefundState::Failed => "failed",
    }
}

const fn dispute_state(state: DisputeState) -> &'static str {
    match state {
        DisputeState::Inquiry => "inquiry",
        DisputeState::NeedsResponse => "needs_response",
        DisputeState::UnderReview => "under_review",
        DisputeState::Unknown => "unknown",
        DisputeState::Prevented => "prevented",
        DisputeState::Won => "won",
        DisputeState::Lost => "lost",
    }
}

const fn ruling(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Rejected => "rejected",
        Ruling::Accepted => "accepted",
    }
}

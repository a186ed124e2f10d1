//! The `purchase_facts` rows: what is known of a purchase's objects at Stripe, and what a person ruled.

use diesel::prelude::*;
use ledger::instant::Instant;
use ledger::purchase::{
    Charged, DisputeSnapshot, Evidence, Facts, InvoiceSnapshot, PaymentIntentSnapshot,
    PaymentIntentState, Purchase, RefundSnapshot, RulingSnapshot, SessionSnapshot, SessionState,
    Terms,
};
use ledger::recharge::{Advice, Decline};

use crate::store::StoreError;
use crate::store::codes;
use crate::store::schema::purchase_facts;
use crate::store::sql_types::StoredId;

/// One object of Stripe's: a checkout session (kind 1), a payment intent (2), a refund (3) or a dispute
/// (4); or a person's ruling (5) on the payment that one of these tells; or an invoice (6).
#[derive(Clone, Debug, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = purchase_facts)]
#[diesel(primary_key(bucket, account_id, purchase_id, kind, object_id))]
#[diesel(treat_none_as_null = true)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct FactRow {
    pub bucket: i16,
    pub account_id: String,
    pub purchase_id: StoredId,
    pub kind: i16,
    pub object_id: String,
    pub state: i16,
    pub amount_total: Option<i64>,
    pub amount_tax: Option<i64>,
    pub currency: Option<String>,
    pub livemode: Option<bool>,
    pub client_reference_id: Option<String>,
    pub metadata_purchase_id: Option<String>,
    pub metadata_account_id: Option<String>,
    pub payment_intent_id: Option<String>,
    pub receipt_url: Option<String>,
    pub observed_at: Option<i64>,
    pub decline_code: Option<String>,
    pub decline_advice: Option<String>,
    pub actor: Option<String>,
    pub reason: Option<String>,
}

const SESSION: i16 = 1;
const PAYMENT_INTENT: i16 = 2;
const REFUND: i16 = 3;
const DISPUTE: i16 = 4;
const RULING: i16 = 5;
const INVOICE: i16 = 6;

impl FactRow {
    /// A purchase's facts, a row for each object.
    pub fn of(purchase: &Purchase) -> Vec<FactRow> {
        let facts = &purchase.facts;
        let nothing = FactRow::about(&purchase.terms);
        let sessions = facts.sessions.values().map(|it| nothing.session(it));
        let intents = facts.payment_intents.values().map(|it| nothing.intent(it));
        let refunds = facts.refunds.values().map(|it| nothing.refund(it));
        let disputes = facts.disputes.values().map(|it| nothing.dispute(it));
        let rulings = facts.rulings.values().map(|it| nothing.ruling(it));
        let invoices = facts.invoices.values().map(|it| nothing.invoice(it));
        sessions
            .chain(intents)
            .chain(refunds)
            .chain(disputes)
            .chain(rulings)
            .chain(invoices)
            .collect()
    }

    /// A row that says nothing yet.
    fn about(terms: &Terms) -> FactRow {
        FactRow {
            bucket: terms.account_id.bucket(),
            account_id: terms.account_id.to_string(),
            purchase_id: StoredId(terms.purchase_id.uuid()),
            object_id: String::new(),
            kind: 0,
            state: 0,
            amount_total: None,
            amount_tax: None,
            currency: None,
            livemode: None,
            client_reference_id: None,
            metadata_purchase_id: None,
            metadata_account_id: None,
            payment_intent_id: None,
            receipt_url: None,
            observed_at: None,
            decline_code: None,
            decline_advice: None,
            actor: None,
            reason: None,
        }
    }

    fn session(&self, session: &SessionSnapshot) -> FactRow {
        FactRow {
            object_id: session.id.clone(),
            kind: SESSION,
            state: codes::session_state_code(session.state),
            amount_total: session.amount_total_minor,
            amount_tax: session.amount_tax_minor,
            currency: session.currency.clone(),
            livemode: Some(session.livemode),
            client_reference_id: session.client_reference_id.clone(),
            metadata_purchase_id: session.metadata_purchase_id.clone(),
            metadata_account_id: session.metadata_account_id.clone(),
            payment_intent_id: session.payment_intent_id.clone(),
            ..self.clone()
        }
    }

    fn intent(&self, intent: &PaymentIntentSnapshot) -> FactRow {
        let charged = intent.charged.as_ref();
        let decline = intent.decline.as_ref();
        FactRow {
            object_id: intent.id.clone(),
            kind: PAYMENT_INTENT,
            state: codes::payment_intent_state_code(intent.state),
            metadata_purchase_id: intent.purchase_id.clone(),
            payment_intent_id: Some(intent.id.clone()),
            receipt_url: intent.receipt_url.clone(),
            observed_at: Some(intent.observed_at.micros()),
            amount_total: charged.map(|it| it.amount_minor),
            currency: charged.map(|it| it.currency.clone()),
            livemode: charged.map(|it| it.livemode),
            metadata_account_id: charged.and_then(|it| it.account_id.clone()),
            decline_code: decline.map(|it| it.code.clone()),
            decline_advice: decline
                .and_then(|it| it.advice)
                .map(|advice| advice.as_str().to_owned()),
            ..self.clone()
        }
    }

    fn refund(&self, refund: &RefundSnapshot) -> FactRow {
        FactRow {
            object_id: refund.id.clone(),
            kind: REFUND,
            state: codes::refund_state_code(refund.state),
            amount_total: Some(refund.amount_minor),
            currency: Some(refund.currency.clone()),
            payment_intent_id: Some(refund.payment_intent_id.clone()),
            ..self.clone()
        }
    }

    fn dispute(&self, dispute: &DisputeSnapshot) -> FactRow {
        FactRow {
            object_id: dispute.id.clone(),
            kind: DISPUTE,
            state: codes::dispute_state_code(dispute.state),
            amount_total: Some(dispute.amount_minor),
            currency: Some(dispute.currency.clone()),
            payment_intent_id: Some(dispute.payment_intent_id.clone()),
            ..self.clone()
        }
    }

    fn ruling(&self, ruling: &RulingSnapshot) -> FactRow {
        FactRow {
            object_id: ruling.about.clone(),
            kind: RULING,
            state: codes::ruling_code(ruling.ruling),
            observed_at: Some(ruling.ruled_at.micros()),
            actor: Some(ruling.actor.clone()),
            reason: Some(ruling.reason.clone()),
            ..self.clone()
        }
    }

    fn invoice(&self, invoice: &InvoiceSnapshot) -> FactRow {
        FactRow {
            object_id: invoice.id.clone(),
            kind: INVOICE,
            receipt_url: invoice.hosted_url.clone(),
            ..self.clone()
        }
    }

    /// Adds what this row says to the facts of its purchase.
    pub fn add_to(self, facts: &mut Facts) -> Result<(), StoreError> {
        let charged = self.charged();
        let decline = self.decline();
        let evidence = match self.kind {
            SESSION => Evidence::Session(SessionSnapshot {
                state: self.session_state()?,
                id: self.object_id,
                amount_total_minor: self.amount_total,
                amount_tax_minor: self.amount_tax,
                currency: self.currency,
                livemode: self.livemode.unwrap_or(false),
                client_reference_id: self.client_reference_id,
                metadata_purchase_id: self.metadata_purchase_id,
                metadata_account_id: self.metadata_account_id,
                payment_intent_id: self.payment_intent_id,
            }),
            PAYMENT_INTENT => Evidence::PaymentIntent(PaymentIntentSnapshot {
                state: self.payment_intent_state()?,
                id: self.object_id,
                observed_at: Instant::from_micros(self.observed_at.unwrap_or(0)),
                purchase_id: self.metadata_purchase_id,
                receipt_url: self.receipt_url,
                charged,
                decline,
            }),
            REFUND => Evidence::Refund(RefundSnapshot {
                state: codes::refund_state_from_code(self.state)?,
                id: self.object_id,
                amount_minor: self.amount_total.unwrap_or(0),
                currency: self.currency.unwrap_or_default(),
                payment_intent_id: self.payment_intent_id.unwrap_or_default(),
            }),
            DISPUTE => Evidence::Dispute(DisputeSnapshot {
                state: codes::dispute_state_from_code(self.state)?,
                id: self.object_id,
                amount_minor: self.amount_total.unwrap_or(0),
                currency: self.currency.unwrap_or_default(),
                payment_intent_id: self.payment_intent_id.unwrap_or_default(),
            }),
            RULING => Evidence::Ruling(RulingSnapshot {
                ruling: codes::ruling_from_code(self.state)?,
                about: self.object_id,
                ruled_at: Instant::from_micros(self.observed_at.unwrap_or(0)),
                actor: self.actor.unwrap_or_default(),
                reason: self.reason.unwrap_or_default(),
            }),
            INVOICE => Evidence::Invoice(InvoiceSnapshot {
                id: self.object_id,
                hosted_url: self.receipt_url,
            }),
            kind => {
                return Err(StoreError::corrupt(format!(
                    "purchase_facts.kind is {kind}"
                )));
            }
        };
        facts.merge(evidence);
        Ok(())
    }

    fn charged(&self) -> Option<Charged> {
        Some(Charged {
            amount_minor: self.amount_total?,
            currency: self.currency.clone()?,
            livemode: self.livemode?,
            account_id: self.metadata_account_id.clone(),
        })
    }

    fn decline(&self) -> Option<Decline> {
        Some(Decline {
            code: self.decline_code.clone()?,
            advice: self.decline_advice.as_deref().and_then(Advice::parse),
        })
    }

    fn session_state(&self) -> Result<SessionState, StoreError> {
        codes::session_state_from_code(self.state)
    }

    fn payment_intent_state(&self) -> Result<PaymentIntentState, StoreError> {
        codes::payment_intent_state_from_code(self.state)
    }
}

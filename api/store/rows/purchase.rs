//! The `purchases` row and its `purchase_facts` rows: our snapshot, and Stripe's objects about it.

use diesel::prelude::*;
use ledger::ids::PurchaseId;
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::promotion::{PromotionCode, Redemption};
use ledger::purchase::{
    CheckoutRequest, Clawed, DisputeSnapshot, Evidence, Facts, PaymentIntentSnapshot,
    PaymentIntentState, Purchase, RefundSnapshot, SessionSnapshot, SessionState, Terms,
};

use super::{account_id, credits};
use crate::store::StoreError;
use crate::store::codes;
use crate::store::schema::{purchase_facts, purchases};
use crate::store::sql_types::StoredId;

#[derive(Clone, Debug, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = purchases)]
// What names a row is never set: a distributed engine refuses it.
#[diesel(primary_key(bucket, account_id, purchase_id))]
#[diesel(treat_none_as_null = true)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct PurchaseRow {
    pub bucket: i16,
    pub account_id: String,
    pub purchase_id: StoredId,
    pub credits: i64,
    pub bonus: i64,
    pub price: i64,
    pub currency: String,
    pub tax: i16,
    pub promotion_code: Option<String>,
    pub list_price: Option<i64>,
    pub promotion_bonus: Option<i64>,
    pub livemode: bool,
    pub package_id: Option<String>,
    pub title: String,
    pub success_url: String,
    pub cancel_url: String,
    pub session_expires_at: i64,
    pub session_id: Option<String>,
    pub session_url: Option<String>,
    pub status: i16,
    pub review: Option<String>,
    pub posted: i64,
    pub clawed_from_lots: i64,
    pub clawed_forfeited: i64,
    pub clawed_as_debt: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub paid_at: Option<i64>,
    pub next_check_at: Option<i64>,
}

impl From<&Purchase> for PurchaseRow {
    fn from(purchase: &Purchase) -> PurchaseRow {
        let terms = &purchase.terms;
        let request = &purchase.request;
        let redemption = terms.promotion.as_ref();
        PurchaseRow {
            bucket: terms.account_id.bucket(),
            account_id: terms.account_id.to_string(),
            purchase_id: StoredId(terms.purchase_id.uuid()),
            credits: terms.credits.micro(),
            bonus: terms.bonus.micro(),
            price: terms.price.amount_minor,
            currency: terms.price.currency.to_string(),
            tax: codes::tax_code(terms.tax),
            promotion_code: redemption.map(|it| it.code.to_string()),
            list_price: redemption.map(|it| it.list_price.amount_minor),
            promotion_bonus: redemption.map(|it| it.extra.micro()),
            livemode: terms.livemode,
            package_id: request.package_id.clone(),
            title: request.title.clone(),
            success_url: request.success_url.clone(),
            cancel_url: request.cancel_url.clone(),
            session_expires_at: request.expires_at.micros(),
            session_id: terms.session_id.clone(),
            session_url: purchase.session_url.clone(),
            status: codes::status_code(purchase.status),
            review: purchase.review.map(|r| codes::review_name(r).to_owned()),
            posted: purchase.posted.micro(),
            clawed_from_lots: purchase.clawed.from_lots.micro(),
            clawed_forfeited: purchase.clawed.forfeited.micro(),
            clawed_as_debt: purchase.clawed.as_debt.micro(),
            created_at: purchase.created_at.micros(),
            updated_at: purchase.updated_at.micros(),
            paid_at: purchase.paid_at.map(Instant::micros),
            next_check_at: purchase.next_check_at.map(Instant::micros),
        }
    }
}

impl PurchaseRow {
    pub fn parse(self, facts: Facts) -> Result<Purchase, StoreError> {
        let currency = Currency::parse(&self.currency)
            .map_err(|error| StoreError::corrupt(error.to_string()))?;
        let promotion = self.redemption(currency)?;
        Ok(Purchase {
            terms: Terms {
                purchase_id: PurchaseId::from_uuid(self.purchase_id.0),
                account_id: account_id(&self.account_id)?,
                credits: credits(self.credits),
                bonus: credits(self.bonus),
                price: Money {
                    amount_minor: self.price,
                    currency,
                },
                tax: codes::tax_from_code(self.tax)?,
                promotion,
                livemode: self.livemode,
                session_id: self.session_id,
            },
            request: CheckoutRequest {
                package_id: self.package_id,
                title: self.title,
                success_url: self.success_url,
                cancel_url: self.cancel_url,
                expires_at: Instant::from_micros(self.session_expires_at),
            },
            session_url: self.session_url,
            status: codes::status_from_code(self.status)?,
            review: self
                .review
                .as_deref()
                .map(codes::review_from_name)
                .transpose()?,
            facts,
            posted: credits(self.posted),
            clawed: Clawed {
                from_lots: credits(self.clawed_from_lots),
                forfeited: credits(self.clawed_forfeited),
                as_debt: credits(self.clawed_as_debt),
            },
            created_at: Instant::from_micros(self.created_at),
            updated_at: Instant::from_micros(self.updated_at),
            paid_at: self.paid_at.map(Instant::from_micros),
            next_check_at: self.next_check_at.map(Instant::from_micros),
        })
    }
}

impl PurchaseRow {
    /// What the code made of the offer, if there was one.
    fn redemption(&self, currency: Currency) -> Result<Option<Redemption>, StoreError> {
        let Some(code) = &self.promotion_code else {
            return Ok(None);
        };
        let code = PromotionCode::parse(code);
        let code = code.map_err(|error| StoreError::corrupt(error.to_string()))?;
        Ok(Some(Redemption {
            code,
            list_price: Money {
                amount_minor: self.list_price.unwrap_or(self.price),
                currency,
            },
            extra: credits(self.promotion_bonus.unwrap_or(0)),
        }))
    }
}

/// One object of Stripe's: a checkout session (kind 1), a payment intent (2), a refund (3) or a dispute
/// (4).
#[derive(Clone, Debug, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = purchase_facts)]
#[diesel(primary_key(bucket, account_id, purchase_id, object_id))]
#[diesel(treat_none_as_null = true)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct FactRow {
    pub bucket: i16,
    pub account_id: String,
    pub purchase_id: StoredId,
    pub object_id: String,
    pub kind: i16,
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
}

const SESSION: i16 = 1;
const PAYMENT_INTENT: i16 = 2;
const REFUND: i16 = 3;
const DISPUTE: i16 = 4;

impl FactRow {
    /// A purchase's facts, a row for each object.
    pub fn of(purchase: &Purchase) -> Vec<FactRow> {
        let facts = &purchase.facts;
        let nothing = FactRow::about(&purchase.terms);
        let sessions = facts.sessions.values().map(|it| nothing.session(it));
        let intents = facts.payment_intents.values().map(|it| nothing.intent(it));
        let refunds = facts.refunds.values().map(|it| nothing.refund(it));
        let disputes = facts.disputes.values().map(|it| nothing.dispute(it));
        sessions
            .chain(intents)
            .chain(refunds)
            .chain(disputes)
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
        FactRow {
            object_id: intent.id.clone(),
            kind: PAYMENT_INTENT,
            state: codes::payment_intent_state_code(intent.state),
            metadata_purchase_id: intent.purchase_id.clone(),
            payment_intent_id: Some(intent.id.clone()),
            receipt_url: intent.receipt_url.clone(),
            observed_at: Some(intent.observed_at.micros()),
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

    /// Adds what this row says to the facts of its purchase.
    pub fn add_to(self, facts: &mut Facts) -> Result<(), StoreError> {
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
            kind => {
                return Err(StoreError::corrupt(format!(
                    "purchase_facts.kind is {kind}"
                )));
            }
        };
        facts.merge(evidence);
        Ok(())
    }

    fn session_state(&self) -> Result<SessionState, StoreError> {
        codes::session_state_from_code(self.state)
    }

    fn payment_intent_state(&self) -> Result<PaymentIntentState, StoreError> {
        codes::payment_intent_state_from_code(self.state)
    }
}

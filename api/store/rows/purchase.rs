//! The `purchases` row: our snapshot, and how far it has come.

use diesel::prelude::*;
use ledger::ids::PurchaseId;
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::promotion::{PromotionCode, Redemption};
use ledger::purchase::{CheckoutRequest, Clawed, Facts, Lane, Purchase, SavedCard, Terms};

use super::{account_id, credits};
use crate::store::StoreError;
use crate::store::codes;
use crate::store::schema::purchases;
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
    pub customer_id: Option<String>,
    pub payment_method_id: Option<String>,
    pub package_id: Option<String>,
    pub title: String,
    pub success_url: String,
    pub cancel_url: String,
    pub with_invoice: bool,
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
        let card = match &terms.lane {
            Lane::Checkout => None,
            Lane::Recharge(card) => Some(card),
        };
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
            customer_id: card.map(|card| card.customer_id.clone()),
            payment_method_id: card.map(|card| card.payment_method_id.clone()),
            package_id: request.package_id.clone(),
            title: request.title.clone(),
            success_url: request.success_url.clone(),
            cancel_url: request.cancel_url.clone(),
            with_invoice: request.with_invoice,
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
        let lane = match (self.customer_id, self.payment_method_id) {
            (None, None) => Lane::Checkout,
            (Some(customer_id), Some(payment_method_id)) => Lane::Recharge(SavedCard {
                customer_id,
                payment_method_id,
            }),
            _ => return Err(StoreError::corrupt("a purchase has half a saved card")),
        };
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
                lane,
                session_id: self.session_id,
            },
            request: CheckoutRequest {
                package_id: self.package_id,
                title: self.title,
                success_url: self.success_url,
                cancel_url: self.cancel_url,
                with_invoice: self.with_invoice,
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

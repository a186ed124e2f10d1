//! The `auto_recharges` row: what an account has set, its card, and what became of it.

use diesel::prelude::*;
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::recharge::{
    Advice, Amount, Attempt, AutoRecharge, Card, Decline, Failure, Settings, Spending,
};

use super::{account_id, credits};
use crate::store::StoreError;
use crate::store::codes;
use crate::store::schema::auto_recharges;
use crate::store::sql_types::StoredId;

#[derive(Clone, Debug, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = auto_recharges)]
#[diesel(primary_key(bucket, account_id))]
#[diesel(treat_none_as_null = true)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct RechargeRow {
    pub bucket: i16,
    pub account_id: String,
    pub enabled: Option<bool>,
    pub threshold: Option<i64>,
    pub fixed_credits: Option<i64>,
    pub target: Option<i64>,
    pub cap_amount: Option<i64>,
    pub cap_currency: Option<String>,
    pub customer_id: Option<String>,
    pub payment_method_id: Option<String>,
    pub card_brand: Option<String>,
    pub card_last4: Option<String>,
    pub card_exp_month: Option<i16>,
    pub card_exp_year: Option<i16>,
    pub card_added_at: Option<i64>,
    pub card_removed_at: Option<i64>,
    pub suspension: Option<i16>,
    pub attempt_purchase_id: Option<StoredId>,
    pub attempt_made_at: Option<i64>,
    pub attempt_state: Option<i16>,
    pub attempts: i64,
    pub failures: i16,
    pub failure_code: Option<String>,
    pub failure_advice: Option<String>,
    pub failed_at: Option<i64>,
    pub not_before: Option<i64>,
    pub spent_cycle_start: Option<i64>,
    pub spent: i64,
    pub notice: Option<i16>,
    pub updated_at: i64,
}

impl RechargeRow {
    pub fn new(id: &AccountId, recharge: &AutoRecharge) -> RechargeRow {
        let settings = recharge.settings.as_ref();
        let amount = settings.map(|settings| settings.amount);
        let card = recharge.card.as_ref();
        let attempt = recharge.attempt;
        let failure = recharge.last_failure.as_ref();
        let spending = recharge.spending;
        RechargeRow {
            bucket: id.bucket(),
            account_id: id.to_string(),
            enabled: settings.map(|it| it.enabled),
            threshold: settings.map(|it| it.threshold.micro()),
            fixed_credits: match amount {
                Some(Amount::Fixed(credits)) => Some(credits),
                _ => None,
            },
            target: match amount {
                Some(Amount::UpTo(target)) => Some(target.micro()),
                _ => None,
            },
            cap_amount: settings.map(|it| it.cycle_cap.amount_minor),
            cap_currency: settings.map(|it| it.cycle_cap.currency.to_string()),
            customer_id: recharge.customer_id.clone(),
            payment_method_id: card.map(|it| it.payment_method_id.clone()),
            card_brand: card.map(|it| it.brand.clone()),
            card_last4: card.map(|it| it.last4.clone()),
            card_exp_month: card.map(|it| it.exp_month),
            card_exp_year: card.map(|it| it.exp_year),
            card_added_at: card.map(|it| it.added_at.micros()),
            card_removed_at: card.and_then(|it| it.removed_at).map(Instant::micros),
            suspension: recharge.suspension.map(codes::suspension_code),
            attempt_purchase_id: attempt.map(|it| StoredId(it.purchase_id.uuid())),
            attempt_made_at: attempt.map(|it| it.made_at.micros()),
            attempt_state: attempt.map(|it| codes::attempt_state_code(it.state)),
            attempts: recharge.attempts,
            failures: i16::from(recharge.failures),
            failure_code: failure.map(|it| it.decline.code.clone()),
            failure_advice: failure
                .and_then(|it| it.decline.advice)
                .map(|advice| advice.as_str().to_owned()),
            failed_at: failure.map(|it| it.at.micros()),
            not_before: recharge.not_before.map(Instant::micros),
            spent_cycle_start: spending.cycle_start.map(Instant::micros),
            spent: spending.amount_minor,
            notice: spending.notice.map(|notice| notice.percent()),
            updated_at: recharge.updated_at.micros(),
        }
    }

    pub fn parse(self) -> Result<(AccountId, AutoRecharge), StoreError> {
        let id = account_id(&self.account_id)?;
        let settings = self.settings()?;
        let card = self.card();
        let attempt = self.attempt()?;
        let recharge = AutoRecharge {
            settings,
            card,
            suspension: self
                .suspension
                .map(codes::suspension_from_code)
                .transpose()?,
            attempt,
            attempts: self.attempts,
            failures: u8::try_from(self.failures)
                .map_err(|error| StoreError::corrupt(error.to_string()))?,
            last_failure: self.failure(),
            not_before: self.not_before.map(Instant::from_micros),
            spending: Spending {
                cycle_start: self.spent_cycle_start.map(Instant::from_micros),
                amount_minor: self.spent,
                notice: self.notice.map(codes::notice_from_percent).transpose()?,
            },
            updated_at: Instant::from_micros(self.updated_at),
            customer_id: self.customer_id,
        };
        Ok((id, recharge))
    }

    fn settings(&self) -> Result<Option<Settings>, StoreError> {
        let corrupt = || StoreError::corrupt("auto_recharges: settings that are not whole");
        let Some(enabled) = self.enabled else {
            return Ok(None);
        };
        let currency = self.cap_currency.as_deref().ok_or_else(corrupt)?;
        let currency =
            Currency::parse(currency).map_err(|error| StoreError::corrupt(error.to_string()))?;
        Ok(Some(Settings {
            enabled,
            threshold: credits(self.threshold.ok_or_else(corrupt)?),
            amount: match (self.fixed_credits, self.target) {
                (Some(fixed), None) => Amount::Fixed(fixed),
                (None, Some(target)) => Amount::UpTo(credits(target)),
                _ => return Err(corrupt()),
            },
            cycle_cap: Money {
                amount_minor: self.cap_amount.ok_or_else(corrupt)?,
                currency,
            },
        }))
    }

    fn card(&self) -> Option<Card> {
        Some(Card {
            payment_method_id: self.payment_method_id.clone()?,
            brand: self.card_brand.clone()?,
            last4: self.card_last4.clone()?,
            exp_month: self.card_exp_month?,
            exp_year: self.card_exp_year?,
            added_at: Instant::from_micros(self.card_added_at?),
            removed_at: self.card_removed_at.map(Instant::from_micros),
        })
    }

    fn attempt(&self) -> Result<Option<Attempt>, StoreError> {
        let (Some(id), Some(made_at), Some(state)) = (
            self.attempt_purchase_id,
            self.attempt_made_at,
            self.attempt_state,
        ) else {
            return Ok(None);
        };
        Ok(Some(Attempt {
            purchase_id: PurchaseId::from_uuid(id.0),
            made_at: Instant::from_micros(made_at),
            state: codes::attempt_state_from_code(state)?,
        }))
    }

    fn failure(&self) -> Option<Failure> {
        Some(Failure {
            decline: Decline {
                code: self.failure_code.clone()?,
                advice: self.failure_advice.as_deref().and_then(Advice::parse),
            },
            at: Instant::from_micros(self.failed_at?),
        })
    }
}

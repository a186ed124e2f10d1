//! The `promotion_codes` row. Its packages are a small JSON array that most codes leave out.

use diesel::prelude::*;
use ledger::instant::Instant;
use ledger::promotion::{
    Audience, Effect, Goods, Percent, Promotion, PromotionCode, PromotionSettings,
};

use super::credits;
use crate::store::StoreError;
use crate::store::schema::promotion_codes;

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = promotion_codes)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct PromotionRow {
    pub code: String,
    pub effect: i16,
    pub amount: i64,
    pub packages: Option<String>,
    pub audience: i16,
    pub active: bool,
    pub most_per_account: Option<i64>,
    pub most_in_total: Option<i64>,
    pub ends_at: Option<i64>,
    pub used: i64,
    pub version: i64,
    pub created_by: String,
    pub created_at: i64,
    pub changed_by: String,
    pub changed_at: i64,
}

const PERCENT_OFF: i16 = 1;
const EXTRA_CREDITS: i16 = 2;
const EVERYONE: i16 = 1;
const FIRST_PURCHASE: i16 = 2;

impl From<&Promotion> for PromotionRow {
    fn from(promotion: &Promotion) -> PromotionRow {
        let (effect, amount) = match promotion.effect {
            Effect::PercentOff(percent) => (PERCENT_OFF, percent.get()),
            Effect::ExtraCredits(credits) => (EXTRA_CREDITS, credits.micro()),
        };
        let settings = &promotion.settings;
        PromotionRow {
            code: promotion.code.to_string(),
            effect,
            amount,
            packages: match &promotion.goods {
                Goods::EveryPackage => None,
                // An array of strings: there is nothing in it that JSON cannot say.
                Goods::Packages(ids) => Some(serde_json::to_string(ids).unwrap_or_default()),
            },
            audience: match promotion.audience {
                Audience::Everyone => EVERYONE,
                Audience::FirstPurchase => FIRST_PURCHASE,
            },
            active: settings.is_active,
            most_per_account: settings.most_per_account,
            most_in_total: settings.most_in_total,
            ends_at: settings.ends_at.map(Instant::micros),
            used: promotion.used,
            version: promotion.version,
            created_by: promotion.created_by.clone(),
            created_at: promotion.created_at.micros(),
            changed_by: promotion.changed_by.clone(),
            changed_at: promotion.changed_at.micros(),
        }
    }
}

impl TryFrom<PromotionRow> for Promotion {
    type Error = StoreError;

    fn try_from(row: PromotionRow) -> Result<Promotion, StoreError> {
        let corrupt = |what: &str| StoreError::corrupt(format!("promotion_codes.{what}"));
        let effect = match row.effect {
            PERCENT_OFF => {
                let percent = Percent::new(row.amount);
                Effect::PercentOff(percent.map_err(|_| corrupt("amount is no percentage"))?)
            }
            EXTRA_CREDITS => Effect::ExtraCredits(credits(row.amount)),
            _ => return Err(corrupt("effect is unknown")),
        };
        let goods = match row.packages {
            None => Goods::EveryPackage,
            Some(ids) => {
                let ids = serde_json::from_str(&ids);
                Goods::Packages(ids.map_err(|_| corrupt("packages is no array of ids"))?)
            }
        };
        let audience = match row.audience {
            EVERYONE => Audience::Everyone,
            FIRST_PURCHASE => Audience::FirstPurchase,
            _ => return Err(corrupt("audience is unknown")),
        };
        Ok(Promotion {
            code: PromotionCode::parse(&row.code).map_err(|_| corrupt("code is no code"))?,
            effect,
            goods,
            audience,
            settings: PromotionSettings {
                is_active: row.active,
                most_per_account: row.most_per_account,
                most_in_total: row.most_in_total,
                ends_at: row.ends_at.map(Instant::from_micros),
            },
            used: row.used,
            version: row.version,
            created_by: row.created_by,
            created_at: Instant::from_micros(row.created_at),
            changed_by: row.changed_by,
            changed_at: Instant::from_micros(row.changed_at),
        })
    }
}

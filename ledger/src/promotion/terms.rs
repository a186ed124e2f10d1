//! A promotion as an administrator made it, what it makes of an offer, and whether an account may use
//! it at this moment.

use std::collections::BTreeSet;

use super::{Effect, PromotionCode, PromotionRefusal, Standing};
use crate::credits::Credits;
use crate::instant::Instant;
use crate::money::Money;

/// Who may use a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Everyone,
    /// Accounts that never paid a purchase and have none under way with a code.
    FirstPurchase,
}

/// What a code is for. A custom amount is never bought with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goods {
    EveryPackage,
    /// By their ids.
    Packages(BTreeSet<String>),
}

/// What stays as it was made: what a code promises is never changed under those who have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPromotion {
    pub code: PromotionCode,
    pub effect: Effect,
    pub goods: Goods,
    pub audience: Audience,
    pub settings: PromotionSettings,
    pub actor: String,
}

/// What an administrator may change at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionSettings {
    pub is_active: bool,
    pub most_per_account: Option<i64>,
    pub most_in_total: Option<i64>,
    /// The first instant at which it cannot be used any more.
    pub ends_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    pub code: PromotionCode,
    pub effect: Effect,
    pub goods: Goods,
    pub audience: Audience,
    pub settings: PromotionSettings,
    /// By all accounts, as stored.
    pub used: i64,
    /// How often an administrator has changed it.
    pub version: i64,
    pub created_by: String,
    pub created_at: Instant,
    pub changed_by: String,
    pub changed_at: Instant,
}

/// What a code made of an offer: a part of the purchase's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redemption {
    pub code: PromotionCode,
    /// The price without it.
    pub list_price: Money,
    /// The part of the bonus that is its doing.
    pub extra: Credits,
}

impl Promotion {
    /// The price with the code, and what the purchase's terms say of it.
    ///
    /// # Errors
    /// If the goods are not the code's, or the price would be below `least`, the least that can be
    /// charged, though above nothing.
    pub fn apply(
        &self,
        package_id: Option<&str>,
        list_price: Money,
        least: Money,
    ) -> Result<(Money, Redemption), PromotionRefusal> {
        self.check_goods(package_id)?;
        let redemption = Redemption {
            code: self.code.clone(),
            list_price,
            extra: self.effect.extra(),
        };
        Ok((self.effect.price(list_price, least)?, redemption))
    }

    /// Whether an account may open a purchase with the code now, when all accounts have used it `used`
    /// times.
    pub fn check(
        &self,
        package_id: Option<&str>,
        standing: &Standing,
        used: i64,
        now: Instant,
    ) -> Result<(), PromotionRefusal> {
        let settings = &self.settings;
        if !settings.is_active {
            return Err(PromotionRefusal::IsNotActive);
        }
        if let Some(at) = settings.ends_at
            && at <= now
        {
            return Err(PromotionRefusal::HasEnded { at });
        }
        self.check_goods(package_id)?;
        let is_first = !standing.has_bought && !standing.uses_any();
        if self.audience == Audience::FirstPurchase && !is_first {
            return Err(PromotionRefusal::IsForAFirstPurchase);
        }
        let used_by_account = standing.used(&self.code);
        if let Some(most) = settings.most_per_account
            && used_by_account >= most
        {
            return Err(PromotionRefusal::AccountHasUsedItUp {
                most,
                used: used_by_account,
            });
        }
        if let Some(most) = settings.most_in_total
            && used >= most
        {
            return Err(PromotionRefusal::IsUsedUp { most, used });
        }
        Ok(())
    }

    fn check_goods(&self, package_id: Option<&str>) -> Result<(), PromotionRefusal> {
        let is_for = match (&self.goods, package_id) {
            (Goods::EveryPackage, Some(_)) => true,
            (Goods::Packages(ids), Some(id)) => ids.contains(id),
            (_, None) => false,
        };
        if is_for {
            Ok(())
        } else {
            Err(PromotionRefusal::IsNotForTheseGoods)
        }
    }
}

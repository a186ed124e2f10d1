//! Promotion codes as they are shown: all of one to administrators, what it does to buyers.

use ledger::credits::Credits;
use ledger::promotion::{Audience, Effect, Goods, Promotion};
use serde::Serialize;
use utoipa::ToSchema;

use crate::wire::{CreditsView, InstantView};

/// A promotion code. It has one of `percent_off` and `extra_credits`.
#[derive(Serialize, ToSchema)]
#[schema(as = PromotionCode)]
pub struct PromotionCodeView {
    /// In upper case; buyers may type it in either.
    #[schema(examples("SPRING10"))]
    pub code: String,
    /// Whole percent off the price of a package; null for a code that adds credits.
    #[schema(minimum = 1, maximum = 100, examples(10))]
    pub percent_off: Option<i64>,
    /// Credits on top of the package's bonus; null for a code that lowers the price.
    pub extra_credits: Option<CreditsView>,
    /// The packages it is for; null for every package.
    pub package_ids: Option<Vec<String>>,
    /// Whether it is only for accounts that never paid a purchase.
    pub first_purchase_only: bool,
    pub limits: PromotionLimitsView,
    /// The first instant at which it cannot be used any more; null for no end.
    pub expires_at: Option<InstantView>,
    pub active: bool,
    /// The purchases that use it: those that are open, under way or were ever paid.
    #[schema(minimum = 0)]
    pub used: i64,
    pub created_at: InstantView,
    /// The subject of the administrator's token.
    #[schema(examples("admin"))]
    pub created_by: String,
    pub changed_at: InstantView,
    #[schema(examples("admin"))]
    pub changed_by: String,
}

/// How often a promotion code may be used; null for any number of times.
#[derive(Serialize, ToSchema)]
#[schema(as = PromotionLimits)]
pub struct PromotionLimitsView {
    /// By one account.
    #[schema(minimum = 1)]
    pub per_account: Option<i64>,
    /// By all accounts together.
    #[schema(minimum = 1)]
    pub in_total: Option<i64>,
}

/// What a promotion code does, for its buyer.
#[derive(Serialize, ToSchema)]
#[schema(as = BuyersPromotion)]
pub struct BuyersPromotionView {
    #[schema(examples("SPRING10"))]
    pub code: String,
    /// Whole percent off the price of a package; null for a code that adds credits.
    #[schema(minimum = 1, maximum = 100, examples(10))]
    pub percent_off: Option<i64>,
    /// Credits on top of the package's bonus; null for a code that lowers the price.
    pub extra_credits: Option<CreditsView>,
    /// The first instant at which it cannot be used any more; null for no end.
    pub expires_at: Option<InstantView>,
}

fn effect(effect: Effect) -> (Option<i64>, Option<Credits>) {
    match effect {
        Effect::PercentOff(percent) => (Some(percent.get()), None),
        Effect::ExtraCredits(credits) => (None, Some(credits)),
    }
}

impl From<&Promotion> for PromotionCodeView {
    fn from(promotion: &Promotion) -> PromotionCodeView {
        let (percent_off, extra) = effect(promotion.effect);
        let settings = &promotion.settings;
        PromotionCodeView {
            code: promotion.code.to_string(),
            percent_off,
            extra_credits: extra.map(CreditsView::from),
            package_ids: match &promotion.goods {
                Goods::EveryPackage => None,
                Goods::Packages(ids) => Some(ids.iter().cloned().collect()),
            },
            first_purchase_only: promotion.audience == Audience::FirstPurchase,
            limits: PromotionLimitsView {
                per_account: settings.most_per_account,
                in_total: settings.most_in_total,
            },
            expires_at: settings.ends_at.map(InstantView::from),
            active: settings.is_active,
            used: promotion.used,
            created_at: promotion.created_at.into(),
            created_by: promotion.created_by.clone(),
            changed_at: promotion.changed_at.into(),
            changed_by: promotion.changed_by.clone(),
        }
    }
}

impl From<&Promotion> for BuyersPromotionView {
    fn from(promotion: &Promotion) -> BuyersPromotionView {
        let (percent_off, extra) = effect(promotion.effect);
        BuyersPromotionView {
            code: promotion.code.to_string(),
            percent_off,
            extra_credits: extra.map(CreditsView::from),
            expires_at: promotion.settings.ends_at.map(InstantView::from),
        }
    }
}

//! Promotion codes: made and set by administrators, and held against a purchase about to be opened.
//! Whether a use counts is decided nowhere but in `promotion::Standing`.

use crate::account::{AccountState, State};
use crate::command::{NewPurchase, Outcome, PromotionChange};
use crate::instant::Instant;
use crate::promotion::{NewPromotion, Promotion, PromotionCode};
use crate::rejection::Rejection;

/// A code, and how often all accounts use it.
pub struct CodeInUse {
    promotion: Promotion,
    used: i64,
}

impl CodeInUse {
    pub fn of(state: &State, code: &PromotionCode) -> Option<CodeInUse> {
        let promotion = state.promotions.get(code)?.clone();
        Some(CodeInUse {
            used: state.promotion_uses(code),
            promotion,
        })
    }
}

/// Whether the account may open the purchase with its code.
pub fn check(
    account: &AccountState,
    new: &NewPurchase,
    code: Option<&CodeInUse>,
    now: Instant,
) -> Result<(), Rejection> {
    let code = code.ok_or(Rejection::PromotionDoesNotExist)?;
    let standing = account.standing.as_ref();
    let standing = standing.ok_or(Rejection::AmountOutOfRange)?;
    let package_id = new.request.package_id.as_deref();
    code.promotion
        .check(package_id, standing, code.used, now)
        .map_err(Rejection::PromotionIsRefused)
}

pub fn create(state: &mut State, new: &NewPromotion, now: Instant) -> Result<Outcome, Rejection> {
    if state.promotions.get(&new.code).is_some() {
        let code = new.code.clone();
        return Err(Rejection::PromotionExists { code });
    }
    let promotion = Promotion {
        code: new.code.clone(),
        effect: new.effect,
        goods: new.goods.clone(),
        audience: new.audience,
        settings: new.settings.clone(),
        used: 0,
        version: 0,
        created_by: new.actor.clone(),
        created_at: now,
        changed_by: new.actor.clone(),
        changed_at: now,
    };
    // From here it must succeed.
    state.promotions.add(promotion.clone());
    Ok(Outcome::PromotionSet(Box::new(promotion)))
}

/// Limits below what was used already stop further uses and take none back.
pub fn change(
    state: &mut State,
    change: &PromotionChange,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let known = state.promotions.get(&change.code);
    let known = known.ok_or(Rejection::PromotionDoesNotExist)?;
    let promotion = Promotion {
        settings: change.settings.clone(),
        version: known.version.saturating_add(1),
        changed_by: change.actor.clone(),
        changed_at: now,
        ..known.clone()
    };
    // From here it must succeed.
    state.promotions.change(promotion.clone());
    let shown = Promotion {
        used: state.promotion_uses(&change.code),
        ..promotion
    };
    Ok(Outcome::PromotionSet(Box::new(shown)))
}

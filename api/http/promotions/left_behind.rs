//! A code that an account may use once is held by the checkout that it was used for last. Whoever goes
//! back and chooses another package with it must not wait for the first checkout to close by itself:
//! it is closed here, and its use given back. Whether the code may be used then is the ledger's to say.

use ledger::command::NewPurchase;
use ledger::promotion::{Audience, Promotion, PromotionRefusal};
use ledger::purchase::Purchase;
use ledger::replay::Key;

use super::super::error::ApiError;
use crate::app::App;

/// Of an account's purchases, how many are looked at: no more are ever open.
const LATEST: i64 = 50;

/// Closes the account's own open checkouts that stand in the way of a new one with the same code, the
/// oldest first, and no more of them than it takes.
pub async fn close(app: &App, key: &Key, new: &NewPurchase) -> Result<(), ApiError> {
    let Some(redemption) = &new.terms.promotion else {
        return Ok(());
    };
    let Some(promotion) = app.store.promotion(&redemption.code).await? else {
        return Ok(());
    };
    // A repeat is answered as it was, and closes nothing.
    if !is_held_up(app, &promotion, new).await? || app.store.answer(&key.id).await?.is_some() {
        return Ok(());
    }
    let account = &new.terms.account_id;
    let latest = app.store.purchases(account, None, LATEST).await?;
    let now = app.clock.now();
    let serves = |it: &Purchase| it.serves(&new.terms, &new.request, now);
    if latest.iter().any(serves) {
        return Ok(());
    }
    for purchase in latest.iter().rev().filter(|it| holds(it, &promotion)) {
        if !is_held_up(app, &promotion, new).await? {
            break;
        }
        app.payments.close(purchase).await?;
    }
    Ok(())
}

/// Whether it is the account's own purchases that stand in the way.
async fn is_held_up(app: &App, promotion: &Promotion, new: &NewPurchase) -> Result<bool, ApiError> {
    let standing = app.store.standing(&new.terms.account_id).await?;
    let package_id = new.request.package_id.as_deref();
    let check = promotion.check(package_id, &standing, 0, app.clock.now());
    Ok(match check {
        Err(PromotionRefusal::AccountHasUsedItUp { .. }) => true,
        Err(PromotionRefusal::IsForAFirstPurchase) => !standing.has_bought,
        _ => false,
    })
}

/// Whether the purchase is open, and uses the code; or any code, where no other may be in use.
fn holds(purchase: &Purchase, promotion: &Promotion) -> bool {
    let is_exclusive = promotion.audience == Audience::FirstPurchase;
    let used = purchase.terms.promotion.as_ref();
    purchase.is_open() && used.is_some_and(|it| is_exclusive || it.code == promotion.code)
}

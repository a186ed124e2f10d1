//! Auto-recharge, where it touches the ledger: what it is set to, its card, the purchases it opens,
//! and how they end. Whether it may try is the policy's to say (`crate::recharge`); an attempt is
//! counted in the same change that opens its purchase, before Stripe hears of it.

use super::grant;
use super::purchase::{self, FIRST_CHECK_SECONDS};
use crate::account::AccountState;
use crate::command::{CardChange, Outcome, RechargeAttempt, RefusedRecharge};
use crate::credits::Credits;
use crate::instant::Instant;
use crate::purchase::{
    CheckoutRequest, Clawed, Facts, Lane, Purchase, PurchaseStatus, SavedCard, Tax, Terms,
};
use crate::recharge::{
    AttemptState, AutoRecharge, Obstacle, Offer, Settings, Verdict, Watch, verdict,
};
use crate::rejection::Rejection;

/// How long the link is good for by which a card's owner confirms a payment. Stripe's sessions are
/// open for a day at most.
const LINK_SECONDS: i64 = 23 * 3_600;

/// How soon it is looked at again when there was nothing to buy.
const NOTHING_TO_BUY_SECONDS: i64 = 3_600;

pub fn configure(
    account: &mut AccountState,
    settings: &Settings,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let mut recharge = known(account, now);
    recharge.set(settings.clone(), now);
    // From here it must succeed.
    changed(account, recharge, now)
}

pub fn change_card(
    account: &mut AccountState,
    change: &CardChange,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let mut recharge = known(account, now);
    match change {
        CardChange::Customer(id) => {
            recharge.customer_id.get_or_insert_with(|| id.clone());
        }
        CardChange::Saved { customer_id, card } => {
            recharge.customer_id = Some(customer_id.clone());
            recharge.save_card(card.clone(), now);
        }
        CardChange::Removed { payment_method_id } => {
            let card = recharge.usable_card();
            if card.is_none_or(|card| card.payment_method_id != *payment_method_id) {
                return Err(Rejection::CardDoesNotExist);
            }
            recharge.remove_card(payment_method_id, now);
        }
        CardChange::CustomerGone { customer_id } => recharge.lose_customer(customer_id, now),
    }
    // From here it must succeed.
    changed(account, recharge, now)
}

/// Opens a purchase, if the policy says so.
pub fn attempt(
    account: &mut AccountState,
    new: &RechargeAttempt,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let mut recharge = known(account, now);
    let cycle = account.account.calendar.cycle(now);
    let cycle = cycle.ok_or(Rejection::AmountOutOfRange)?;
    let available = account.available(now)?;
    let verdict = verdict(&recharge, available, &new.prices, &cycle, now);
    let card = recharge.usable_card().zip(recharge.customer_id.as_ref());
    let (offer, card) = match (verdict, card) {
        (Verdict::Try(offer), _) if !has_room(account, offer, now) => {
            return wait(account, recharge, Obstacle::NothingToBuy, now);
        }
        (Verdict::Try(offer), Some((card, customer_id))) => {
            let card = SavedCard {
                customer_id: customer_id.clone(),
                payment_method_id: card.payment_method_id.clone(),
            };
            (offer, card)
        }
        (Verdict::Try(_), None) => return wait(account, recharge, Obstacle::NoCard, now),
        (Verdict::Wait(obstacle), _) => {
            if let Obstacle::CapReached { .. } = obstacle {
                recharge.notice_cap(&cycle, now);
            }
            return wait(account, recharge, obstacle, now);
        }
    };
    recharge.begin(new.purchase_id, now);
    let purchase = opened(account, new, offer, card, now)?;
    // From here it must succeed.
    account.add_purchase(purchase.clone());
    account.change_recharge(recharge, now);
    Ok(Outcome::RechargeOpened(purchase))
}

/// Stripe refused the call itself: there is no payment, and there will be none.
pub fn refuse(
    account: &mut AccountState,
    refused: &RefusedRecharge,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let known = purchase::find(account, refused.purchase_id)?;
    if let (Lane::Recharge(card), PurchaseStatus::Created) = (&known.terms.lane, known.status)
        && let Some(mut recharge) = account.recharge.clone()
    {
        let card = &card.payment_method_id;
        recharge.decline(refused.purchase_id, card, &refused.decline, now);
        // There is nothing to confirm.
        recharge.give_up(refused.purchase_id, now);
        account.change_recharge(recharge, now);
    }
    purchase::abandon(account, refused.purchase_id, now)
}

/// Tells the auto-recharge that opened it where a purchase stands now.
pub fn follow(
    account: &mut AccountState,
    purchase: &mut Purchase,
    granted: Option<Credits>,
    now: Instant,
) -> Result<(), Rejection> {
    let Lane::Recharge(card) = &purchase.terms.lane else {
        return Ok(());
    };
    let Some(mut recharge) = account.recharge.clone() else {
        return Ok(());
    };
    let before = recharge.clone();
    let id = purchase.terms.purchase_id;
    let card = &card.payment_method_id;
    let decline = purchase.decline();
    match (purchase.status, decline) {
        _ if granted.is_some() => {
            let cycle = account.account.calendar.cycle(now);
            let cycle = cycle.ok_or(Rejection::AmountOutOfRange)?;
            recharge.succeed(id, purchase.terms.price, &cycle, now);
        }
        (PurchaseStatus::Created, Some(decline)) => recharge.decline(id, card, decline, now),
        (PurchaseStatus::Failed | PurchaseStatus::Expired, decline) => {
            if let Some(decline) = decline {
                recharge.decline(id, card, decline, now);
            }
            recharge.give_up(id, now);
        }
        _ => {}
    }
    if let PurchaseStatus::Refunded | PurchaseStatus::Disputed = purchase.status {
        recharge.reverse(id, card, now);
    }
    if recharge == before {
        return Ok(());
    }
    let state = recharge.attempt.map(|attempt| attempt.state);
    match (purchase.status, state) {
        // Its owner can confirm it from now on, for as long as a session may be open.
        (PurchaseStatus::Created, Some(AttemptState::NeedsAuthentication)) => {
            let ends = now.plus_seconds(LINK_SECONDS);
            purchase.request.expires_at = ends.ok_or(Rejection::AmountOutOfRange)?;
        }
        // Nobody is asked to confirm it any more.
        (PurchaseStatus::Created, Some(AttemptState::Over)) => {
            purchase.status = PurchaseStatus::Failed;
            purchase.next_check_at = None;
        }
        _ => {}
    }
    account.change_recharge(recharge, now);
    Ok(())
}

/// Sees whether an account has run low, after everything that changed it. Nothing is due where no
/// auto-recharge waits.
pub fn look_out(account: &mut AccountState, now: Instant) -> Result<(), Rejection> {
    let Watch {
        below: Some(below),
        due_at,
    } = account.account.watch
    else {
        return Ok(());
    };
    let next = if account.available(now)? < below {
        due_at.filter(|due| *due <= now).or(Some(now))
    } else {
        let usable = account
            .lots
            .iter()
            .filter(|lot| lot.available(now).is_some_and(Credits::is_positive));
        usable.map(|lot| lot.expires_at).min()
    };
    if next != due_at {
        account.account.watch.due_at = next;
        account.changes.watch = true;
        account.touch();
    }
    Ok(())
}

fn known(account: &AccountState, now: Instant) -> AutoRecharge {
    account
        .recharge
        .clone()
        .unwrap_or_else(|| AutoRecharge::new(now))
}

fn changed(
    account: &mut AccountState,
    recharge: AutoRecharge,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let cycle = account.account.calendar.cycle(now);
    let cycle = cycle.ok_or(Rejection::AmountOutOfRange)?;
    account.change_recharge(recharge.clone(), now);
    Ok(Outcome::RechargeChanged {
        recharge: Box::new(recharge),
        cycle,
    })
}

fn wait(
    account: &mut AccountState,
    recharge: AutoRecharge,
    obstacle: Obstacle,
    now: Instant,
) -> Result<Outcome, Rejection> {
    account.change_recharge(recharge, now);
    let later = match obstacle {
        Obstacle::CapReached { until } => Some(until),
        Obstacle::NothingToBuy => now.plus_seconds(NOTHING_TO_BUY_SECONDS),
        _ => None,
    };
    if later.is_some() {
        account.account.watch = Watch {
            below: None,
            due_at: later,
        };
    }
    Ok(Outcome::RechargeWaits(obstacle))
}

fn has_room(account: &AccountState, offer: Offer, now: Instant) -> bool {
    grant::check_room(account, offer.credits, now).is_ok()
}

fn opened(
    account: &AccountState,
    new: &RechargeAttempt,
    offer: Offer,
    card: SavedCard,
    now: Instant,
) -> Result<Purchase, Rejection> {
    let ends = now.plus_seconds(LINK_SECONDS);
    Ok(Purchase {
        terms: Terms {
            purchase_id: new.purchase_id,
            account_id: account.account.id.clone(),
            credits: offer.credits,
            bonus: Credits::ZERO,
            price: offer.price,
            // Stripe adds tax on its pay page alone.
            tax: Tax::Off,
            promotion: None,
            livemode: new.livemode,
            lane: Lane::Recharge(card),
            session_id: None,
        },
        request: CheckoutRequest {
            package_id: None,
            title: format!("{} credits", offer.credits),
            success_url: new.success_url.clone(),
            cancel_url: new.cancel_url.clone(),
            with_invoice: false,
            expires_at: ends.ok_or(Rejection::AmountOutOfRange)?,
        },
        session_url: None,
        status: PurchaseStatus::Created,
        review: None,
        facts: Facts::default(),
        posted: Credits::ZERO,
        clawed: Clawed::default(),
        created_at: now,
        updated_at: now,
        paid_at: None,
        next_check_at: now.plus_seconds(FIRST_CHECK_SECONDS),
    })
}

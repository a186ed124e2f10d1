//! Purchases: opened before Stripe is called, tied to their checkout session after it, and settled
//! by evidence. Whatever way evidence came in, it is merged into the facts, and only the difference
//! between what the facts call for and what was posted is posted.

use super::clawback;
use super::due;
use super::grant::{self, Gift, USUAL_PRIORITY};
use super::promotion::{self, CodeInUse};
use super::recharge;
use crate::account::AccountState;
use crate::command::{NewPurchase, NewSession, Outcome, PurchaseEvidence};
use crate::credits::Credits;
use crate::entry::{Entry, EntryBody, EntryKind};
use crate::exact::plus;
use crate::ids::PurchaseId;
use crate::instant::Instant;
use crate::lot::Source;
use crate::purchase::{Clawed, Facts, Purchase, PurchaseStatus, Target, target};
use crate::rejection::Rejection;

/// More open purchases than anyone pays: a runaway client is told so.
pub const MOST_OPEN_PURCHASES: usize = 50;

/// How soon Stripe is asked about a new purchase when no event has come.
pub const FIRST_CHECK_SECONDS: i64 = 60;

/// `code` is what is known of the code that it is opened with, if it is.
pub fn open(
    account: &mut AccountState,
    new: &NewPurchase,
    code: Option<&CodeInUse>,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let open: Vec<&Purchase> = account
        .purchases
        .values()
        .filter(|purchase| purchase.is_open())
        .collect();
    let same = open
        .iter()
        .find(|purchase| purchase.serves(&new.terms, &new.request, now));
    if let Some(same) = same {
        return Ok(Outcome::PurchaseOpened((*same).clone()));
    }
    if open.len() >= MOST_OPEN_PURCHASES {
        return Err(Rejection::TooManyPurchasesAreOpen { open: open.len() });
    }
    if new.terms.promotion.is_some() {
        promotion::check(account, new, code, now)?;
    }
    let wanted = plus(new.terms.credits, new.terms.bonus)?;
    grant::check_room(account, wanted, now)?;
    let purchase = Purchase {
        terms: new.terms.clone(),
        request: new.request.clone(),
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
    };
    // From here it must succeed.
    account.add_purchase(purchase.clone());
    Ok(Outcome::PurchaseOpened(purchase))
}

/// A repeat of a request whose checkout session may or may not have been made.
pub fn resume(account: &AccountState, id: PurchaseId) -> Result<Outcome, Rejection> {
    let purchase = find(account, id)?;
    if purchase.status == PurchaseStatus::Failed {
        return Err(Rejection::PurchaseIsNotOpen {
            status: purchase.status,
        });
    }
    Ok(Outcome::PurchaseOpened(purchase.clone()))
}

pub fn record_session(
    account: &mut AccountState,
    session: &NewSession,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let mut purchase = find(account, session.purchase_id)?.clone();
    match &purchase.terms.session_id {
        Some(known) if *known != session.session_id => {
            return Err(Rejection::PurchaseHasAnotherSession);
        }
        Some(_) => return Ok(Outcome::SessionRecorded(purchase)),
        None => {}
    }
    purchase.terms.session_id = Some(session.session_id.clone());
    purchase.session_url = session.url.clone();
    purchase.updated_at = now;
    let wanted = target(&purchase.terms, &purchase.facts);
    // One given up for lost counts again: its buyer may be on the pay page.
    if matches!(
        purchase.status,
        PurchaseStatus::Created | PurchaseStatus::Failed
    ) {
        purchase.status = wanted.status;
        purchase.next_check_at = now.plus_seconds(FIRST_CHECK_SECONDS);
    }
    // From here it must succeed.
    account.change_purchase(purchase.clone());
    Ok(Outcome::SessionRecorded(purchase))
}

pub fn abandon(
    account: &mut AccountState,
    id: PurchaseId,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let mut purchase = find(account, id)?.clone();
    if purchase.status != PurchaseStatus::Created {
        return Err(Rejection::PurchaseIsNotOpen {
            status: purchase.status,
        });
    }
    purchase.status = PurchaseStatus::Failed;
    purchase.updated_at = now;
    purchase.next_check_at = None;
    // From here it must succeed.
    recharge::follow(account, &mut purchase, None, now)?;
    account.change_purchase(purchase.clone());
    Ok(Outcome::PurchaseAbandoned(purchase))
}

pub fn apply_evidence(
    account: &mut AccountState,
    news: &PurchaseEvidence,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let mut purchase = find(account, news.purchase_id)?.clone();
    for evidence in &news.evidence {
        purchase.facts.merge(evidence.clone());
    }
    let wanted = target(&purchase.terms, &purchase.facts);
    let owed = wanted
        .credits
        .checked_add(wanted.bonus)
        .and_then(|total| total.checked_sub(purchase.posted))
        .ok_or(Rejection::AmountOutOfRange)?;
    if owed.is_positive() {
        grant::check_room(account, owed, now)?;
    }
    clawback::check(account, &purchase, &wanted, now)?;
    // From here it must succeed.
    let granted = if owed.is_positive() {
        Some(post(account, &mut purchase, &wanted, now)?)
    } else {
        None
    };
    let reversed = clawback::settle(account, &mut purchase, &wanted, now)?;
    purchase.status = next_status(&purchase, &wanted);
    purchase.review = wanted.review;
    purchase.next_check_at = is_undecided(purchase.status).then_some(news.next_check_at);
    purchase.updated_at = now;
    let credited = granted.as_ref().map(|entry| entry.body.amount);
    recharge::follow(account, &mut purchase, credited, now)?;
    account.change_purchase(purchase.clone());
    Ok(Outcome::PurchaseSettled {
        purchase,
        granted: granted.map(Box::new),
        reversed,
    })
}

/// Grants the purchase, once: its lots' year runs from the confirmation of the payment.
fn post(
    account: &mut AccountState,
    purchase: &mut Purchase,
    wanted: &Target,
    now: Instant,
) -> Result<Entry, Rejection> {
    let expires_at = now
        .one_calendar_year_later()
        .ok_or(Rejection::AmountOutOfRange)?;
    due::book(account, now)?;
    let lots = [
        (Source::Purchase, wanted.credits),
        (Source::Bonus, wanted.bonus),
    ];
    let lots = lots.map(|(source, credits)| Gift {
        source,
        credits,
        priority: USUAL_PRIORITY,
    });
    let body = EntryBody {
        purchase_id: Some(purchase.terms.purchase_id),
        description: Some(purchase.request.title.clone()),
        ..EntryBody::of(EntryKind::Grant)
    };
    let id = purchase.terms.purchase_id;
    let entry = grant::grant(account, &lots, Some(id), expires_at, body, now)?;
    purchase.posted = entry.body.amount;
    purchase.paid_at = Some(now);
    Ok(entry)
}

/// What was granted stays granted, even if its session turns out to be another one than ours; and a
/// purchase given up before Stripe made a session stays so until Stripe says otherwise.
fn next_status(purchase: &Purchase, wanted: &Target) -> PurchaseStatus {
    let given_up = purchase.status == PurchaseStatus::Failed;
    if purchase.posted.is_positive() && wanted.paid_by.is_none() {
        purchase.status
    } else if given_up && wanted.status == PurchaseStatus::Created {
        PurchaseStatus::Failed
    } else {
        wanted.status
    }
}

const fn is_undecided(status: PurchaseStatus) -> bool {
    matches!(
        status,
        PurchaseStatus::Created | PurchaseStatus::Open | PurchaseStatus::AwaitingFunds
    )
}

pub(super) fn find(account: &AccountState, id: PurchaseId) -> Result<&Purchase, Rejection> {
    account
        .purchases
        .get(&id)
        .ok_or(Rejection::PurchaseDoesNotExist)
}

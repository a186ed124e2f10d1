//! Disputes from their opening to their end; money leaves and comes back only with the status that says so.

use super::{Work, fraud_warnings};
use crate::objects::balance_transaction::{BalanceTransaction, Movement};
use crate::objects::charge::Charge;
use crate::objects::dispute::{Dispute, DisputeStatus};
use crate::objects::metadata::Metadata;
use crate::objects::new_id;
use crate::objects::payment_method::Instrument;
use crate::store::StoreError;

/// How long the account has to answer.
const TIME_TO_ANSWER_S: i64 = 9 * 24 * 60 * 60;

pub(crate) struct NewDispute {
    pub(crate) amount: i64,
    pub(crate) reason: String,
    /// `needs_response`, or `warning_needs_response` for an inquiry.
    pub(crate) status: DisputeStatus,
}

/// What the account does with its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handing {
    Stage,
    Submit,
}

pub(crate) fn dispute(
    work: &Work<'_>,
    charge: &mut Charge,
    order: NewDispute,
) -> Result<Dispute, StoreError> {
    let card_brand = match &charge.payment_method.instrument {
        Instrument::Card(card) => Some(card.brand.clone()),
        Instrument::Debit(_) => None,
    };
    let mut dispute = Dispute {
        id: new_id(if card_brand.is_some() { "du_" } else { "dp_" }),
        created: work.now,
        amount: order.amount,
        currency: charge.currency.clone(),
        status: order.status,
        reason: order.reason,
        charge: charge.id.clone(),
        payment_intent: charge.payment_intent.clone(),
        card_brand,
        metadata: Metadata::new(),
        evidence: Metadata::new(),
        submissions: 0,
        due_by: work.now.saturating_add(TIME_TO_ANSWER_S),
        past_due: false,
        movements: Vec::new(),
    };
    charge.disputes.push(dispute.id.clone());
    work.tx.put(charge)?;
    let moved = move_money(work, &mut dispute);
    work.tx.put(&dispute)?;
    work.tx.plan(dispute.due_by, &dispute.id)?;
    work.emit("charge.dispute.created", dispute.view())?;
    tell_of(work, &dispute, moved)?;
    fraud_warnings::reassess(work, charge)?;
    Ok(dispute)
}

/// Moves a dispute to another status. `false` when it is there already.
pub(crate) fn move_dispute(
    work: &Work<'_>,
    dispute: &mut Dispute,
    to: DisputeStatus,
) -> Result<bool, StoreError> {
    if dispute.status == to {
        return Ok(false);
    }
    let before = dispute.view();
    dispute.status = to;
    if to == DisputeStatus::NeedsResponse {
        dispute.due_by = work.now.saturating_add(TIME_TO_ANSWER_S);
        work.tx.plan(dispute.due_by, &dispute.id)?;
    }
    let moved = move_money(work, dispute);
    let kind = if to.is_closed() {
        "charge.dispute.closed"
    } else {
        "charge.dispute.updated"
    };
    work.tx.put(dispute)?;
    work.emit_change(kind, &before, dispute.view())?;
    tell_of(work, dispute, moved)?;
    Ok(true)
}

/// Gives the money back although the status doesn't say so, as Stripe does for what had been refunded before.
/// `false` when there is nothing to give back.
pub(crate) fn reinstate(work: &Work<'_>, dispute: &mut Dispute) -> Result<bool, StoreError> {
    if !dispute.is_withdrawn() {
        return Ok(false);
    }
    push(work, dispute, Movement::Reinstated);
    work.tx.put(dispute)?;
    tell_of(work, dispute, Some(Movement::Reinstated))?;
    Ok(true)
}

/// Takes the account's side of the story. The texts that Stripe's test mode knows decide the dispute a little later.
pub(crate) fn answer_dispute(
    work: &Work<'_>,
    dispute: &mut Dispute,
    evidence: Metadata,
    handing: Handing,
) -> Result<(), StoreError> {
    let before = dispute.view();
    crate::objects::metadata::merge(&mut dispute.evidence, evidence);
    if handing == Handing::Submit {
        dispute.submissions = dispute.submissions.saturating_add(1);
        dispute.status = match dispute.status {
            DisputeStatus::NeedsResponse => DisputeStatus::UnderReview,
            DisputeStatus::WarningNeedsResponse => DisputeStatus::WarningUnderReview,
            other => other,
        };
        if verdict(dispute).is_some() {
            work.tx.plan(work.later(), &dispute.id)?;
        }
    }
    work.tx.put(dispute)?;
    work.emit_change("charge.dispute.updated", &before, dispute.view())
}

/// What time brings for a dispute: the verdict on an answer, or the end of the time for one.
pub(super) fn decide(work: &Work<'_>, dispute: &mut Dispute) -> Result<(), StoreError> {
    if dispute.waits_for_answer() {
        return run_out(work, dispute);
    }
    match verdict(dispute) {
        Some(to) if !dispute.status.is_closed() => move_dispute(work, dispute, to).map(|_| ()),
        _ => Ok(()),
    }
}

/// Who doesn't answer a chargeback in time has lost it.
fn run_out(work: &Work<'_>, dispute: &mut Dispute) -> Result<(), StoreError> {
    if work.now < dispute.due_by {
        return Ok(());
    }
    if dispute.status == DisputeStatus::NeedsResponse {
        dispute.past_due = true;
        return move_dispute(work, dispute, DisputeStatus::Lost).map(|_| ());
    }
    let before = dispute.view();
    dispute.past_due = true;
    work.tx.put(dispute)?;
    work.emit_change("charge.dispute.updated", &before, dispute.view())
}

fn verdict(dispute: &Dispute) -> Option<DisputeStatus> {
    let inquiry = dispute.status.is_inquiry();
    match dispute.evidence.get("uncategorized_text")?.as_str() {
        "winning_evidence" if inquiry => Some(DisputeStatus::WarningClosed),
        "winning_evidence" => Some(DisputeStatus::Won),
        "losing_evidence" if inquiry => Some(DisputeStatus::WarningClosed),
        "losing_evidence" => Some(DisputeStatus::Lost),
        "escalate_inquiry_evidence" if inquiry => Some(DisputeStatus::NeedsResponse),
        _ => None,
    }
}

/// Takes the money where the status withholds it, and gives it back where the bank has nothing left to claim.
fn move_money(work: &Work<'_>, dispute: &mut Dispute) -> Option<Movement> {
    let movement = match (dispute.status.withholds(), dispute.is_withdrawn()) {
        // Once given back by order, a lost dispute doesn't take it again.
        (true, false) if dispute.movements.is_empty() || !dispute.status.is_closed() => {
            Movement::Withdrawn
        }
        (false, true) => Movement::Reinstated,
        _ => return None,
    };
    push(work, dispute, movement);
    Some(movement)
}

fn push(work: &Work<'_>, dispute: &mut Dispute, movement: Movement) {
    dispute.movements.push(BalanceTransaction {
        id: new_id("txn_"),
        created: work.now,
        amount: dispute.amount,
        currency: dispute.currency.clone(),
        movement,
    });
}

fn tell_of(
    work: &Work<'_>,
    dispute: &Dispute,
    movement: Option<Movement>,
) -> Result<(), StoreError> {
    match movement {
        None => Ok(()),
        Some(Movement::Withdrawn) => work.emit("charge.dispute.funds_withdrawn", dispute.view()),
        Some(Movement::Reinstated) => work.emit("charge.dispute.funds_reinstated", dispute.view()),
    }
}

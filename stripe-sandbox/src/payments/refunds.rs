//! Sending money back; a charge never counts more as refunded than was paid.

use super::{Work, fraud_warnings};
use crate::objects::card::Aftermath;
use crate::objects::charge::Charge;
use crate::objects::metadata::Metadata;
use crate::objects::new_id;
use crate::objects::payment_method::Instrument;
use crate::objects::refund::{Refund, RefundFailure, RefundStatus};
use crate::store::{StoreError, load};

/// How every refund begins, where a test has ordered it; kept over restarts.
pub(crate) const BEGINNING: &str = "refunds_begin";

/// What a request for a refund says; its amount has been checked against the charge.
pub(crate) struct NewRefund {
    pub(crate) amount: i64,
    pub(crate) reason: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) instructions_email: Option<String>,
}

pub(crate) fn refund(
    work: &Work<'_>,
    charge: &mut Charge,
    order: NewRefund,
) -> Result<Refund, StoreError> {
    let aftermath = match &charge.payment_method.instrument {
        Instrument::Card(card) => Some(card.aftermath),
        Instrument::Debit(_) => None,
    };
    let prefix = if aftermath.is_some() { "re_" } else { "pyr_" };
    let ordered: Option<RefundStatus> = work.tx.setting(BEGINNING)?.unwrap_or_default();
    let usual = match aftermath {
        None | Some(Aftermath::SlowRefund) => RefundStatus::Pending,
        Some(_) => RefundStatus::Succeeded,
    };
    let refund = Refund {
        id: new_id(prefix),
        created: work.now,
        amount: order.amount,
        currency: charge.currency.clone(),
        status: ordered.unwrap_or(usual),
        charge: charge.id.clone(),
        payment_intent: charge.payment_intent.clone(),
        customer: charge.customer.clone(),
        payment_method: charge.payment_method.id.clone(),
        is_card: aftermath.is_some(),
        reason: order.reason,
        metadata: order.metadata,
        instructions_email: order.instructions_email,
        balance_transaction: new_id("txn_"),
        failure: None,
    };
    if ordered.is_none() && ends_by_itself(aftermath).is_some() {
        work.tx.plan(work.later(), &refund.id)?;
    }
    work.tx.put(&refund)?;
    work.emit("refund.created", refund.view())?;
    let before = charge.view(work.public_url);
    charge.amount_refunded = charge.amount_refunded.saturating_add(refund.amount);
    charge.refunds.insert(0, refund.id.clone());
    work.tx.put(charge)?;
    work.emit_change("charge.refunded", &before, charge.view(work.public_url))?;
    fraud_warnings::reassess(work, charge)?;
    Ok(refund)
}

/// Moves a refund on. `false` when it can't go there from where it is.
pub(crate) fn settle_refund(
    work: &Work<'_>,
    refund: &mut Refund,
    to: RefundStatus,
) -> Result<bool, StoreError> {
    let allowed = match refund.status {
        RefundStatus::Pending | RefundStatus::RequiresAction => refund.status != to,
        RefundStatus::Succeeded => to == RefundStatus::Failed,
        RefundStatus::Failed | RefundStatus::Canceled => false,
    };
    if !allowed {
        return Ok(false);
    }
    let before = refund.view();
    refund.status = to;
    if !to.counts() {
        refund.failure = Some(RefundFailure {
            reason: why(refund).to_owned(),
            balance_transaction: new_id("txn_"),
        });
        give_back(work, refund)?;
    }
    work.tx.put(refund)?;
    for kind in ["refund.updated", "charge.refund.updated"] {
        work.emit_change(kind, &before, refund.view())?;
    }
    if to == RefundStatus::Failed {
        work.emit("refund.failed", refund.view())?;
    }
    Ok(true)
}

/// What time brings for a refund nobody gave an order about.
pub(super) fn end_by_itself(work: &Work<'_>, refund: &mut Refund) -> Result<(), StoreError> {
    let charge = load::<Charge>(work.tx, &refund.charge)?;
    let aftermath = charge.and_then(|charge| match charge.payment_method.instrument {
        Instrument::Card(card) => Some(card.aftermath),
        Instrument::Debit(_) => None,
    });
    if let Some(to) = ends_by_itself(aftermath) {
        settle_refund(work, refund, to)?;
    }
    Ok(())
}

/// None for a card whose refunds are over at once; a debit, which has no card, is as slow as a slow card.
fn ends_by_itself(aftermath: Option<Aftermath>) -> Option<RefundStatus> {
    match aftermath {
        None | Some(Aftermath::SlowRefund) => Some(RefundStatus::Succeeded),
        Some(Aftermath::FailingRefund) => Some(RefundStatus::Failed),
        Some(_) => None,
    }
}

fn why(refund: &Refund) -> &'static str {
    match (refund.status, refund.is_card) {
        (RefundStatus::Canceled, _) => "merchant_request",
        (_, true) => "expired_or_canceled_card",
        (_, false) => "unknown",
    }
}

fn give_back(work: &Work<'_>, refund: &Refund) -> Result<(), StoreError> {
    let Some(mut charge) = load::<Charge>(work.tx, &refund.charge)? else {
        return Ok(());
    };
    charge.amount_refunded = charge.amount_refunded.saturating_sub(refund.amount);
    work.tx.put(&charge)?;
    fraud_warnings::reassess(work, &charge)
}

//! A person's word on money that the rules could not place: it becomes one more fact of the purchase,
//! and the target does the rest.

use super::purchase;
use crate::account::AccountState;
use crate::command::{NewRuling, Outcome, PurchaseEvidence};
use crate::instant::Instant;
use crate::purchase::{Evidence, Ruling, RulingSnapshot, open_to};
use crate::rejection::Rejection;

pub fn rule(
    account: &mut AccountState,
    new: &NewRuling,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let purchase = purchase::find(account, new.purchase_id)?;
    let waiting = open_to(new.ruling, &purchase.terms, &purchase.facts);
    let Some((_, first)) = waiting.first() else {
        return Err(Rejection::PurchaseIsNotUnderReview {
            status: purchase.status,
        });
    };
    let reason = *first;
    let evidence: Vec<Evidence> = waiting
        .into_iter()
        .filter(|(_, reason)| new.ruling == Ruling::Rejected || reason.can_be_accepted())
        .map(|(told_by, _)| {
            Evidence::Ruling(RulingSnapshot {
                about: told_by.to_owned(),
                ruling: new.ruling,
                ruled_at: now,
                actor: new.actor.clone(),
                reason: new.reason.clone(),
            })
        })
        .collect();
    if evidence.is_empty() {
        return Err(Rejection::ReviewCannotBeAccepted { reason });
    }
    let news = PurchaseEvidence {
        purchase_id: new.purchase_id,
        evidence,
        next_check_at: now,
    };
    purchase::apply_evidence(account, &news, now)
}

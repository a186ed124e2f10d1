//! What time brings without anybody's order: sessions expire, and test cards do what they are known for.

use super::disputes::{self, NewDispute, dispute};
use super::expiry::expire;
use super::fraud_warnings::warn_of_fraud;
use super::{Work, refunds};
use crate::objects::card::{Aftermath, Claim};
use crate::objects::charge::Charge;
use crate::objects::dispute::{Dispute, DisputeStatus};
use crate::objects::payment_method::Instrument;
use crate::objects::refund::Refund;
use crate::objects::session::{Session, SessionStatus};
use crate::store::{StoreError, load};

/// How long banks take to come back to something, in seconds of the sandbox's clock.
const LATER_S: i64 = 60;

impl Work<'_> {
    /// When the bank comes back to what happens now.
    pub(super) fn later(&self) -> i64 {
        self.now.saturating_add(LATER_S)
    }
}

/// Does everything whose time has come.
pub(crate) fn run_due(work: &Work<'_>) -> Result<(), StoreError> {
    for (at, id) in work.tx.due(work.now)? {
        work.tx.unplan(at, &id)?;
        match id.split('_').next().unwrap_or_default() {
            "cs" => match load::<Session>(work.tx, &id)? {
                Some(mut session) if session.status == SessionStatus::Open => {
                    expire(work, &mut session)?;
                }
                _ => {}
            },
            "ch" => {
                if let Some(mut charge) = load::<Charge>(work.tx, &id)? {
                    come_back_to(work, &mut charge)?;
                }
            }
            "re" | "pyr" => {
                if let Some(mut refund) = load::<Refund>(work.tx, &id)? {
                    refunds::end_by_itself(work, &mut refund)?;
                }
            }
            "du" | "dp" => {
                if let Some(mut dispute) = load::<Dispute>(work.tx, &id)? {
                    disputes::decide(work, &mut dispute)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Has the bank come back to a charge that just succeeded, if its card is known for that.
pub(super) fn plan_aftermath(work: &Work<'_>, charge: &Charge) -> Result<(), StoreError> {
    match aftermath(charge) {
        Aftermath::Disputed(_) | Aftermath::FraudWarning => work.tx.plan(work.later(), &charge.id),
        Aftermath::Nothing | Aftermath::SlowRefund | Aftermath::FailingRefund => Ok(()),
    }
}

fn come_back_to(work: &Work<'_>, charge: &mut Charge) -> Result<(), StoreError> {
    let claim = match aftermath(charge) {
        Aftermath::FraudWarning => return warn_of_fraud(work, charge, "misc").map(|_| ()),
        Aftermath::Disputed(claim) => claim,
        Aftermath::Nothing | Aftermath::SlowRefund | Aftermath::FailingRefund => return Ok(()),
    };
    let (reason, status) = match claim {
        Claim::Fraudulent => ("fraudulent", DisputeStatus::NeedsResponse),
        Claim::NotReceived => ("product_not_received", DisputeStatus::NeedsResponse),
        Claim::Inquiry => ("fraudulent", DisputeStatus::WarningNeedsResponse),
    };
    let order = NewDispute {
        amount: charge.amount,
        reason: reason.to_owned(),
        status,
    };
    dispute(work, charge, order).map(|_| ())
}

fn aftermath(charge: &Charge) -> Aftermath {
    match &charge.payment_method.instrument {
        Instrument::Card(card) => card.aftermath,
        Instrument::Debit(_) => Aftermath::Nothing,
    }
}

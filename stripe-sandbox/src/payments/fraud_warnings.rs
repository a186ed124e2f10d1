//! A bank's warning of fraud, and whether something can still be done about it; no money moves here.

use serde_json::json;

use super::Work;
use crate::objects::charge::Charge;
use crate::objects::early_fraud_warning::EarlyFraudWarning;
use crate::objects::new_id;
use crate::store::{StoreError, load};

/// A charge is warned of once: a second warning gives the first.
pub(crate) fn warn_of_fraud(
    work: &Work<'_>,
    charge: &mut Charge,
    fraud_type: &str,
) -> Result<EarlyFraudWarning, StoreError> {
    if let Some(id) = &charge.early_fraud_warning
        && let Some(known) = load::<EarlyFraudWarning>(work.tx, id)?
    {
        return Ok(known);
    }
    let warning = EarlyFraudWarning {
        id: new_id("issfr_"),
        created: work.now,
        charge: charge.id.clone(),
        payment_intent: charge.payment_intent.clone(),
        fraud_type: fraud_type.to_owned(),
        actionable: is_actionable(charge),
    };
    charge.early_fraud_warning = Some(warning.id.clone());
    work.tx.put(charge)?;
    work.tx.put(&warning)?;
    work.emit("radar.early_fraud_warning.created", warning.view())?;
    Ok(warning)
}

/// Looks again whether the charge's warning, if there is one, can still be acted upon.
pub(super) fn reassess(work: &Work<'_>, charge: &Charge) -> Result<(), StoreError> {
    let Some(id) = &charge.early_fraud_warning else {
        return Ok(());
    };
    let Some(mut warning) = load::<EarlyFraudWarning>(work.tx, id)? else {
        return Ok(());
    };
    let before = warning.actionable;
    warning.actionable = is_actionable(charge);
    if warning.actionable == before {
        return Ok(());
    }
    work.tx.put(&warning)?;
    work.emit_update(
        "radar.early_fraud_warning.updated",
        warning.view(),
        json!({ "actionable": before }),
    )
}

fn is_actionable(charge: &Charge) -> bool {
    charge.disputes.is_empty() && !charge.is_refunded()
}

//! What banks do to a payment that succeeded: settle refunds, dispute, warn of fraud.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::json;

use super::ordered;
use crate::core::Core;
use crate::objects::charge::{Charge, ChargeStatus};
use crate::objects::dispute::{Dispute, DisputeStatus, REASONS};
use crate::objects::early_fraud_warning::FRAUD_TYPES;
use crate::objects::payment_intent::PaymentIntent;
use crate::objects::refund::{Refund, RefundStatus};
use crate::payments::{self, NewDispute, Work};
use crate::store::load;
use crate::wire::error::ApiError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefundOutcome {
    outcome: RefundStatus,
}

pub(super) async fn settle_refund(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Bytes,
) -> HttpResponse {
    ordered(&core, &request, &body, move |work, order: RefundOutcome| {
        let mut refund =
            load::<Refund>(work.tx, &id)?.ok_or_else(|| ApiError::no_such("refund", &id, "id"))?;
        let from = refund.status.name();
        if payments::settle_refund(work, &mut refund, order.outcome)? {
            return Ok(refund.view());
        }
        Err(ApiError::invalid(format!(
            "A refund that is {from} can't become {}.",
            order.outcome.name()
        )))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefundBeginning {
    /// Null: as the card of the payment has it.
    begin: Option<RefundStatus>,
}

pub(super) async fn begin_refunds(
    core: Data<Core>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    ordered(&core, &request, &body, |work, order: RefundBeginning| {
        work.tx.set(payments::BEGINNING, &order.begin)?;
        Ok(json!({ "begin": order.begin }))
    })
    .await
}

/// Names a charge, or the payment intent it belongs to.
struct Payment {
    charge: Option<String>,
    payment_intent: Option<String>,
}

impl Payment {
    fn charge(&self, work: &Work<'_>) -> Result<Charge, ApiError> {
        let id = match (&self.charge, &self.payment_intent) {
            (Some(charge), None) => charge.clone(),
            (None, Some(intent)) => load::<PaymentIntent>(work.tx, intent)?
                .ok_or_else(|| ApiError::no_such("payment_intent", intent, "payment_intent"))?
                .latest_charge
                .unwrap_or_default(),
            _ => return Err(ApiError::invalid("Name a payment_intent or a charge.")),
        };
        load::<Charge>(work.tx, &id)?
            .filter(|charge| charge.status == ChargeStatus::Succeeded)
            .ok_or_else(|| ApiError::invalid("There is no charge that succeeded."))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenDispute {
    charge: Option<String>,
    payment_intent: Option<String>,
    /// All of the charge, if nothing else is said.
    amount: Option<i64>,
    reason: Option<String>,
    #[serde(default)]
    inquiry: bool,
}

pub(super) async fn open_dispute(
    core: Data<Core>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    ordered(&core, &request, &body, |work, order: OpenDispute| {
        let payment = Payment {
            charge: order.charge,
            payment_intent: order.payment_intent,
        };
        let mut charge = payment.charge(work)?;
        let amount = order.amount.unwrap_or(charge.amount);
        if !(1..=charge.amount).contains(&amount) {
            return Err(ApiError::invalid(
                "amount is between 1 and that of the charge",
            ));
        }
        let status = match order.inquiry {
            true => DisputeStatus::WarningNeedsResponse,
            false => DisputeStatus::NeedsResponse,
        };
        let order = NewDispute {
            amount,
            reason: one_of(order.reason, "fraudulent", "reason", &REASONS)?,
            status,
        };
        Ok(payments::dispute(work, &mut charge, order)?.view())
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveDispute {
    status: DisputeStatus,
}

pub(super) async fn move_dispute(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Bytes,
) -> HttpResponse {
    ordered(&core, &request, &body, move |work, order: MoveDispute| {
        let mut dispute = find_dispute(work, &id)?;
        if payments::move_dispute(work, &mut dispute, order.status)? {
            return Ok(dispute.view());
        }
        Err(ApiError::invalid("The dispute has this status already."))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reinstate {}

pub(super) async fn reinstate(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Bytes,
) -> HttpResponse {
    ordered(&core, &request, &body, move |work, Reinstate {}| {
        let mut dispute = find_dispute(work, &id)?;
        if payments::reinstate(work, &mut dispute)? {
            return Ok(dispute.view());
        }
        Err(ApiError::invalid("No money of this dispute is withheld."))
    })
    .await
}

fn find_dispute(work: &Work<'_>, id: &str) -> Result<Dispute, ApiError> {
    load::<Dispute>(work.tx, id)?.ok_or_else(|| ApiError::no_such("dispute", id, "dispute"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Warn {
    charge: Option<String>,
    payment_intent: Option<String>,
    fraud_type: Option<String>,
}

pub(super) async fn warn_of_fraud(
    core: Data<Core>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    ordered(&core, &request, &body, |work, order: Warn| {
        let payment = Payment {
            charge: order.charge,
            payment_intent: order.payment_intent,
        };
        let mut charge = payment.charge(work)?;
        let fraud_type = one_of(order.fraud_type, "misc", "fraud_type", &FRAUD_TYPES)?;
        Ok(payments::warn_of_fraud(work, &mut charge, &fraud_type)?.view())
    })
    .await
}

fn one_of(
    given: Option<String>,
    usual: &str,
    name: &str,
    choices: &[&str],
) -> Result<String, ApiError> {
    let chosen = given.unwrap_or_else(|| usual.to_owned());
    if choices.contains(&chosen.as_str()) {
        return Ok(chosen);
    }
    Err(ApiError::invalid(format!(
        "{name} is one of {}",
        choices.join(", ")
    )))
}

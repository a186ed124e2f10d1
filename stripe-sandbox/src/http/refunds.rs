//! `/v1/refunds`: sending money back, all of a charge or a part of it.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::pipeline;
use crate::core::Core;
use crate::objects::charge::{Charge, ChargeStatus};
use crate::objects::dispute::Dispute;
use crate::objects::metadata;
use crate::objects::money::format_amount;
use crate::objects::payment_intent::PaymentIntent;
use crate::objects::refund::{Refund, RefundStatus};
use crate::payments::{self, NewRefund, Work};
use crate::store::{Reads, load};
use crate::wire::Answer;
use crate::wire::error::ApiError;
use crate::wire::expand::Expand;
use crate::wire::fields::Fields;
use crate::wire::page::{Created, Filter, Page};

pub(super) async fn create(core: Data<Core>, request: HttpRequest, body: Payload) -> HttpResponse {
    pipeline::post(core, request, body, |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let mut charge = read_charge(work, &mut fields)?;
        let amount = fields.integer_from("amount", 1)?;
        let reason = fields.choice(
            "reason",
            &["duplicate", "fraudulent", "requested_by_customer"],
        )?;
        let metadata = metadata::read_new(&mut fields, "metadata")?;
        let instructions_email = fields.text_up_to("instructions_email", 800)?;
        fields.finish()?;
        check_refundable(work, &charge)?;
        let order = NewRefund {
            amount: check_amount(&charge, amount)?,
            reason,
            metadata,
            instructions_email,
        };
        let refund = payments::refund(work, &mut charge, order)?;
        Ok(Answer::ok(expand.apply(refund.view(), &work.look())?))
    })
    .await
}

pub(super) async fn update(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let mut refund = find(work.tx, &id)?;
        let changes = metadata::read(&mut fields, "metadata")?.unwrap_or_default();
        fields.finish()?;
        let before = refund.view();
        metadata::merge(&mut refund.metadata, changes);
        work.tx.put(&refund)?;
        work.emit_change("refund.updated", &before, refund.view())?;
        Ok(Answer::ok(expand.apply(refund.view(), &work.look())?))
    })
    .await
}

pub(super) async fn cancel(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        fields.finish()?;
        let mut refund = find(work.tx, &id)?;
        if refund.status != RefundStatus::RequiresAction {
            return Err(ApiError::invalid(format!(
                "You cannot cancel this refund because it has a status of {}. Only a refund with a status of \
                 requires_action may be canceled.",
                refund.status.name()
            ))
            .remembered());
        }
        payments::settle_refund(work, &mut refund, RefundStatus::Canceled)?;
        Ok(Answer::ok(expand.apply(refund.view(), &work.look())?))
    })
    .await
}

pub(super) async fn retrieve(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        fields.finish()?;
        expand.apply(find(look.reads, &id)?.view(), look)
    })
    .await
}

pub(super) async fn list(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let page = Page::read(&mut fields)?;
        let created = Created::read(&mut fields)?;
        let charge = Filter::read(&mut fields, "charge")?;
        let intent = Filter::read(&mut fields, "payment_intent")?;
        fields.finish()?;
        let wanted = |refund: &Refund| {
            created.holds(refund.created)
                && charge.admits(Some(&refund.charge))
                && intent.admits(Some(&refund.payment_intent))
        };
        let found = page.list(look, "/v1/refunds", wanted, |refund| Ok(refund.view()))?;
        expand.apply(found, look)
    })
    .await
}

fn find(reads: &dyn Reads, id: &str) -> Result<Refund, ApiError> {
    load::<Refund>(reads, id)?.ok_or_else(|| ApiError::no_such("refund", id, "id"))
}

/// The charge that is named, or that of the payment intent that is.
fn read_charge(work: &Work<'_>, fields: &mut Fields) -> Result<Charge, ApiError> {
    let (charge, intent) = (fields.text("charge")?, fields.text("payment_intent")?);
    let Some(intent) = intent else {
        let id = charge.ok_or_else(|| {
            ApiError::invalid(
                "One of the following params should be provided for this request: payment_intent or charge.",
            )
        })?;
        return load::<Charge>(work.tx, &id)?
            .ok_or_else(|| ApiError::no_such("charge", &id, "charge"));
    };
    let found = load::<PaymentIntent>(work.tx, &intent)?
        .ok_or_else(|| ApiError::no_such("payment_intent", &intent, "payment_intent"))?;
    let latest = found.latest_charge.unwrap_or_default();
    if charge.is_some_and(|charge| charge != latest) {
        return Err(
            ApiError::invalid("The charge doesn't belong to the payment intent.").about("charge"),
        );
    }
    load::<Charge>(work.tx, &latest)?
        .filter(|charge| charge.status == ChargeStatus::Succeeded)
        .ok_or_else(|| {
            ApiError::invalid(format!(
                "This PaymentIntent ({intent}) does not have a successful charge to refund."
            ))
            .remembered()
        })
}

fn check_refundable(work: &Work<'_>, charge: &Charge) -> Result<(), ApiError> {
    let refuse = |code, message: String| Err(ApiError::invalid(message).coded(code).remembered());
    if charge.status != ChargeStatus::Succeeded {
        return refuse(
            "charge_not_refundable",
            format!(
                "Charge {} has not succeeded; cannot issue a refund.",
                charge.id
            ),
        );
    }
    if charge.is_refunded() {
        return refuse(
            "charge_already_refunded",
            format!("Charge {} has already been refunded.", charge.id),
        );
    }
    for id in &charge.disputes {
        if load::<Dispute>(work.tx, id)?.is_some_and(|dispute| dispute.status.withholds()) {
            return refuse(
                "charge_disputed",
                format!(
                    "Charge {} has been charged back; cannot issue a refund.",
                    charge.id
                ),
            );
        }
    }
    Ok(())
}

/// Everything that is left, when no amount is given.
fn check_amount(charge: &Charge, amount: Option<i64>) -> Result<i64, ApiError> {
    let left = charge.refundable();
    match amount {
        Some(amount) if amount > left => Err(ApiError::invalid(format!(
            "Refund amount ({}) is greater than unrefunded amount on charge ({})",
            format_amount(amount, &charge.currency),
            format_amount(left, &charge.currency)
        ))
        .about("amount")
        .remembered()),
        Some(amount) => Ok(amount),
        None => Ok(left),
    }
}

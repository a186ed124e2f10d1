//! `/v1/payment_methods`: the cards customers have saved. Numbers never come here; test cards have names instead.

pub(super) mod read;

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::customers;
use super::pipeline;
use crate::core::Core;
use crate::objects::Look;
use crate::objects::card::Behaviour;
use crate::objects::metadata;
use crate::objects::payment_method::{Instrument, PaymentMethod};
use crate::payments;
use crate::store::{Reads, load};
use crate::wire::Answer;
use crate::wire::error::{ApiError, card_error};
use crate::wire::expand::Expand;
use crate::wire::fields::Fields;
use crate::wire::page::{Filter, Page};

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
        let customer = fields.text("customer")?;
        listed(look, fields, "/v1/payment_methods", customer)
    })
    .await
}

pub(super) async fn list_of_customer(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
) -> HttpResponse {
    pipeline::get(core, request, |look, fields| {
        customers::find(look.reads, &id)?;
        let url = format!("/v1/customers/{id}/payment_methods");
        listed(look, fields, &url, Some(id.into_inner()))
    })
    .await
}

pub(super) async fn retrieve_of_customer(
    core: Data<Core>,
    request: HttpRequest,
    ids: Path<(String, String)>,
) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        fields.finish()?;
        let (customer, id) = ids.into_inner();
        let method = find(look.reads, &id)?;
        if method.customer.as_ref() != Some(&customer) {
            return Err(ApiError::no_such("PaymentMethod", &id, "payment_method"));
        }
        expand.apply(method.view(), look)
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
        let mut method = find(work.tx, &id)?;
        let changes = metadata::read(&mut fields, "metadata")?.unwrap_or_default();
        fields.finish()?;
        let before = method.view();
        metadata::merge(&mut method.metadata, changes);
        work.tx.put(&method)?;
        work.emit_change("payment_method.updated", &before, method.view())?;
        Ok(Answer::ok(expand.apply(method.view(), &work.look())?))
    })
    .await
}

pub(super) async fn attach(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let customer = fields.needed_text("customer")?;
        fields.finish()?;
        customers::find_reference(work.tx, &customer, "customer")?;
        let mut method = read::by_id(work, &id)?;
        read::refuse_spent(&method)?;
        if method
            .customer
            .as_ref()
            .is_some_and(|other| *other != customer)
        {
            return Err(ApiError::invalid(
                "The payment method you provided has already been attached to a customer.",
            )
            .remembered());
        }
        if let Some(decline) = refusal(&method) {
            return Ok(Answer {
                status: 402,
                body: card_error(decline, work.request_id()),
            });
        }
        payments::attach(work, &mut method, &customer)?;
        Ok(Answer::ok(expand.apply(method.view(), &work.look())?))
    })
    .await
}

pub(super) async fn detach(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        fields.finish()?;
        let mut method = find(work.tx, &id)?;
        if !payments::detach(work, &mut method)? {
            return Err(ApiError::invalid(
                "The payment method you provided is not attached to a customer so detachment is impossible.",
            )
            .remembered());
        }
        Ok(Answer::ok(expand.apply(method.view(), &work.look())?))
    })
    .await
}

fn find(reads: &dyn Reads, id: &str) -> Result<PaymentMethod, ApiError> {
    load::<PaymentMethod>(reads, id)?
        .ok_or_else(|| ApiError::no_such("PaymentMethod", id, "payment_method"))
}

/// A bank that declines every charge declines to have its card saved, too.
pub(super) fn refusal(method: &PaymentMethod) -> Option<serde_json::Value> {
    match &method.instrument {
        Instrument::Card(card) => match &card.behaviour {
            Behaviour::Declines(decline) => Some(decline.view()),
            _ => None,
        },
        Instrument::Debit(_) => None,
    }
}

/// Only methods that belong to a customer are ever listed.
fn listed(
    look: &Look<'_>,
    mut fields: Fields,
    url: &str,
    customer: Option<String>,
) -> Result<serde_json::Value, ApiError> {
    let expand = Expand::read(&mut fields)?;
    let page = Page::read(&mut fields)?;
    let kind = Filter::read(&mut fields, "type")?;
    fields.finish()?;
    let wanted = |method: &PaymentMethod| {
        method.customer.is_some() && method.customer == customer && kind.admits(Some(method.kind()))
    };
    let found = page.list(
        look,
        url,
        wanted,
        |method: &PaymentMethod| Ok(method.view()),
    )?;
    expand.apply(found, look)
}

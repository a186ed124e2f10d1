//! `/v1/customers`: who pays, and the card they pay with when nothing else is said.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::payment_methods::{self, read};
use super::pipeline;
use crate::core::Core;
use crate::objects::address::Address;
use crate::objects::customer::Customer;
use crate::objects::metadata;
use crate::objects::payment_method::PaymentMethod;
use crate::payments::{self, Work};
use crate::store::{Reads, load};
use crate::wire::Answer;
use crate::wire::error::{ApiError, card_error};
use crate::wire::expand::Expand;
use crate::wire::fields::Fields;
use crate::wire::page::{Created, Page};

pub(super) async fn create(core: Data<Core>, request: HttpRequest, body: Payload) -> HttpResponse {
    pipeline::post(core, request, body, |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let mut customer = Customer::new(work.now);
        let card = read::method(work, &mut fields, None)?;
        if let Some(decline) = card.as_ref().and_then(payment_methods::refusal) {
            return Ok(Answer {
                status: 402,
                body: card_error(decline, work.request_id()),
            });
        }
        // First of all: it may be named as the default in the same request.
        if let Some(mut card) = card {
            payments::attach(work, &mut card, &customer.id)?;
        }
        change_default(work, &mut customer, &mut fields)?;
        change(&mut customer, fields)?;
        work.tx.put(&customer)?;
        work.emit("customer.created", customer.view())?;
        Ok(Answer::ok(expand.apply(customer.view(), &work.look())?))
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
        let mut customer = find_reference(work.tx, &id, "id")?;
        let before = customer.view();
        change_default(work, &mut customer, &mut fields)?;
        change(&mut customer, fields)?;
        let after = customer.view();
        work.tx.put(&customer)?;
        work.emit_change("customer.updated", &before, after.clone())?;
        Ok(Answer::ok(expand.apply(after, &work.look())?))
    })
    .await
}

pub(super) async fn delete(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, fields| {
        fields.finish()?;
        let mut customer = find_reference(work.tx, &id, "id")?;
        payments::delete_customer(work, &mut customer)?;
        Ok(Answer::ok(customer.shown()))
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
        expand.apply(find(look.reads, &id)?.shown(), look)
    })
    .await
}

pub(super) async fn list(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let page = Page::read(&mut fields)?;
        let created = Created::read(&mut fields)?;
        let email = fields.text("email")?;
        fields.finish()?;
        let wanted = |customer: &Customer| {
            !customer.deleted
                && created.holds(customer.created)
                && email
                    .as_ref()
                    .is_none_or(|email| customer.email.as_ref() == Some(email))
        };
        expand.apply(
            page.list(look, "/v1/customers", wanted, |customer: &Customer| {
                Ok(customer.view())
            })?,
            look,
        )
    })
    .await
}

/// The customer of the address, deleted or not.
pub(super) fn find(reads: &dyn Reads, id: &str) -> Result<Customer, ApiError> {
    load::<Customer>(reads, id)?.ok_or_else(|| ApiError::no_such("customer", id, "id"))
}

/// A customer another object is to be made for.
pub(super) fn find_reference(
    reads: &dyn Reads,
    id: &str,
    param: &str,
) -> Result<Customer, ApiError> {
    load::<Customer>(reads, id)?
        .filter(|customer| !customer.deleted)
        .ok_or_else(|| ApiError::no_such_reference("customer", id, param))
}

/// `invoice_settings`: the card that is charged when nothing else is said.
fn change_default(
    work: &Work<'_>,
    customer: &mut Customer,
    fields: &mut Fields,
) -> Result<(), ApiError> {
    let Some(mut settings) = fields.branch("invoice_settings")? else {
        return Ok(());
    };
    if let Some(id) = settings.clearable("default_payment_method")? {
        let param = settings.path_of("default_payment_method");
        let method = load::<PaymentMethod>(work.tx, &id)?;
        match method {
            _ if id.is_empty() => customer.default_payment_method = None,
            Some(method) if method.customer.as_ref() == Some(&customer.id) => {
                customer.default_payment_method = Some(id);
            }
            Some(_) => {
                return Err(ApiError::invalid(
                    "The customer does not have a payment method with this ID. It has to be attached first.",
                )
                .coded("resource_missing")
                .about(param));
            }
            None => return Err(ApiError::no_such_reference("PaymentMethod", &id, &param)),
        }
    }
    settings.finish()
}

/// Sets what is given; an empty text unsets.
fn change(customer: &mut Customer, mut fields: Fields) -> Result<(), ApiError> {
    let texts: [(&str, &mut Option<String>); 4] = [
        ("description", &mut customer.description),
        ("email", &mut customer.email),
        ("name", &mut customer.name),
        ("phone", &mut customer.phone),
    ];
    for (name, place) in texts {
        if let Some(text) = fields.clearable(name)? {
            if text.chars().count() > 800 {
                return Err(
                    ApiError::invalid(format!("Invalid string: {name} is too long.")).about(name),
                );
            }
            *place = (!text.is_empty()).then_some(text);
        }
    }
    if let Some(email) = customer.email.as_deref()
        && !email.contains('@')
    {
        return Err(ApiError::invalid(format!("Invalid email address: {email}"))
            .coded("email_invalid")
            .about("email"));
    }
    if let Some(address) = fields.branch("address")? {
        customer.address = Some(Address::read(address)?);
    }
    if let Some(changes) = metadata::read(&mut fields, "metadata")? {
        metadata::merge(&mut customer.metadata, changes);
    }
    if fields.has("preferred_locales") {
        customer.preferred_locales = fields.texts("preferred_locales")?;
    }
    fields.finish()
}

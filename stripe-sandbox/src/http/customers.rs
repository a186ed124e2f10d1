//! `/v1/customers`: who pays. Deleting one isn't possible here.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::pipeline;
use crate::core::Core;
use crate::objects::address::Address;
use crate::objects::customer::Customer;
use crate::objects::metadata;
use crate::store::{Reads, load};
use crate::wire::Answer;
use crate::wire::error::ApiError;
use crate::wire::expand::Expand;
use crate::wire::fields::Fields;
use crate::wire::page::{Created, Page};

pub(super) async fn create(core: Data<Core>, request: HttpRequest, body: Payload) -> HttpResponse {
    pipeline::post(core, request, body, |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let mut customer = Customer::new(work.now);
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
        let mut customer = find(work.tx, &id)?;
        let before = customer.view();
        change(&mut customer, fields)?;
        let after = customer.view();
        work.tx.put(&customer)?;
        work.emit_change("customer.updated", &before, after.clone())?;
        Ok(Answer::ok(expand.apply(after, &work.look())?))
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
        let email = fields.text("email")?;
        fields.finish()?;
        let wanted = |customer: &Customer| {
            created.holds(customer.created)
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

fn find(reads: &dyn Reads, id: &str) -> Result<Customer, ApiError> {
    load::<Customer>(reads, id)?.ok_or_else(|| ApiError::no_such("customer", id, "id"))
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

//! `/v1/checkout/sessions`: making, showing, listing and expiring sessions.

mod create;
mod customer;
mod line_items;
mod method_types;

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::pipeline;
use crate::core::Core;
use crate::objects::session::{Session, SessionStatus};
use crate::payments;
use crate::store::{Reads, load};
use crate::wire::Answer;
use crate::wire::error::ApiError;
use crate::wire::expand::Expand;
use crate::wire::page::{Created, Page};

const URL: &str = "/v1/checkout/sessions";

pub(super) async fn create(core: Data<Core>, request: HttpRequest, body: Payload) -> HttpResponse {
    pipeline::post(core, request, body, |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let session = create::read(work, fields)?;
        work.tx.put(&session)?;
        work.tx.plan(session.expires_at, &session.id)?;
        Ok(Answer::ok(
            expand.apply(session.view(work.public_url), &work.look())?,
        ))
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
        let session = find(look.reads, &id)?;
        expand.apply(session.view(look.public_url), look)
    })
    .await
}

pub(super) async fn list(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let page = Page::read(&mut fields)?;
        let created = Created::read(&mut fields)?;
        let payment_intent = fields.text("payment_intent")?;
        let customer = fields.text("customer")?;
        let status = fields.choice("status", &["complete", "expired", "open"])?;
        fields.finish()?;
        let wanted = |session: &Session| {
            created.holds(session.created)
                && payment_intent
                    .as_deref()
                    .is_none_or(|id| session.visible_intent() == Some(id))
                && customer
                    .as_ref()
                    .is_none_or(|id| session.customer.as_ref() == Some(id))
                && status
                    .as_deref()
                    .is_none_or(|name| session.status.name() == name)
        };
        let found = page.list(look, URL, wanted, |session: &Session| {
            Ok(session.view(look.public_url))
        })?;
        expand.apply(found, look)
    })
    .await
}

pub(super) async fn line_items(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
) -> HttpResponse {
    pipeline::get(core, request, |look, fields| {
        line_items::list(look, fields, &id)
    })
    .await
}

pub(super) async fn expire(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        fields.finish()?;
        let mut session = find(work.tx, &id)?;
        if session.status != SessionStatus::Open {
            return Err(ApiError::invalid(format!(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a \
                 status of `{}`.",
                session.status.name()
            ))
            .remembered());
        }
        payments::expire(work, &mut session)?;
        Ok(Answer::ok(expand.apply(session.view(work.public_url), &work.look())?))
    })
    .await
}

fn find(reads: &dyn Reads, id: &str) -> Result<Session, ApiError> {
    load::<Session>(reads, id)?.ok_or_else(|| ApiError::no_such("checkout.session", id, "session"))
}

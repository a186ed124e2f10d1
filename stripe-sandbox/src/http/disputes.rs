//! `/v1/disputes`: reading disputes and answering them; banks alone open and decide them.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::pipeline;
use crate::core::Core;
use crate::objects::dispute::{Dispute, DisputeStatus, EVIDENCE};
use crate::objects::metadata::{self, Metadata};
use crate::payments::{self, Handing};
use crate::store::{Reads, load};
use crate::wire::Answer;
use crate::wire::error::ApiError;
use crate::wire::expand::Expand;
use crate::wire::fields::Fields;
use crate::wire::page::{Created, Filter, Page};

pub(super) async fn update(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let mut dispute = find(work.tx, &id)?;
        let evidence = read_evidence(&mut fields)?;
        let submit = fields.boolean("submit")?;
        let changes = metadata::read(&mut fields, "metadata")?.unwrap_or_default();
        fields.finish()?;
        if (evidence.is_some() || submit.is_some()) && dispute.status.is_closed() {
            return Err(closed());
        }
        metadata::merge(&mut dispute.metadata, changes);
        // Evidence is handed in at once unless the caller says otherwise; metadata alone hands nothing in.
        let handing = match submit.unwrap_or(evidence.is_some()) {
            true => Handing::Submit,
            false => Handing::Stage,
        };
        payments::answer_dispute(work, &mut dispute, evidence.unwrap_or_default(), handing)?;
        Ok(Answer::ok(expand.apply(dispute.view(), &work.look())?))
    })
    .await
}

pub(super) async fn close(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        fields.finish()?;
        let mut dispute = find(work.tx, &id)?;
        if dispute.status.is_closed() {
            return Err(closed());
        }
        payments::move_dispute(work, &mut dispute, DisputeStatus::Lost)?;
        Ok(Answer::ok(expand.apply(dispute.view(), &work.look())?))
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
        let wanted = |dispute: &Dispute| {
            created.holds(dispute.created)
                && charge.admits(Some(&dispute.charge))
                && intent.admits(Some(&dispute.payment_intent))
        };
        let found = page.list(look, "/v1/disputes", wanted, |dispute| Ok(dispute.view()))?;
        expand.apply(found, look)
    })
    .await
}

fn find(reads: &dyn Reads, id: &str) -> Result<Dispute, ApiError> {
    load::<Dispute>(reads, id)?.ok_or_else(|| ApiError::no_such("dispute", id, "dispute"))
}

fn closed() -> ApiError {
    ApiError::invalid("This dispute is already closed").remembered()
}

fn read_evidence(fields: &mut Fields) -> Result<Option<Metadata>, ApiError> {
    let Some(mut given) = fields.branch("evidence")? else {
        return Ok(None);
    };
    let mut evidence = Metadata::new();
    for name in EVIDENCE {
        if let Some(text) = given.clearable(name)? {
            evidence.insert(name.to_owned(), text);
        }
    }
    given.finish()?;
    Ok(Some(evidence))
}

//! `/v1/invoices`: the invoices of paid sessions, which are only read here.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::pipeline;
use crate::core::Core;
use crate::objects::invoice::Invoice;
use crate::store::load;
use crate::wire::error::ApiError;
use crate::wire::expand::Expand;
use crate::wire::page::{Created, Filter, Page};

pub(super) async fn retrieve(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        fields.finish()?;
        let found = load::<Invoice>(look.reads, &id)?;
        let invoice = found.ok_or_else(|| ApiError::no_such("invoice", &id, "invoice"))?;
        expand.apply(invoice.view(look.public_url), look)
    })
    .await
}

pub(super) async fn list(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let page = Page::read(&mut fields)?;
        let created = Created::read(&mut fields)?;
        let customer = Filter::read(&mut fields, "customer")?;
        fields.finish()?;
        let wanted = |invoice: &Invoice| {
            created.holds(invoice.created) && customer.admits(Some(&invoice.customer))
        };
        let view = |invoice: &Invoice| Ok(invoice.view(look.public_url));
        expand.apply(page.list(look, "/v1/invoices", wanted, view)?, look)
    })
    .await
}

//! `/v1/charges`: charges are read here and made elsewhere.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::pipeline;
use crate::core::Core;
use crate::objects::charge::Charge;
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
        let found = load::<Charge>(look.reads, &id)?;
        let charge = found.ok_or_else(|| ApiError::no_such("charge", &id, "id"))?;
        expand.apply(charge.view(look.public_url), look)
    })
    .await
}

pub(super) async fn list(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let page = Page::read(&mut fields)?;
        let created = Created::read(&mut fields)?;
        let intent = Filter::read(&mut fields, "payment_intent")?;
        let customer = Filter::read(&mut fields, "customer")?;
        fields.finish()?;
        let wanted = |charge: &Charge| {
            created.holds(charge.created)
                && intent.admits(Some(&charge.payment_intent))
                && customer.admits(charge.customer.as_deref())
        };
        let view = |charge: &Charge| Ok(charge.view(look.public_url));
        expand.apply(page.list(look, "/v1/charges", wanted, view)?, look)
    })
    .await
}

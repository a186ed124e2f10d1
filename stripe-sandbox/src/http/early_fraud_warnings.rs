//! `/v1/radar/early_fraud_warnings`: what banks suspect; it is only read here.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::pipeline;
use crate::core::Core;
use crate::objects::early_fraud_warning::EarlyFraudWarning;
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
        let found = load::<EarlyFraudWarning>(look.reads, &id)?;
        let warning = found
            .ok_or_else(|| ApiError::no_such("early_fraud_warning", &id, "early_fraud_warning"))?;
        expand.apply(warning.view(), look)
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
        let wanted = |warning: &EarlyFraudWarning| {
            created.holds(warning.created)
                && charge.admits(Some(&warning.charge))
                && intent.admits(Some(&warning.payment_intent))
        };
        let url = "/v1/radar/early_fraud_warnings";
        let found = page.list(look, url, wanted, |warning| Ok(warning.view()))?;
        expand.apply(found, look)
    })
    .await
}

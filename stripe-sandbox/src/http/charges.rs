//! `/v1/charges`: charges are read here and made elsewhere.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::pipeline;
use crate::core::Core;
use crate::objects::charge::Charge;
use crate::store::load;
use crate::wire::error::ApiError;
use crate::wire::expand::Expand;

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

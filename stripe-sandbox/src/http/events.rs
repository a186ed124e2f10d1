//! `/v1/events`: what happened, for whoever missed the webhook.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::pipeline;
use crate::core::Core;
use crate::objects::event::Event;
use crate::store::load;
use crate::wire::error::ApiError;
use crate::wire::page::{Created, Page};

const MAX_TYPES: usize = 20;

pub(super) async fn retrieve(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
) -> HttpResponse {
    pipeline::get(core, request, |look, fields| {
        fields.finish()?;
        let event =
            load::<Event>(look.reads, &id)?.ok_or_else(|| ApiError::no_such("event", &id, "id"))?;
        Ok(event.view(look.reads)?)
    })
    .await
}

pub(super) async fn list(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let page = Page::read(&mut fields)?;
        let created = Created::read(&mut fields)?;
        let one = fields.text("type")?;
        let several = fields.texts("types")?;
        if one.is_some() && !several.is_empty() {
            return Err(ApiError::invalid(
                "You may only specify one of these parameters: type, types.",
            )
            .coded("parameters_exclusive")
            .about("type"));
        }
        if several.len() > MAX_TYPES {
            return Err(
                ApiError::invalid(format!("At most {MAX_TYPES} types may be named."))
                    .about("types"),
            );
        }
        fields.finish()?;
        let wanted = |event: &Event| {
            created.holds(event.created)
                && one
                    .as_deref()
                    .is_none_or(|pattern| matches(pattern, &event.kind))
                && (several.is_empty() || several.contains(&event.kind))
        };
        page.list(look, "/v1/events", wanted, |event: &Event| {
            Ok(event.view(look.reads)?)
        })
    })
    .await
}

/// `charge.*` stands for every event of charges.
fn matches(pattern: &str, kind: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => kind.starts_with(prefix),
        None => pattern == kind,
    }
}

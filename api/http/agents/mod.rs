//! What other people's software reads and speaks: a manifest of what can be done here, a page for
//! language models, and the Model Context Protocol. Everything is made from the OpenAPI document, and
//! a tool calls what the operation of its name calls; nothing is decided here.

mod calls;
mod described;
mod llms;
mod manifest;
mod mcp;
mod schemas;
mod tools;

pub use manifest::INTENTS;
pub use mcp::HEADERS;
pub use tools::Tool;

use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get, web};
use serde_json::Value;

use super::openapi::Document;
use crate::app::App;

/// What is made once for each process.
pub struct Guide {
    document: Value,
    tools: Vec<rmcp::model::Tool>,
    llms: String,
}

impl Guide {
    pub fn of(document: &Document, public_url: &str) -> Guide {
        let document: Value = serde_json::from_str(&document.0).unwrap_or_default();
        Guide {
            tools: tools::offered(&document),
            llms: llms::llms(&document, public_url),
            document,
        }
    }
}

pub fn routes(routes: &mut ServiceConfig) {
    routes.service(agent_json).service(llms_txt).service(
        web::resource("/mcp")
            .route(web::post().to(mcp::answer))
            .default_service(web::to(mcp::only_post)),
    );
}

/// What may be read again for a few minutes without asking.
const FRESH: (&str, &str) = ("Cache-Control", "public, max-age=300");

#[get("/.well-known/agent.json")]
async fn agent_json(app: Data<App>, guide: Data<Guide>) -> HttpResponse {
    let manifest = manifest::manifest(&guide.document, &app);
    HttpResponse::Ok().insert_header(FRESH).json(manifest)
}

#[get("/llms.txt")]
async fn llms_txt(guide: Data<Guide>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header(FRESH)
        .body(guide.llms.clone())
}

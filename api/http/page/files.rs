//! The files of the page, as `npm run build` left them in `web/dist`: embedded in a release, read from
//! there in a debug build. A build without them serves the API alone, and says so.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, ContentType, REFERRER_POLICY,
};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, route};
use rust_embed::Embed;

use super::Page;
use crate::app::App;
use crate::http::error::ApiError;
use crate::http::fallback::{self, Routes};

#[derive(Embed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Files;

const INDEX: &str = "index.html";

/// For whoever built the service without Node.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width\"><title>Credits</title>\
<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui;max-width:34rem;\
margin:18vh auto;padding:0 1.5rem}</style>\
<h1>The API runs; the page was not built.</h1>\
<p>It is built with Node.js 20.19 or later: install it, then <code>make run</code> once more. \
The API is described at <a href=\"/docs/\">/docs/</a>.</p>";

/// Whether the page is part of this build.
pub fn are_here() -> bool {
    Files::get(INDEX).is_some()
}

#[route("/", method = "GET", method = "HEAD")]
pub async fn index(
    app: Data<App>,
    request: HttpRequest,
    routes: Data<Routes>,
) -> Result<HttpResponse, ApiError> {
    let Some(page) = &app.page else {
        return Err(fallback::nothing_at(&request, &routes));
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(ContentType::html())
        .insert_header((CONTENT_SECURITY_POLICY, page.policy.as_str()))
        .insert_header((REFERRER_POLICY, "no-referrer"));
    Ok(match Files::get(INDEX) {
        // It names its scripts by what is in them: whoever asks must get the newest.
        Some(file) => response
            .insert_header((CACHE_CONTROL, "no-cache"))
            .body(file.data.into_owned()),
        None => response.body(NOT_BUILT),
    })
}

/// Named by what is in it, so that it never changes.
#[route("/{name}", method = "GET", method = "HEAD")]
pub async fn asset(
    app: Data<App>,
    name: Path<String>,
    request: HttpRequest,
    routes: Data<Routes>,
) -> Result<HttpResponse, ApiError> {
    let file = file(
        &app,
        &format!("assets/{name}"),
        "public, max-age=31536000, immutable",
    );
    file.ok_or_else(|| fallback::nothing_at(&request, &routes))
}

#[route("/icon.svg", method = "GET", method = "HEAD")]
pub async fn icon(
    app: Data<App>,
    request: HttpRequest,
    routes: Data<Routes>,
) -> Result<HttpResponse, ApiError> {
    let file = file(&app, "icon.svg", "public, max-age=86400");
    file.ok_or_else(|| fallback::nothing_at(&request, &routes))
}

fn file(app: &App, path: &str, cache: &'static str) -> Option<HttpResponse> {
    let file = Files::get(path).filter(|_| app.page.is_some())?;
    let mut response = HttpResponse::Ok();
    response
        .content_type(file.metadata.mimetype())
        .insert_header((CACHE_CONTROL, cache));
    Some(response.body(file.data.into_owned()))
}

impl Page {
    /// What the page may load: its own files, the API beside it, and the place that tokens come from.
    pub(super) fn policy(token_url: &str) -> String {
        let tokens = match url::Url::parse(token_url) {
            Ok(url) => format!(" {}", url.origin().ascii_serialization()),
            Err(_) => String::new(),
        };
        format!(
            "default-src 'self'; connect-src 'self'{tokens}; img-src 'self' data:; \
             style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'self'"
        )
    }
}

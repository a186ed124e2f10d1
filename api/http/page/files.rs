//! The files of the page: the one that names the others is asked for anew each time, those never change.

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_SECURITY_POLICY, ContentEncoding, ContentType,
    REFERRER_POLICY, VARY,
};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, route};

use crate::app::App;
use crate::http::error::ApiError;
use crate::http::fallback::{self, Routes};
use crate::page;

/// For whoever built the service without Node.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width\"><title>Credits</title>\
<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui;max-width:34rem;\
margin:18vh auto;padding:0 1.5rem}</style>\
<h1>The API runs; the page was not built.</h1>\
<p>It is built with Node.js 20.19 or later: install it, then <code>make run</code> once more. \
The API is described at <a href=\"/docs/\">/docs/</a>.</p>";

#[route("/", method = "GET", method = "HEAD")]
pub async fn index(
    app: Data<App>,
    request: HttpRequest,
    routes: Data<Routes>,
) -> Result<HttpResponse, ApiError> {
    let Some(served) = &app.page else {
        return Err(fallback::nothing_at(&request, &routes));
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(ContentType::html())
        .insert_header((CONTENT_SECURITY_POLICY, served.policy.as_str()))
        .insert_header((REFERRER_POLICY, "no-referrer"));
    Ok(match page::file(page::INDEX) {
        // It names its scripts by what is in them: whoever asks must get the newest.
        Some(file) => response
            .insert_header((CACHE_CONTROL, "no-cache"))
            .body(file.content),
        None => response.body(NOT_BUILT),
    })
}

/// Named by what is in it, so that it never changes. The build has left it gzipped as well, as small as gzip
/// makes it.
#[route("/assets/{name}", method = "GET", method = "HEAD")]
pub async fn asset(
    app: Data<App>,
    name: Path<String>,
    request: HttpRequest,
    routes: Data<Routes>,
) -> Result<HttpResponse, ApiError> {
    let path = format!("assets/{name}");
    let zipped = if accepts_gzip(&request) {
        page::file(&format!("{path}.gz"))
    } else {
        None
    };
    let Some(file) = page::file(&path).filter(|_| app.page.is_some()) else {
        return Err(fallback::nothing_at(&request, &routes));
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(file.content_type)
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((VARY, "Accept-Encoding"));
    Ok(match zipped {
        Some(zipped) => response
            .insert_header(ContentEncoding::Gzip)
            .body(zipped.content),
        None => response.body(file.content),
    })
}

/// Whoever names gzip, unless it is to say that it is not wanted.
fn accepts_gzip(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(ACCEPT_ENCODING);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim() == "gzip" && weight.trim() != "q=0"
    })
}

#[route("/icon.svg", method = "GET", method = "HEAD")]
pub async fn icon(
    app: Data<App>,
    request: HttpRequest,
    routes: Data<Routes>,
) -> Result<HttpResponse, ApiError> {
    let Some(file) = page::file("icon.svg").filter(|_| app.page.is_some()) else {
        return Err(fallback::nothing_at(&request, &routes));
    };
    Ok(HttpResponse::Ok()
        .content_type(file.content_type)
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .body(file.content))
}

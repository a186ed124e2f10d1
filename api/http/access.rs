//! One line of the log and one measurement for each request: never a body, a token or a query
//! string, which may hold anything.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use metrics::{counter, histogram};
use tokio::time::Instant;

use super::request_id::RequestId;

pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let method = known_method(request.method());
    let id = request.extensions().get::<RequestId>().map(|id| id.0);
    let result = next.call(request).await;
    let (mut response, route) = match result {
        Ok(response) => {
            let route = response.request().match_pattern();
            (response, route.unwrap_or_else(|| "unknown".to_owned()))
        }
        Err(error) => return Err(error),
    };
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let status = response.status().as_u16();
    let seconds = started.elapsed().as_secs_f64();
    let labels = [
        ("method", method.to_owned()),
        ("route", route.clone()),
        ("status", status.to_string()),
    ];
    counter!("credits_http_requests_total", &labels).increment(1);
    histogram!("credits_http_request_seconds", "method" => method, "route" => route.clone())
        .record(seconds);
    tracing::info!(
        request_id = id.map(|id| id.to_string()),
        method,
        route,
        status,
        milliseconds = (seconds * 1e6).round() / 1e3,
        "request"
    );
    Ok(response)
}

/// A label takes few values; a method can be any word.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

//! One line of the log and one measurement for each request: never a body, a token or a query
//! string, which may hold anything.

use actix_web::ResponseError;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use metrics::{counter, histogram};
use tokio::time::Instant;

use super::error::{ApiError, ErrorCode};
use super::request_id::RequestId;
use crate::app::App;
use actix_web::http::ConnectionType;
use actix_web::web::Data;

pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let method = known_method(request.method());
    let id = request.extensions().get::<RequestId>().map(|id| id.0);
    let result = next.call(request).await;
    let response = result?;
    let route = response.request().match_pattern();
    let route = route.unwrap_or_else(|| "unknown".to_owned());
    let mut response = as_problem(response);
    let app = response.request().app_data::<Data<App>>();
    if app.is_some_and(|app| app.is_draining()) {
        // The next request is for somebody else.
        response
            .response_mut()
            .head_mut()
            .set_connection_type(ConnectionType::Close);
    }
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

/// The framework refuses some requests in plain text, before any handler sees them.
fn as_problem<B: MessageBody + 'static>(response: ServiceResponse<B>) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let is_plain = response
        .headers()
        .get(CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !status.is_client_error() || !is_plain {
        return response.map_into_boxed_body();
    }
    let problem = if response.request().method() == Method::OPTIONS {
        ApiError::new(ErrorCode::OriginNotAllowed)
    } else {
        ApiError::new(ErrorCode::InvalidRequest)
    };
    response.into_response(problem.error_response())
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

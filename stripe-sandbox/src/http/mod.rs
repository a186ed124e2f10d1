//! The routes of the sandbox; a handler here reads parameters and shows objects, `payments` does the rest.

pub(crate) mod auth;
mod charges;
mod customers;
mod events;
mod payment_intents;
mod pipeline;
mod sessions;

use actix_web::http::StatusCode;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::wire::error::ApiError;
use crate::wire::version::new_request_id;

pub(crate) use pipeline::MAX_BODY;

/// The one routing table: Stripe's API, the hosted page, the control API.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config
        .app_data(web::PayloadConfig::new(MAX_BODY))
        .route("/health", web::get().to(health))
        .service(
            web::scope("/v1")
                .route("/checkout/sessions", web::post().to(sessions::create))
                .route("/checkout/sessions", web::get().to(sessions::list))
                .route("/checkout/sessions/{id}", web::get().to(sessions::retrieve))
                .route(
                    "/checkout/sessions/{id}/expire",
                    web::post().to(sessions::expire),
                )
                .route(
                    "/checkout/sessions/{id}/line_items",
                    web::get().to(sessions::line_items),
                )
                .route("/payment_intents", web::post().to(payment_intents::create))
                .route("/payment_intents", web::get().to(payment_intents::list))
                .route(
                    "/payment_intents/{id}",
                    web::get().to(payment_intents::retrieve),
                )
                .route(
                    "/payment_intents/{id}/confirm",
                    web::post().to(payment_intents::confirm),
                )
                .route(
                    "/payment_intents/{id}/cancel",
                    web::post().to(payment_intents::cancel),
                )
                .route("/charges/{id}", web::get().to(charges::retrieve))
                .route("/customers", web::post().to(customers::create))
                .route("/customers", web::get().to(customers::list))
                .route("/customers/{id}", web::get().to(customers::retrieve))
                .route("/customers/{id}", web::post().to(customers::update))
                .route("/events", web::get().to(events::list))
                .route("/events/{id}", web::get().to(events::retrieve))
                .default_service(web::to(unrecognised)),
        )
        .configure(crate::pay_page::routes)
        .configure(crate::control::routes)
        .default_service(web::to(unrecognised));
}

async fn health() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "ok" }))
}

async fn unrecognised(request: HttpRequest) -> HttpResponse {
    refusal(
        &ApiError::unrecognised_url(request.method().as_str(), request.path()),
        &new_request_id(),
    )
}

/// An error in Stripe's shape.
pub(crate) fn refusal(error: &ApiError, request_id: &str) -> HttpResponse {
    HttpResponse::build(
        StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
    )
    .insert_header(("Request-Id", request_id))
    .json(error.body(request_id))
}

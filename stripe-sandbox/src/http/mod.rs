//! The routes of the sandbox; a handler here reads parameters and shows objects, `payments` does the rest.

pub(crate) mod auth;
mod charges;
mod customers;
mod disputes;
mod early_fraud_warnings;
mod events;
mod invoices;
mod payment_intents;
mod payment_methods;
mod pipeline;
mod refunds;
mod sessions;
mod setup_intents;
mod test_clocks;

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
                .configure(paying)
                .configure(after_payment)
                .configure(customers)
                .service(web::scope("/test_helpers/test_clocks").configure(test_clocks))
                .default_service(web::to(unrecognised)),
        )
        .configure(crate::pay_page::routes)
        .configure(crate::control::routes)
        .default_service(web::to(unrecognised));
}

fn paying(config: &mut web::ServiceConfig) {
    use payment_intents as intents;
    config
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
        .route("/payment_intents", web::post().to(intents::create))
        .route("/payment_intents", web::get().to(intents::list))
        .route("/payment_intents/{id}", web::get().to(intents::retrieve))
        .route(
            "/payment_intents/{id}/confirm",
            web::post().to(intents::confirm),
        )
        .route(
            "/payment_intents/{id}/cancel",
            web::post().to(intents::cancel),
        )
        .route("/charges", web::get().to(charges::list))
        .route("/charges/{id}", web::get().to(charges::retrieve));
}

fn after_payment(config: &mut web::ServiceConfig) {
    use early_fraud_warnings as warnings;
    config
        .route("/refunds", web::post().to(refunds::create))
        .route("/refunds", web::get().to(refunds::list))
        .route("/refunds/{id}", web::get().to(refunds::retrieve))
        .route("/refunds/{id}", web::post().to(refunds::update))
        .route("/refunds/{id}/cancel", web::post().to(refunds::cancel))
        .route("/disputes", web::get().to(disputes::list))
        .route("/disputes/{id}", web::get().to(disputes::retrieve))
        .route("/disputes/{id}", web::post().to(disputes::update))
        .route("/disputes/{id}/close", web::post().to(disputes::close))
        .route("/radar/early_fraud_warnings", web::get().to(warnings::list))
        .route(
            "/radar/early_fraud_warnings/{id}",
            web::get().to(warnings::retrieve),
        )
        .route("/events", web::get().to(events::list))
        .route("/events/{id}", web::get().to(events::retrieve));
}

fn customers(config: &mut web::ServiceConfig) {
    use payment_methods as methods;
    let of_customer = "/customers/{id}/payment_methods";
    config
        .route("/customers", web::post().to(customers::create))
        .route("/customers", web::get().to(customers::list))
        .route("/customers/{id}", web::get().to(customers::retrieve))
        .route("/customers/{id}", web::post().to(customers::update))
        .route("/customers/{id}", web::delete().to(customers::delete))
        .route(of_customer, web::get().to(methods::list_of_customer))
        .route(
            "/customers/{id}/payment_methods/{method}",
            web::get().to(methods::retrieve_of_customer),
        )
        .route("/payment_methods", web::get().to(methods::list))
        .route("/payment_methods/{id}", web::get().to(methods::retrieve))
        .route("/payment_methods/{id}", web::post().to(methods::update))
        .route(
            "/payment_methods/{id}/attach",
            web::post().to(methods::attach),
        )
        .route(
            "/payment_methods/{id}/detach",
            web::post().to(methods::detach),
        )
        .route("/setup_intents", web::post().to(setup_intents::create))
        .route("/setup_intents", web::get().to(setup_intents::list))
        .route(
            "/setup_intents/{id}",
            web::get().to(setup_intents::retrieve),
        )
        .route(
            "/setup_intents/{id}/confirm",
            web::post().to(setup_intents::confirm),
        )
        .route(
            "/setup_intents/{id}/cancel",
            web::post().to(setup_intents::cancel),
        )
        .route("/invoices", web::get().to(invoices::list))
        .route("/invoices/{id}", web::get().to(invoices::retrieve));
}

fn test_clocks(config: &mut web::ServiceConfig) {
    config
        .route("", web::post().to(test_clocks::create))
        .route("", web::get().to(test_clocks::list))
        .route("/{id}", web::get().to(test_clocks::retrieve))
        .route("/{id}", web::delete().to(test_clocks::delete))
        .route("/{id}/advance", web::post().to(test_clocks::advance));
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

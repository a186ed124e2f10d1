//! What callers see of the service: the one routing table, and a file for each resource. Statuses
//! are decided here and nowhere else; nothing here touches the database or Stripe but through
//! `store`, `writer` and `payments`.

mod access;
mod account_settings;
mod accounts;
mod adjustments;
mod admin_purchases;
pub mod agents;
mod auto_recharge;
mod auto_recharge_settings;
mod balance;
mod body;
mod callers;
mod checkout_sessions;
mod contacts;
mod costs;
mod currencies;
mod cycle;
mod debits;
mod deliveries;
mod entries;
pub mod error;
mod events;
mod export;
mod export_lines;
mod fallback;
mod health;
mod history_filter;
mod holds;
mod idempotency;
mod lots;
mod metadata;
mod notifications;
mod offers;
pub mod openapi;
pub mod operations;
mod packages;
mod page;
mod paging;
mod payment_methods;
mod promotions;
mod purchase_advice;
mod purchases;
pub mod quantities;
mod query;
mod quotes;
mod rates;
mod request_id;
mod return_urls;
mod shown_pages;
mod stripe_webhook;
mod texts;
mod unsubscribe;
mod usage_entry;
mod usage_history;
mod usage_summary;
mod webhook_endpoints;
mod whole_number;
mod work;

use actix_cors::Cors;
use actix_web::dev::Server;
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, RETRY_AFTER};
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{HttpServer, web};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::{Config, SwaggerUi};

use self::openapi::Document;
use self::shown_pages::ShownPages;
use crate::app::App;

/// Every operation of the API; all that the OpenAPI document describes.
fn operations_of_the_api(routes: &mut ServiceConfig<'_>) {
    routes
        .service(balance::get_balance)
        .service(balance::get_account_balance)
        .service(lots::list_lots)
        .service(usage_history::list_usage_history)
        .service(export::export_usage_history)
        .service(usage_entry::get_usage_entry)
        .service(usage_summary::get_usage_summary)
        .service(rates::list_operations)
        .service(quotes::create_quote)
        .service(debits::create::create_debit)
        .service(debits::batch::create_debits)
        .service(debits::show::get_debit)
        .service(debits::refund::refund_debit)
        .service(holds::create::create_hold)
        .service(holds::show::get_hold)
        .service(holds::capture::capture_hold)
        .service(holds::change::release_hold)
        .service(holds::change::extend_hold)
        .service(packages::list_packages)
        .service(packages::get_custom_price)
        .service(checkout_sessions::create_checkout_session)
        .service(checkout_sessions::get_checkout_session)
        .service(purchases::list_purchases)
        .service(purchases::get_purchase)
        .service(purchase_advice::get_purchase_advice)
        .service(auto_recharge::get_auto_recharge)
        .service(auto_recharge::update_auto_recharge)
        .service(payment_methods::create_payment_method_session)
        .service(payment_methods::get_payment_method_session)
        .service(payment_methods::delete_payment_method)
        .service(events::stream_events)
        .service(notifications::feed::list_notifications)
        .service(notifications::feed::read_notifications)
        .service(notifications::preferences::get_notification_preferences)
        .service(notifications::preferences::update_notification_preferences)
        .service(contacts::get_contact)
        .service(contacts::update_contact)
        .service(accounts::get_account)
        .service(accounts::update_account)
        .service(adjustments::create_adjustment)
        .service(promotions::grants::create_promotional_grant)
        .service(promotions::codes::create_promotion_code)
        .service(promotions::codes::list_promotion_codes)
        .service(promotions::codes::get_promotion_code)
        .service(promotions::codes::update_promotion_code)
        .service(admin_purchases::list::list_all_purchases)
        .service(admin_purchases::show::get_any_purchase)
        .service(admin_purchases::resync::resync_purchase)
        .service(admin_purchases::refund::refund_purchase)
        .service(admin_purchases::review::review_purchase)
        .service(webhook_endpoints::manage::create_webhook_endpoint)
        .service(webhook_endpoints::manage::list_webhook_endpoints)
        .service(webhook_endpoints::manage::get_webhook_endpoint)
        .service(webhook_endpoints::manage::update_webhook_endpoint)
        .service(webhook_endpoints::manage::delete_webhook_endpoint)
        .service(webhook_endpoints::rotate::rotate_webhook_secret)
        .service(webhook_endpoints::replay::replay_webhook_endpoint)
        .service(deliveries::list_deliveries)
        .service(deliveries::replay_delivery)
        .service(stripe_webhook::receive_stripe_event)
        .service(health::get_liveness)
        .service(health::get_readiness);
}

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// How long requests in hand may take once the process was told to stop.
const DRAIN_SECONDS: u64 = 5;

/// Serves the API on a bound socket. Stopping it lets requests in hand finish.
pub fn serve(app: Data<App>, listener: TcpListener, workers: usize) -> std::io::Result<Server> {
    let document = Document(Arc::from(openapi::document()));
    let allowed = fallback::Routes::of(&document);
    let guide = Data::new(agents::Guide::of(&document, &app.public_url));
    let shown = Data::new(ShownPages::default());
    let server = HttpServer::new(move || {
        let swagger = SwaggerUi::new("/docs/{_:.*}").config(Config::from("/openapi.json"));
        actix_web::App::new()
            .into_utoipa_app()
            .app_data(app.clone())
            .app_data(shown.clone())
            .app_data(guide.clone())
            .app_data(Data::new(document.clone()))
            .app_data(Data::new(allowed.clone()))
            .configure(operations_of_the_api)
            .into_app()
            .service(openapi::openapi_json)
            .configure(page::routes)
            .configure(agents::routes)
            .service(return_urls::return_page)
            .service(unsubscribe::ask)
            .service(unsubscribe::unsubscribe)
            .service(web::redirect("/docs", "/docs/"))
            .service(swagger)
            .default_service(web::to(fallback::no_such_operation))
            .wrap(cors(&app.cors_origins))
            .wrap(from_fn(access::observe))
            .wrap(from_fn(request_id::assign))
    });
    let server = server
        .workers(workers)
        .client_request_timeout(HEAD_TIMEOUT)
        .shutdown_timeout(DRAIN_SECONDS)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

/// Only the origins named in the configuration, compared exactly, and no cookies.
fn cors(origins: &[String]) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "DELETE"])
        .allowed_headers([
            AUTHORIZATION,
            CONTENT_TYPE,
            idempotency::HEADER,
            HeaderName::from_static(events::LAST_EVENT_ID),
        ])
        .allowed_headers(agents::HEADERS)
        .expose_headers([RETRY_AFTER, request_id::HEADER, idempotency::REPLAYED])
        .max_age(600);
    origins
        .iter()
        .fold(cors, |cors, origin| cors.allowed_origin(origin))
}

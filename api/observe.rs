//! Seen from outside: the log, one JSON object a line on standard output, and the metrics, on a
//! port of their own.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::web::Data;
use actix_web::{App, HttpResponse, HttpServer, get};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

#[derive(Debug, thiserror::Error)]
pub enum ObserveError {
    #[error("CREDITS_LOG is not a filter")]
    Filter,
    #[error("metrics: {0}")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
}

/// The library that speaks with software agents logs what they write to us, and no log holds a body.
const NEVER_LOGGED: &str = "rmcp=off";

/// Starts logging. Only the first call in a process counts.
pub fn log(filter: &str) -> Result<(), ObserveError> {
    let filter = EnvFilter::try_new(filter).map_err(|_| ObserveError::Filter)?;
    let never = NEVER_LOGGED.parse().map_err(|_| ObserveError::Filter)?;
    let filter = filter.add_directive(never);
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_env_filter(filter)
        .try_init();
    Ok(())
}

const SECONDS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
const SAMPLES_WAIT: Duration = Duration::from_secs(5);
const COMMANDS: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// Starts collecting metrics for the whole process.
pub fn metrics() -> Result<PrometheusHandle, ObserveError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?
        .set_buckets_for_metric(
            Matcher::Full("credits_writer_batch_size".to_owned()),
            COMMANDS,
        )?
        .install_recorder()?;
    describe();
    Ok(handle)
}

fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_counter!("credits_http_requests_total", "Requests answered.");
    describe_histogram!(
        "credits_http_request_seconds",
        "Time from request to answer."
    );
    describe_counter!(
        "credits_auth_refusals_total",
        "Callers not let in, by reason."
    );
    describe_counter!(
        "credits_webhook_refusals_total",
        "Deliveries refused, by reason."
    );
    describe_gauge!(
        "credits_writer_queue_depth",
        "Commands that wait for the writer."
    );
    describe_histogram!("credits_writer_batch_size", "Commands in one commit.");
    describe_histogram!(
        "credits_writer_commit_seconds",
        "Time a batch took, commit included."
    );
    describe_gauge!(
        "credits_inbox_oldest_age_seconds",
        "Age of the oldest event not yet applied."
    );
    describe_counter!(
        "credits_inbox_events_total",
        "Events worked off, by outcome."
    );
    describe_gauge!(
        "credits_purchases_open",
        "Purchases that wait for buyer or money."
    );
    describe_counter!(
        "credits_stripe_requests_total",
        "Calls to Stripe, by outcome."
    );
}

/// Serves `/metrics` on a bound socket. Call in a runtime.
pub fn serve(handle: PrometheusHandle, listener: TcpListener) -> std::io::Result<Server> {
    tokio::spawn(sort_samples(handle.clone()));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(Data::new(handle.clone()))
            .service(exposition)
    });
    let server = server
        .workers(1)
        .shutdown_timeout(1)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

/// Every sample of a histogram takes memory until it is in its bucket, which otherwise happens only
/// when somebody asks for the metrics.
async fn sort_samples(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(SAMPLES_WAIT).await;
        handle.run_upkeep();
    }
}

#[get("/metrics")]
async fn exposition(handle: Data<PrometheusHandle>) -> HttpResponse {
    handle.run_upkeep();
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(handle.render())
}

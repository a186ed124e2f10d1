//! Every request that we send to Stripe, held against Stripe's own OpenAPI document by stripe-mock: its path,
//! its parameters and their types. What stripe-mock answers are examples, which nobody looks at.
//! `make test-stripe-mock` runs it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

mod calls;
mod recorder;

use std::collections::BTreeSet;
use std::path::Path;

use credits::payments::stripe::install_crypto_provider;
use metrics_exporter_prometheus::PrometheusBuilder;

use recorder::Recorder;

#[actix_web::test]
async fn stripe_accepts_every_request_that_we_send() {
    let mock = std::env::var("TEST_STRIPE_MOCK_URL");
    let mock = mock.expect("no stripe-mock: run `make test-stripe-mock`");
    install_crypto_provider();
    let counters = PrometheusBuilder::new().install_recorder().unwrap();
    let recorder = Recorder::start(mock);
    calls::make_all(recorder.url()).await;
    let exchanges = recorder.exchanges();
    for it in &exchanges {
        println!("{} {} {}", it.status, it.method, it.path);
    }
    let refused: Vec<_> = exchanges.iter().filter(|it| it.status != 200).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let counted = counters.render();
    for call in calls_of_the_client() {
        assert!(
            counted.contains(&format!("call=\"{call}\"")),
            "{call} was not sent"
        );
    }
}

/// The names under which the client counts its calls, as they stand in its source.
fn calls_of_the_client() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("api/payments");
    let rooms = std::fs::read_dir(folder.join("stripe")).unwrap();
    let mut files: Vec<_> = rooms.map(|file| file.unwrap().path()).collect();
    files.push(folder.join("stripe.rs"));
    let sources = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap());
    let source: String = sources.collect();
    let counted = source.split("counted(").skip(1);
    let calls: BTreeSet<String> = counted
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .map(str::to_owned)
        .collect();
    assert!(calls.len() >= 15, "{calls:?}");
    calls
}

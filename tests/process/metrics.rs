//! What an operator's dashboard stands on: after some traffic every figure is there.

use serde_json::json;

use crate::process::caller::Caller;
use crate::process::shopping::pay;
use crate::support::process::{Installation, client};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_metrics_tell_of_requests_writer_inbox_and_purchases() {
    let installation = Installation::embedded();
    let mut service = installation.serve().await;
    let caller = Caller::new(&installation, &service.url("api").await, "user-1").await;
    let exposition = format!("{}/metrics", service.url("metrics").await);
    let body = json!({"package_id": "plus"});
    let opened = caller
        .insist("/v1/checkout-sessions", "one", &body)
        .await
        .json();
    let paid = pay(opened["url"].as_str().unwrap(), "4242424242424242").await;
    assert_eq!(paid.unwrap().status, 303);
    let wanted = [
        "credits_http_requests_total{method=\"POST\",route=\"/v1/checkout-sessions\",status=\"201\"} 1",
        "credits_http_request_seconds_bucket{method=\"POST\",route=\"/v1/checkout-sessions\",le=",
        "credits_writer_queue_depth ",
        "credits_writer_batch_size_bucket{le=",
        "credits_writer_commit_seconds_bucket{le=",
        "credits_inbox_oldest_age_seconds ",
        "credits_inbox_events_total{outcome=\"applied\"} ",
        "credits_purchases_open ",
        "credits_stripe_requests_total{call=\"create_session\",outcome=\"ok\"} 1",
    ];
    let workers = "inbox reconciliation holds recharge outbox delivery expiry reminders event_list";
    let lags = workers
        .split(' ')
        .map(|worker| format!("credits_worker_lag_seconds{{worker=\"{worker}\"}} "));
    let wanted: Vec<String> = wanted.map(str::to_owned).into_iter().chain(lags).collect();
    let mut text = String::new();
    let what = "measured as it should be";
    service
        .until(what, async || {
            let answer = client().get(&exposition).send().await.unwrap();
            text = answer.text().await.unwrap();
            wanted.iter().all(|metric| text.contains(metric))
        })
        .await;
    // A label takes few values: no id, no account, no query.
    assert!(!text.contains("user-1"), "{text}");
    assert!(!text.contains(opened["id"].as_str().unwrap()), "{text}");
    assert!(service.stop().await.status.success());
}

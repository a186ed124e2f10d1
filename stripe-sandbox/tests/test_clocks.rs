//! Stripe's test clocks, all of which move the sandbox's one clock, and only forward.

use serde_json::json;

use crate::support::{TestSandbox, read};

const URL: &str = "/v1/test_helpers/test_clocks";

async fn now(sandbox: &TestSandbox) -> i64 {
    sandbox.fetch("/_sandbox/state").await["now"]
        .as_i64()
        .unwrap()
}

#[tokio::test]
async fn advancing_a_test_clock_moves_time_and_what_is_due_happens() {
    let sandbox = TestSandbox::start().await;
    let start = now(&sandbox).await;
    let form = [
        ("frozen_time", start.to_string()),
        ("name", "a year".to_owned()),
    ];
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let clock = TestSandbox::assert_ok(&sandbox.post(URL, &form).await);
    assert_eq!(
        (&clock["status"], &clock["name"]),
        (&json!("ready"), &json!("a year"))
    );
    let session = sandbox.session(&[]).await;
    let path = format!("{URL}/{}", clock["id"].as_str().unwrap());
    let later = (start + 2 * 24 * 60 * 60).to_string();
    let advance = format!("{path}/advance");
    let advanced = sandbox.post(&advance, &[("frozen_time", &later)]).await;
    assert_eq!(TestSandbox::assert_ok(&advanced)["status"], "advancing");
    let ready = sandbox.fetch(&path).await;
    assert_eq!(
        (&ready["status"], &ready["frozen_time"].to_string()),
        (&json!("ready"), &later)
    );
    assert!(now(&sandbox).await >= start + 2 * 24 * 60 * 60);
    let session = format!("/v1/checkout/sessions/{}", session["id"].as_str().unwrap());
    assert_eq!(sandbox.fetch(&session).await["status"], "expired");
    let back = [("frozen_time", "1000")];
    sandbox.post(&advance, &back).await.refused(400);
    let events = sandbox.fetch("/v1/events?type=test_helpers.*").await;
    assert_eq!(events["data"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_clock_of_the_past_moves_nothing_and_a_deleted_one_is_gone() {
    let sandbox = TestSandbox::start().await;
    let start = now(&sandbox).await;
    let past = [("frozen_time", "1000000000")];
    let clock = TestSandbox::assert_ok(&sandbox.post(URL, &past).await);
    assert!((0..60).contains(&(now(&sandbox).await - start)));
    let path = format!("{URL}/{}", clock["id"].as_str().unwrap());
    assert_eq!(sandbox.fetch(URL).await["data"][0]["id"], clock["id"]);
    let deleted = read(sandbox.request(reqwest::Method::DELETE, &path)).await;
    assert_eq!(TestSandbox::assert_ok(&deleted)["deleted"], true);
    sandbox.get(&path).await.refused(404);
    assert_eq!(sandbox.fetch(URL).await["data"], json!([]));
}

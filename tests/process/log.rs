//! The log: one JSON object a line, each request under the id that its answer carries, and never a
//! secret, a body or a query string.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::process::caller::{Answer, Caller, adjustments_of};
use crate::process::shopping::pay;
use crate::support::databases::TestDatabase;
use crate::support::process::{Installation, client, free_address};

const JWT_SECRET: &str = "canary-jwt-b7Qz2mX9wLk4TtY8vR1pN6sD3hJ5gF0";
const STRIPE_KEY: &str = "sk_test_canaryStripe9f8e7d6c5b4a39281706f5e4";
const WEBHOOK_SECRET: &str = "whsec_canaryWebhook9f8e7d6c5b4a39281706f5";
const DATABASE_PASSWORD: &str = "canary-database-password";
const IN_A_BODY: &str = "canary-in-a-body";
const IN_A_QUERY: &str = "canary-in-a-query";
const IN_A_TOKEN: &str = "canary.in-a.token";
const IN_A_KEY: &str = "canary-in-a-key";

/// The test's server trusts everybody, so that a password is sent and not looked at.
fn with_password(url: &str) -> String {
    let mut url = url::Url::parse(url).unwrap();
    url.set_password(Some(DATABASE_PASSWORD)).unwrap();
    url.into()
}

async fn traffic(caller: &Caller) -> Vec<Answer> {
    let refused = json!({"package_id": IN_A_BODY, "unknown": IN_A_BODY});
    let adjust = json!({"credits": "+1", "reason": IN_A_BODY});
    let buy = json!({"package_id": "plus"});
    // What a software agent calls itself, and the tool that it asks for, are in a body as well.
    let introduced = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": {"name": IN_A_BODY, "version": "1"}
    }});
    let asked = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call",
        "params": {"name": IN_A_BODY, "arguments": {}}});
    let malformed = client()
        .get(format!("{}/v1/balance", caller.api))
        .bearer_auth(IN_A_TOKEN);
    let forged = client()
        .post(format!("{}/v1/webhooks/stripe", caller.api))
        .header("Stripe-Signature", format!("t=1,v1={IN_A_TOKEN}"))
        .header("Content-Type", "application/json")
        .body(json!({"id": IN_A_BODY}).to_string());
    let opened = caller.post("/v1/checkout-sessions", IN_A_KEY, &buy).await;
    let opened = opened.unwrap();
    assert_eq!(opened.status, 201, "{}", opened.text);
    let page = opened.json()["url"].as_str().unwrap().to_owned();
    assert_eq!(pay(&page, "4242424242424242").await.unwrap().status, 303);
    vec![
        opened,
        caller.get("/v1/balance").await.unwrap(),
        caller
            .get(&format!("/v1/lots?{IN_A_QUERY}=1"))
            .await
            .unwrap(),
        caller.get(&format!("/v1/{IN_A_QUERY}")).await.unwrap(),
        caller
            .post("/v1/checkout-sessions", "refused", &refused)
            .await
            .unwrap(),
        caller
            .post(&adjustments_of("user-1"), "adjust", &adjust)
            .await
            .unwrap(),
        caller
            .post("/mcp", "introduced", &introduced)
            .await
            .unwrap(),
        caller.post("/mcp", "asked", &asked).await.unwrap(),
        crate::process::caller::read(malformed).await.unwrap(),
        crate::process::caller::read(forged).await.unwrap(),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_has_its_line_and_no_secret_shows_anywhere() {
    let database = TestDatabase::postgres().await;
    let plain = Installation::on(&database);
    let url = with_password(plain.variable("CREDITS_DATABASE_URL"));
    let (api, sandbox) = (free_address(), free_address());
    let installation = plain
        .with("CREDITS_DATABASE_URL", &url)
        .with("CREDITS_MODE", "sandbox")
        .with("CREDITS_JWT_SECRET", JWT_SECRET)
        .with("CREDITS_STRIPE_SECRET_KEY", STRIPE_KEY)
        .with("CREDITS_STRIPE_WEBHOOK_SECRETS", WEBHOOK_SECRET)
        .with("CREDITS_STRIPE_URL", &format!("http://{sandbox}"))
        .with("CREDITS_SANDBOX_LISTEN", &sandbox)
        .with("CREDITS_LISTEN", &api)
        .with("CREDITS_LOG", "info,credits=debug");
    let api = format!("http://{api}");
    let mut stripe = installation.spawn(&["sandbox", "--api-url", &api]);
    stripe.url("sandbox").await;
    let mut service = installation.serve().await;
    let caller = Caller::new(&installation, &api, "user-1").await;
    let metrics = service.url("metrics").await;
    let answers = traffic(&caller).await;
    service
        .until("granted", async || {
            let balance = caller.get("/v1/balance").await.unwrap();
            balance.json()["available"] == "5001"
        })
        .await;
    let metrics = client().get(format!("{metrics}/metrics")).send().await;
    let metrics = metrics.unwrap().text().await.unwrap();
    let stopped = service.stop().await;
    assert!(stopped.status.success());

    let mut logged = BTreeSet::new();
    for line in &stopped.stdout {
        let parsed: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        assert!(parsed.is_object(), "{line}");
        if parsed["message"] == "request" {
            let id = parsed["request_id"]
                .as_str()
                .expect("a request without an id");
            assert!(logged.insert(id.to_owned()), "logged twice: {line}");
        }
    }
    for answer in &answers {
        let id = answer
            .header("x-request-id")
            .expect("an answer without an id");
        assert!(logged.contains(id), "{id} is not in the log");
        if !answer.status.is_success() {
            assert_eq!(answer.json()["request_id"], id);
        }
    }

    let bodies: Vec<&str> = answers.iter().map(|answer| answer.text.as_str()).collect();
    let secrets = [
        JWT_SECRET,
        STRIPE_KEY,
        WEBHOOK_SECRET,
        DATABASE_PASSWORD,
        IN_A_TOKEN,
        caller.token(),
    ];
    let private = [IN_A_BODY, IN_A_QUERY, IN_A_KEY];
    let stripe = stripe.stop().await;
    let logs = [
        stripe.stdout.join("\n"),
        stripe.stderr.join("\n"),
        stopped.stdout.join("\n"),
        stopped.stderr.join("\n"),
        metrics,
    ];
    for secret in secrets.iter().chain(&private) {
        for log in &logs {
            let line = log.lines().find(|line| line.contains(secret));
            assert!(line.is_none(), "{secret} shows in {line:?}");
        }
    }
    for secret in secrets {
        assert!(
            !bodies.concat().contains(secret),
            "{secret} shows in an answer"
        );
    }
}

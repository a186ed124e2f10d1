//! Every command but `serve`, as an operator runs it.

use serde_json::{Value, json};

use crate::process::caller::Caller;
use crate::process::shopping::pay;
use crate::support::process::{Installation, client, free_address};

#[tokio::test]
async fn openapi_prints_what_the_server_serves() {
    let installation = Installation::embedded();
    let printed = installation.run(&["openapi"]).await;
    assert!(printed.status.success(), "{}", printed.stderr);
    let mut service = installation.serve().await;
    let url = format!("{}/openapi.json", service.url("api").await);
    let served = client().get(url).send().await.unwrap();
    let served = served.text().await.unwrap();
    assert_eq!(printed.stdout.trim_end(), served.trim_end());
    let document: Value = serde_json::from_str(&served).unwrap();
    assert!(document["paths"]["/v1/balance"].is_object());
    // The file that clients are made from, where it is checked in.
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");
    if let Ok(file) = std::fs::read_to_string(file) {
        assert_eq!(file.trim_end(), served.trim_end(), "run `make openapi`");
    }
}

#[tokio::test]
async fn a_token_is_minted_beside_a_service_that_holds_the_directory() {
    let installation = Installation::embedded();
    let mut service = installation.serve().await;
    let api = service.url("api").await;
    let caller = Caller::new(&installation, &api, "user-1").await;
    let balance = caller.get("/v1/balance").await.unwrap();
    assert_eq!(balance.status, 200, "{}", balance.text);
    assert_eq!(balance.json()["account_id"], "user-1");
    // With no scope named it reads and buys, and no more.
    let minted = installation.run(&["token", "--account", "user-1"]).await;
    let refused = client()
        .post(format!("{api}/v1/admin/accounts/user-1/adjustments"))
        .bearer_auth(minted.stdout.trim())
        .header("Idempotency-Key", "one")
        .json(&json!({"credits": "+1", "reason": "none"}));
    assert_eq!(refused.send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn no_token_is_minted_in_production() {
    let installation = Installation::embedded()
        .with("CREDITS_MODE", "production")
        .with(
            "CREDITS_STRIPE_SECRET_KEY",
            "sk_live_9f8e7d6c5b4a39281706f5e4d3c2b1a0",
        )
        .with(
            "CREDITS_STRIPE_WEBHOOK_SECRETS",
            "whsec_9f8e7d6c5b4a39281706f5e4d3c2b1a0",
        )
        .with("CREDITS_JWT_SECRET", "b7Qz2mX9wLk4TtY8vR1pN6sD3hJ5gF0cA")
        .with("CREDITS_JWT_ISSUER", "https://identity.platform.test")
        .with("CREDITS_JWT_AUDIENCE", "credits");
    let refused = installation.run(&["token", "--account", "user-1"]).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty(), "{}", refused.stdout);
    assert!(
        refused.stderr.contains("sandbox mode only"),
        "{}",
        refused.stderr
    );
}

#[tokio::test]
async fn to_migrate_twice_is_to_migrate_once() {
    let installation = Installation::embedded();
    for _ in 0..2 {
        let migrated = installation.run(&["migrate"]).await;
        assert!(migrated.status.success(), "{}", migrated.stderr);
    }
    assert!(
        installation
            .verified()
            .await
            .contains("every invariant holds")
    );
}

on_both_engines! {
    async fn verify_names_the_place_of_a_violation(db: TestDatabase) {
        let installation = Installation::on(&db);
        let mut service = installation.serve().await;
        let admin = Caller::new(&installation, &service.url("api").await, "admin").await;
        for number in 1..=3 {
            let key = format!("key-{number}");
            assert_eq!(admin.adjust("user-1", &key, "goodwill").await.status, 201);
        }
        // It reads beside the service at work.
        let healthy = installation.verified().await;
        assert!(healthy.contains("1 accounts, 3 entries"), "{healthy}");
        assert!(service.stop().await.status.success());

        db.sql("UPDATE entries SET description = 'other words' WHERE sequence = 2").await;
        let audit = installation.run(&["verify"]).await;
        assert_eq!(audit.status.code(), Some(1), "{}", audit.stdout);
        assert!(audit.stdout.contains("I12: account user-1, entry 2"), "{}", audit.stdout);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sandbox_run_alone_is_bought_from_end_to_end() {
    let (api, sandbox) = (free_address(), free_address());
    let installation = Installation::embedded()
        .with("CREDITS_LISTEN", &api)
        .with("CREDITS_SANDBOX_LISTEN", &sandbox)
        .with("CREDITS_STRIPE_URL", &format!("http://{sandbox}"));
    let api = format!("http://{api}");
    let mut alone = installation.spawn(&["sandbox", "--api-url", &api]);
    assert_eq!(alone.url("sandbox").await, format!("http://{sandbox}"));
    let mut service = installation.serve().await;
    let buyer = Caller::new(&installation, &api, "user-1").await;
    let body = json!({"package_id": "plus"});
    let opened = buyer
        .insist("/v1/checkout-sessions", "one", &body)
        .await
        .json();
    let page = opened["url"].as_str().unwrap();
    assert!(page.starts_with(&format!("http://{sandbox}/")), "{page}");
    let paid = pay(page, "4242424242424242").await.unwrap();
    assert_eq!(paid.status, 303);
    service
        .until("granted", async || {
            let balance = buyer.get("/v1/balance").await.unwrap().json();
            balance["available"] == "5000"
        })
        .await;
    assert!(service.stop().await.status.success());
    assert!(alone.stop().await.status.success());
}

#[tokio::test]
async fn health_says_by_its_code_whether_the_service_is_ready() {
    let installation = Installation::embedded().with("CREDITS_LISTEN", &free_address());
    let nobody = installation.run(&["health"]).await;
    assert_eq!(nobody.status.code(), Some(1), "{}", nobody.stdout);
    let service = installation.serve().await;
    let ready = installation.run(&["health"]).await;
    assert_eq!(
        ready.status.code(),
        Some(0),
        "{}{}",
        ready.stdout,
        ready.stderr
    );
    assert!(ready.stdout.contains("\"ready\":true"), "{}", ready.stdout);
    assert!(service.stop().await.status.success());
    let gone = installation.run(&["health"]).await;
    assert_eq!(gone.status.code(), Some(1), "{}", gone.stdout);
}

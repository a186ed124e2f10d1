//! Who may do what: one table of every operation, every kind of caller and every kind of thing
//! asked for. An operation that is not in it fails the suite.

use std::collections::BTreeSet;

use credits::http::error::ErrorCode;
use credits::http::openapi;
use credits::http::operations::OPERATIONS;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::cards::recharge_below;
use crate::support::client::{Answer, Client};
use crate::support::purchases::{GOOD_CARD, SESSIONS};
use crate::support::receiver::Receiver;
use crate::support::work::{debit_of, hold_of};

/// What a caller gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gets {
    /// Status of a success.
    Ok(u16),
    /// 401.
    Nobody,
    /// 403.
    NoScope,
    /// 404.
    Nothing,
    /// 400: it is not a token that is asked for here, but a signature.
    NoSignature,
}

use Gets::{NoScope, NoSignature, Nobody, Nothing, Ok};

/// The callers of the columns. All of them but the first have a good token.
const CALLERS: [&str; 6] = [
    "nobody",
    "owner",
    "other user",
    "no scope",
    "admin",
    "service",
];

/// Operation, method, path, which thing is asked for, and what each caller gets. `{session}` and
/// `{purchase}` are the owner's; `missing` ones are nobody's.
type Row = (&'static str, &'static str, &'static str, [Gets; 6]);

/// Of what every user has for themselves.
const OWN: [Gets; 6] = [Nobody, Ok(200), Ok(200), NoScope, Ok(200), NoScope];
/// Of what belongs to the owner.
const OWNERS: [Gets; 6] = [Nobody, Ok(200), Nothing, NoScope, Nothing, NoScope];
/// Of what services see and do, for any account.
const SERVICES: [Gets; 6] = [Nobody, NoScope, NoScope, NoScope, NoScope, Ok(200)];
const MISSING: [Gets; 6] = [Nobody, Nothing, Nothing, NoScope, Nothing, NoScope];
/// Of what only administrators do, and what it is answered.
const fn admins(status: u16) -> [Gets; 6] {
    [Nobody, NoScope, NoScope, NoScope, Ok(status), NoScope]
}
const ADMINS_MISSING: [Gets; 6] = [Nobody, NoScope, NoScope, NoScope, Nothing, NoScope];
/// Of what only services do, and what it is answered.
const fn services(status: u16) -> [Gets; 6] {
    [Nobody, NoScope, NoScope, NoScope, NoScope, Ok(status)]
}
/// Of what users do with their own money.
const fn buyers(status: u16) -> [Gets; 6] {
    [Nobody, Ok(status), Ok(status), NoScope, NoScope, NoScope]
}
const BUYERS_MISSING: [Gets; 6] = [Nobody, Nothing, Nothing, NoScope, NoScope, NoScope];
const SERVICES_MISSING: [Gets; 6] = [Nobody, NoScope, NoScope, NoScope, NoScope, Nothing];
const ANYONES: [Gets; 6] = [Ok(200); 6];

const TABLE: &[Row] = &[
    ("get_balance", "GET", "/v1/balance", OWN),
    (
        "get_account_balance",
        "GET",
        "/v1/accounts/owner/balance",
        SERVICES,
    ),
    (
        "get_account_balance",
        "GET",
        "/v1/accounts/never-seen/balance",
        SERVICES,
    ),
    ("list_lots", "GET", "/v1/lots", OWN),
    ("list_usage_history", "GET", "/v1/usage-history", OWN),
    (
        "export_usage_history",
        "GET",
        "/v1/usage-history/export",
        OWN,
    ),
    (
        "get_usage_entry",
        "GET",
        "/v1/usage-history/{entry}",
        OWNERS,
    ),
    (
        "get_usage_entry",
        "GET",
        "/v1/usage-history/019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
        MISSING,
    ),
    ("get_usage_summary", "GET", "/v1/usage-summary", OWN),
    ("list_operations", "GET", "/v1/operations", OWN),
    (
        "create_quote",
        "POST",
        "/v1/quotes",
        [Nobody, Ok(201), Ok(201), NoScope, Ok(201), NoScope],
    ),
    ("create_debit", "POST", "/v1/debits", services(201)),
    ("create_debits", "POST", "/v1/debits/batch", services(200)),
    ("get_debit", "GET", "/v1/debits/{debit}", services(200)),
    (
        "get_debit",
        "GET",
        "/v1/debits/019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
        SERVICES_MISSING,
    ),
    (
        "refund_debit",
        "POST",
        "/v1/debits/{debit}/refund",
        services(201),
    ),
    ("create_hold", "POST", "/v1/holds", services(201)),
    ("get_hold", "GET", "/v1/holds/{hold}", services(200)),
    (
        "get_hold",
        "GET",
        "/v1/holds/019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
        SERVICES_MISSING,
    ),
    (
        "extend_hold",
        "POST",
        "/v1/holds/{hold}/extend",
        services(200),
    ),
    (
        "capture_hold",
        "POST",
        "/v1/holds/{hold}/capture",
        services(200),
    ),
    (
        "release_hold",
        "POST",
        "/v1/holds/{hold}/release",
        services(200),
    ),
    ("list_packages", "GET", "/v1/packages", OWN),
    (
        "get_custom_price",
        "GET",
        "/v1/packages/custom-price?credits=2500",
        OWN,
    ),
    (
        "create_checkout_session",
        "POST",
        SESSIONS,
        [Nobody, Ok(201), Ok(201), NoScope, NoScope, NoScope],
    ),
    (
        "get_checkout_session",
        "GET",
        "/v1/checkout-sessions/{session}",
        OWNERS,
    ),
    (
        "get_checkout_session",
        "GET",
        "/v1/checkout-sessions/cs_test_missing",
        MISSING,
    ),
    ("list_purchases", "GET", "/v1/purchases", OWN),
    ("get_purchase", "GET", "/v1/purchases/{purchase}", OWNERS),
    (
        "get_purchase",
        "GET",
        "/v1/purchases/019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
        MISSING,
    ),
    ("get_purchase_advice", "GET", "/v1/purchase-advice", OWN),
    ("stream_events", "GET", "/v1/events", OWN),
    ("list_notifications", "GET", "/v1/notifications", OWN),
    ("read_notifications", "POST", "/v1/notifications/read", OWN),
    (
        "get_notification_preferences",
        "GET",
        "/v1/notification-preferences",
        OWN,
    ),
    (
        "update_notification_preferences",
        "PUT",
        "/v1/notification-preferences",
        buyers(200),
    ),
    ("get_auto_recharge", "GET", "/v1/auto-recharge", OWN),
    (
        "update_auto_recharge",
        "PUT",
        "/v1/auto-recharge",
        buyers(200),
    ),
    (
        "create_payment_method_session",
        "POST",
        "/v1/payment-method-sessions",
        buyers(201),
    ),
    (
        "get_payment_method_session",
        "GET",
        "/v1/payment-method-sessions/{card_session}",
        [Nobody, Ok(200), Nothing, NoScope, NoScope, NoScope],
    ),
    (
        "get_payment_method_session",
        "GET",
        "/v1/payment-method-sessions/cs_test_missing",
        BUYERS_MISSING,
    ),
    (
        "delete_payment_method",
        "DELETE",
        "/v1/payment-methods/{other_card}",
        [Nobody, Nothing, Ok(204), NoScope, NoScope, NoScope],
    ),
    (
        "delete_payment_method",
        "DELETE",
        "/v1/payment-methods/pm_missing",
        BUYERS_MISSING,
    ),
    (
        "get_account",
        "GET",
        "/v1/admin/accounts/owner",
        [Nobody, NoScope, NoScope, NoScope, Ok(200), NoScope],
    ),
    (
        "get_account",
        "GET",
        "/v1/admin/accounts/never-heard-of",
        [Nobody, NoScope, NoScope, NoScope, Nothing, NoScope],
    ),
    (
        "update_account",
        "PUT",
        "/v1/admin/accounts/owner",
        [Nobody, NoScope, NoScope, NoScope, Ok(200), NoScope],
    ),
    (
        "create_promotional_grant",
        "POST",
        "/v1/admin/accounts/owner/promotions",
        admins(201),
    ),
    (
        "create_promotion_code",
        "POST",
        "/v1/admin/promotion-codes",
        admins(201),
    ),
    (
        "list_promotion_codes",
        "GET",
        "/v1/admin/promotion-codes",
        admins(200),
    ),
    (
        "get_promotion_code",
        "GET",
        "/v1/admin/promotion-codes/KNOWN",
        admins(200),
    ),
    (
        "get_promotion_code",
        "GET",
        "/v1/admin/promotion-codes/UNKNOWN",
        ADMINS_MISSING,
    ),
    (
        "update_promotion_code",
        "PUT",
        "/v1/admin/promotion-codes/KNOWN",
        admins(200),
    ),
    (
        "update_promotion_code",
        "PUT",
        "/v1/admin/promotion-codes/UNKNOWN",
        ADMINS_MISSING,
    ),
    (
        "create_adjustment",
        "POST",
        "/v1/admin/accounts/owner/adjustments",
        admins(201),
    ),
    (
        "create_adjustment",
        "POST",
        "/v1/admin/accounts/never-seen/adjustments",
        admins(201),
    ),
    (
        "list_all_purchases",
        "GET",
        "/v1/admin/purchases",
        admins(200),
    ),
    (
        "get_any_purchase",
        "GET",
        "/v1/admin/purchases/{purchase}",
        admins(200),
    ),
    (
        "get_any_purchase",
        "GET",
        "/v1/admin/purchases/019ab0c1-0000-7000-8000-000000000001",
        ADMINS_MISSING,
    ),
    (
        "resync_purchase",
        "POST",
        "/v1/admin/purchases/{purchase}/resync",
        admins(200),
    ),
    // Nobody has paid it, and nothing is wrong with it.
    (
        "refund_purchase",
        "POST",
        "/v1/admin/purchases/{purchase}/refund",
        admins(409),
    ),
    (
        "review_purchase",
        "POST",
        "/v1/admin/purchases/{purchase}/review",
        admins(409),
    ),
    (
        "get_contact",
        "GET",
        "/v1/admin/accounts/owner/contact",
        admins(200),
    ),
    (
        "update_contact",
        "PUT",
        "/v1/admin/accounts/owner/contact",
        admins(200),
    ),
    (
        "create_webhook_endpoint",
        "POST",
        "/v1/admin/webhook-endpoints",
        admins(201),
    ),
    (
        "list_webhook_endpoints",
        "GET",
        "/v1/admin/webhook-endpoints",
        admins(200),
    ),
    (
        "get_webhook_endpoint",
        "GET",
        "/v1/admin/webhook-endpoints/{endpoint}",
        admins(200),
    ),
    (
        "get_webhook_endpoint",
        "GET",
        "/v1/admin/webhook-endpoints/019ab0c1-0000-7000-8000-000000000001",
        ADMINS_MISSING,
    ),
    (
        "update_webhook_endpoint",
        "PUT",
        "/v1/admin/webhook-endpoints/{endpoint}",
        admins(200),
    ),
    (
        "update_webhook_endpoint",
        "PUT",
        "/v1/admin/webhook-endpoints/019ab0c1-0000-7000-8000-000000000001",
        ADMINS_MISSING,
    ),
    (
        "rotate_webhook_secret",
        "POST",
        "/v1/admin/webhook-endpoints/{endpoint}/rotate-secret",
        admins(200),
    ),
    (
        "replay_webhook_endpoint",
        "POST",
        "/v1/admin/webhook-endpoints/{endpoint}/replay",
        admins(200),
    ),
    (
        "list_deliveries",
        "GET",
        "/v1/admin/deliveries",
        admins(200),
    ),
    (
        "replay_delivery",
        "POST",
        "/v1/admin/deliveries/{delivery}/replay",
        admins(200),
    ),
    (
        "replay_delivery",
        "POST",
        "/v1/admin/deliveries/019ab0c1-0000-7000-8000-000000000001/replay",
        ADMINS_MISSING,
    ),
    (
        "delete_webhook_endpoint",
        "DELETE",
        "/v1/admin/webhook-endpoints/{endpoint}",
        admins(204),
    ),
    (
        "delete_webhook_endpoint",
        "DELETE",
        "/v1/admin/webhook-endpoints/{endpoint}",
        ADMINS_MISSING,
    ),
    (
        "receive_stripe_event",
        "POST",
        "/v1/webhooks/stripe",
        [NoSignature; 6],
    ),
    ("get_liveness", "GET", "/health/live", ANYONES),
    ("get_readiness", "GET", "/health/ready", ANYONES),
];

fn caller(app: &TestApp, name: &str) -> Client {
    match name {
        "nobody" => app.anonymous(),
        "owner" => app.as_user("owner"),
        "other user" => app.as_user("other"),
        // Words that mean nothing here, and look as if they did.
        "no scope" => app.with_scope(
            "owner",
            "openid credits credits:readonly CREDITS:READ credits:*",
        ),
        "admin" => app.as_admin(),
        "service" => app.with_scope("service-1", "credits:consume"),
        other => panic!("no such caller: {other}"),
    }
}

async fn ask(client: &Client, operation: &str, method: &str, path: &str) -> Answer {
    let body = match operation {
        "create_checkout_session" => json!({"package_id": "starter"}),
        "create_adjustment" => json!({"credits": "+1", "reason": "for a test"}),
        "create_promotional_grant" => json!({"credits": "1", "reason": "for a test"}),
        "create_promotion_code" => {
            let code = Uuid::now_v7().simple().to_string();
            json!({"code": code, "percent_off": 10})
        }
        "update_promotion_code" => json!({"active": true}),
        "create_quote" => json!({"operation": "market_analysis", "quantities": {"reports": 1}}),
        "create_debit" => debit_of("owner", "1", &Uuid::now_v7().to_string()),
        "create_debits" => json!({"debits": [debit_of("owner", "1", "in-a-batch")]}),
        "create_hold" => hold_of("owner", "1", "run-2"),
        "capture_hold" => json!({"credits": "1", "final": false}),
        "extend_hold" => json!({"ttl_seconds": 60}),
        "update_contact" => json!({"email": "ada@acme.example", "locale": "de"}),
        "create_webhook_endpoint" | "update_webhook_endpoint" => {
            json!({"url": "https://hooks.acme.example/", "kinds": ["recharge.cap"]})
        }
        "refund_purchase" => json!({"reason": "for a test"}),
        "review_purchase" => json!({"ruling": "accept", "reason": "for a test"}),
        "refund_debit" => json!({"reason": "for a test"}),
        "read_notifications" => json!({"until": 1}),
        "update_notification_preferences" => json!({"low_balance": ["5"]}),
        "update_auto_recharge" => recharge_below("100", "500"),
        "update_account" => json!({
            "time_zone": "UTC", "anchor_day": 1, "overdraft_limit": "0", "limits": []
        }),
        _ => json!({}),
    };
    let call = match method {
        "POST" => client.post(path, &body),
        "PUT" => client.put(path, &body),
        "DELETE" => client.call("DELETE", path),
        _ => client.get(path),
    };
    call.fresh_key().await
}

fn judge(row: &str, answer: &Answer, gets: Gets) {
    let code = match gets {
        Ok(status) => {
            assert_eq!(answer.status, status, "{row}: {answer:?}");
            return;
        }
        Nobody => ErrorCode::Unauthorized,
        NoScope => ErrorCode::InsufficientScope,
        Nothing => ErrorCode::NotFound,
        NoSignature => ErrorCode::InvalidSignature,
    };
    assert_eq!(
        answer.status,
        code.spec().status.as_u16(),
        "{row}: {answer:?}"
    );
    answer.problem(code);
    if gets == Nobody {
        assert!(
            answer
                .header("www-authenticate")
                .unwrap()
                .starts_with("Bearer")
        );
    }
}

with_app! {
    async fn every_caller_gets_what_the_table_says(app: &mut TestApp) {
        let session = app.starter("owner").await;
        app.give("owner", "+100").await;
        app.code(&json!({"code": "KNOWN", "percent_off": 10})).await;
        let debit = app.debit("owner", "10", "r-1").await;
        let hold = app.hold("owner", "10", "run-1").await;
        let card_session = app.card_session("owner").await;
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url(), &[]).await;
        app.give("owner", "+1").await;
        let delivery = app.until_deliveries("delivered", 1).await.remove(0);
        let other_card = app.save_card("other", GOOD_CARD).await;
        for (operation, method, path, outcomes) in TABLE {
            let path = path
                .replace("{session}", session["id"].as_str().unwrap())
                .replace("{purchase}", session["purchase_id"].as_str().unwrap())
                .replace("{entry}", debit["id"].as_str().unwrap())
                .replace("{debit}", debit["id"].as_str().unwrap())
                .replace("{hold}", hold["id"].as_str().unwrap())
                .replace("{endpoint}", endpoint["id"].as_str().unwrap())
                .replace("{delivery}", delivery["id"].as_str().unwrap())
                .replace("{card_session}", card_session["id"].as_str().unwrap())
                .replace("{other_card}", &other_card);
            for (name, gets) in CALLERS.iter().zip(outcomes) {
                let answer = ask(&caller(app, name), operation, method, &path).await;
                judge(&format!("{operation} {path} by {name}"), &answer, *gets);
            }
        }
    }
}

#[test]
fn every_operation_of_the_document_stands_in_both_tables_and_none_else() {
    let document: Value = serde_json::from_str(&openapi::document()).unwrap();
    let mut documented = BTreeSet::new();
    for path in document["paths"].as_object().unwrap().values() {
        for operation in path.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(documented.insert(id.to_owned()), "{id} is there twice");
        }
    }
    let listed: BTreeSet<String> = OPERATIONS.iter().map(|it| it.id.to_owned()).collect();
    let judged: BTreeSet<String> = TABLE.iter().map(|row| row.0.to_owned()).collect();
    assert_eq!(documented, listed);
    assert_eq!(documented, judged);
    assert_eq!(listed.len(), OPERATIONS.len());
}

/// The declared scope and the table's outcome are one.
#[test]
fn what_the_table_says_of_scopes_is_what_the_operations_declare() {
    for (id, _, _, outcomes) in TABLE {
        let operation = OPERATIONS.iter().find(|it| it.id == *id).unwrap();
        let is_open = outcomes[0] != Nobody;
        assert_eq!(operation.scope.is_none(), is_open, "{id}");
    }
}

//! Every error of the table, provoked once as a caller would meet it. What no caller can provoke is
//! converted directly, and the list at the end says which those are.

use std::collections::BTreeSet;

use actix_web::ResponseError;
use credits::http::error::{ApiError, ErrorCode};
use credits::payments::PaymentsError;
use credits::writer::WriterError;
use futures_util::{StreamExt, stream};
use serde_json::json;

use crate::support::client::Call;
use crate::support::purchases::SESSIONS;
use crate::support::raw;

const ADJUST: &str = "/v1/admin/accounts/user-1/adjustments";

with_app! {
    async fn every_error_a_caller_can_provoke_is_a_problem_as_declared(app: &mut TestApp) {
        let (user, admin) = (app.as_user("user-1"), app.as_admin());
        let good = json!({"credits": "+1", "reason": "r"});
        let adjust = |body: serde_json::Value| admin.post(ADJUST, &body).fresh_key();

        admin.post_text(ADJUST, "{").fresh_key().await.problem(ErrorCode::InvalidBody);
        user.get("/v1/lots?limit=0").await.problem(ErrorCode::InvalidQuery);
        user.get("/v1/lots?cursor=x").await.problem(ErrorCode::InvalidCursor);
        admin.post(ADJUST, &good).await.problem(ErrorCode::IdempotencyKeyMissing);
        admin.post(ADJUST, &good).key("with space").await.problem(ErrorCode::IdempotencyKeyInvalid);
        let problem = adjust(json!({"credits": "0", "reason": "r"})).await.problem(ErrorCode::AdjustmentOutOfRange);
        assert_eq!(problem["most"], "10000000");
        let past = json!({"credits": "+1", "reason": "r", "expires_at": "2001-01-01T00:00:00Z"});
        adjust(past).await.problem(ErrorCode::InvalidExpiry);
        let unsigned = app.anonymous().post("/v1/webhooks/stripe", &json!({})).await;
        unsigned.problem(ErrorCode::InvalidSignature);
        app.deliver(&json!({"not": "an event"})).await.problem(ErrorCode::InvalidEvent);
        app.anonymous().get("/v1/balance").await.problem(ErrorCode::Unauthorized);
        let problem = adjust(json!({"credits": "-2.5", "reason": "r"})).await.problem(ErrorCode::InsufficientCredits);
        assert_eq!(
            (&problem["required"], &problem["available"], &problem["shortfall"]),
            (&json!("2.5"), &json!("0"), &json!("2.5")),
        );
        let problem = user.post(ADJUST, &good).fresh_key().await.problem(ErrorCode::InsufficientScope);
        assert_eq!(problem["scope"], "credits:admin");
        user.get("/v1/nothing").await.problem(ErrorCode::NotFound);
        user.post(SESSIONS, &json!({})).fresh_key().await.problem(ErrorCode::InvalidOffer);
        user.call("DELETE", "/v1/balance").await.problem(ErrorCode::MethodNotAllowed);
        let preflight = user.call("OPTIONS", "/v1/balance").header("origin", "https://evil.example");
        let preflight = preflight.header("access-control-request-method", "GET").await;
        preflight.problem(ErrorCode::OriginNotAllowed);
        let large = format!("{{\"reason\":\"{}\"}}", "x".repeat(70_000));
        admin.post_text(ADJUST, large).fresh_key().await.problem(ErrorCode::BodyTooLarge);
        let form = admin.call("POST", ADJUST).header("content-type", "text/plain").body("{}").fresh_key();
        form.await.problem(ErrorCode::UnsupportedMediaType);
        admin.post(ADJUST, &good).key("once").await.ok();
        let other = json!({"credits": "+2", "reason": "r"});
        admin.post(ADJUST, &other).key("once").await.problem(ErrorCode::IdempotencyKeyReused);
        let problem = user.get("/v1/packages/custom-price?credits=99").await.problem(ErrorCode::CreditsOutOfRange);
        assert_eq!((&problem["min_credits"], &problem["max_credits"]), (&json!("100"), &json!("1000000")));
    }

    async fn a_balance_has_a_limit_and_nothing_is_written_past_it(app: &mut TestApp) {
        app.give("user-1", "+10000000").await;
        // The other 899 adjustments that it takes, at once.
        let most = 9_000_000_000_000_000_i64;
        let rest = most - 10_000_000_000_000;
        let admin = app.as_admin();
        let body = json!({"credits": "+10000000", "reason": "r"});
        let calls: Vec<_> = (0..rest / 10_000_000_000_000)
            .map(|_| admin.post(ADJUST, &body).fresh_key())
            .collect();
        let calls = stream::iter(calls).map(Call::into_future).buffer_unordered(100);
        assert!(calls.all(|answer| std::future::ready(answer.status == 201)).await);
        let refused = admin.post(ADJUST, &json!({"credits": "+0.000001", "reason": "r"})).fresh_key().await;
        let problem = refused.problem(ErrorCode::BalanceLimit);
        assert_eq!((&problem["balance"], &problem["added"]), (&json!("9000000000"), &json!("0.000001")));
        assert_eq!(app.available("user-1").await, "9000000000");
    }

    async fn trouble_with_stripe_is_told_apart(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let body = json!({"package_id": "starter"});
        for (fault, code) in [
            (json!({"status": 429}), ErrorCode::StripeUnavailable),
            (json!({"status": "close_before"}), ErrorCode::StripeUnavailable),
        ] {
            app.spoil_session(fault.clone()).await;
            user.post(SESSIONS, &body).fresh_key().await.problem(code);
        }
        // Stripe takes no purchase this small: the price is below its least.
        app.db.sql("UPDATE package_prices SET price = 1 WHERE package_id = 'starter'").await;
        let refused = user.post(SESSIONS, &body).key("small").await;
        if refused.status != 502 {
            panic!("Stripe's least is not enforced by the sandbox: {refused:?}");
        }
        refused.problem(ErrorCode::StripeRefused);
        let again = user.post(SESSIONS, &body).key("small").await;
        let problem = again.problem(ErrorCode::PurchaseNotOpen);
        assert_eq!(problem["purchase_status"], "failed");
    }

    async fn too_many_open_purchases_are_refused(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let mut open = 0;
        let problem = loop {
            let body = json!({"credits": (100 + open).to_string()});
            let answer = user.post(SESSIONS, &body).fresh_key().await;
            if answer.status != 201 {
                break answer.problem(ErrorCode::TooManyOpenPurchases);
            }
            open += 1;
            assert!(open <= 100, "there is no end to it");
        };
        assert_eq!(problem["open"], open);
        // The one that is open already is still handed out.
        app.checkout("user-1", &json!({"credits": "100"})).await;
    }

    async fn without_its_database_the_service_says_so_and_shows_nothing_of_it(app: &mut TestApp) {
        let user = app.as_user("user-1");
        app.db.sql("ALTER TABLE accounts RENAME TO gone").await;
        let broken = user.get("/v1/balance").await;
        broken.problem(ErrorCode::Internal);
        assert!(!broken.text.contains("accounts"), "{broken:?}");
        let body = json!({"credits": "+1", "reason": "r"});
        let broken = app.as_admin().post(ADJUST, &body).key("k").await;
        broken.problem(ErrorCode::Internal);
        app.db.sql("ALTER TABLE gone RENAME TO accounts").await;
        let done = app.as_admin().post(ADJUST, &body).key("k").await;
        assert_eq!((done.status, done.is_replayed()), (201, false));
    }

    async fn every_answer_has_a_request_id_of_its_own_and_is_kept_by_nobody(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let mut seen = BTreeSet::new();
        for path in ["/v1/balance", "/v1/nothing", "/v1/packages", "/health/live"] {
            let answer = user.get(path).header("x-request-id", "chosen-by-me").await;
            let id = answer.header("x-request-id").unwrap().to_owned();
            assert_ne!(id, "chosen-by-me");
            assert!(seen.insert(id));
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        }
    }

    async fn a_head_that_cannot_be_read_is_no_internal_error(app: &mut TestApp) {
        let answer = raw::send(app, "GET /v1/balance", &["Content-Length: -1"], b"").await;
        assert_eq!(answer.status, 400);
        let huge = format!("X-Huge: {}", "x".repeat(300_000));
        let answer = raw::send(app, "GET /v1/balance", &[&huge], b"").await;
        assert!(answer.status == 0 || (400..500).contains(&answer.status), "{}", answer.status);
        app.as_user("user-1").get("/v1/balance").await.ok();
    }
}

fn answer(error: impl Into<ApiError>) -> (u16, ErrorCode, Option<String>) {
    let error: ApiError = error.into();
    let response = error.error_response();
    let retry = response.headers().get("retry-after");
    let retry = retry.map(|value| value.to_str().unwrap().to_owned());
    (response.status().as_u16(), error.code(), retry)
}

/// Both need a failure at a moment no request can choose: a commit cut off, and a second call for
/// the same session while the first is at Stripe. The rest of the 503s is provoked in `writer`.
#[test]
fn what_no_caller_can_provoke_becomes_its_own_error_all_the_same() {
    let two = Some("2".to_owned());
    assert_eq!(
        answer(WriterError::OutcomeUnknown),
        (503, ErrorCode::OutcomeUnknown, two.clone())
    );
    assert_eq!(
        answer(WriterError::Unavailable),
        (503, ErrorCode::Unavailable, two)
    );
    let busy = answer(PaymentsError::StillRunning);
    assert_eq!(
        busy,
        (409, ErrorCode::RequestInProgress, Some("1".to_owned()))
    );
    let refused = answer(PaymentsError::StripeMisconfigured);
    assert_eq!((refused.0, refused.1), (502, ErrorCode::StripeRefused));
    // The framework's own refusals, before any operation is reached.
    let unreadable = answer(ApiError::new(ErrorCode::InvalidRequest));
    assert_eq!(unreadable, (400, ErrorCode::InvalidRequest, None));
    // A body that comes too slowly; to wait for it would take as long as the service waits.
    let slow = ErrorCode::RequestTimeout;
    assert_eq!(answer(ApiError::new(slow)).0, 408);
    let broken = answer(WriterError::Broken);
    assert_eq!((broken.0, broken.1), (500, ErrorCode::Internal));
}

/// A new error has to be provoked here or next door before it may be in the table.
#[test]
fn every_error_of_the_table_is_asked_for_by_name() {
    let files = [
        include_str!("accounts.rs"),
        include_str!("admin_purchases.rs"),
        include_str!("errors.rs"),
        include_str!("errors_consuming.rs"),
        include_str!("currencies.rs"),
        include_str!("promotion_codes.rs"),
        include_str!("promotions_administered.rs"),
        include_str!("webhook_endpoints.rs"),
        include_str!("writer.rs"),
        include_str!("../process/refusals.rs"),
        include_str!("readiness.rs"),
    ];
    for code in ErrorCode::ALL {
        let name = format!("ErrorCode::{code:?}");
        let is_asked_for = files.iter().any(|file| {
            file.match_indices(&name).any(|(at, _)| {
                let next = file[at + name.len()..].chars().next();
                !next.is_some_and(char::is_alphanumeric)
            })
        });
        assert!(is_asked_for, "nothing provokes {name}");
    }
}

/// A member that an error adds must not be one that every problem has.
#[test]
fn no_member_of_an_error_takes_the_place_of_a_standard_one() {
    for code in ErrorCode::ALL {
        for field in code.spec().fields {
            let standard = [
                "type",
                "title",
                "status",
                "detail",
                "code",
                "request_id",
                "instance",
            ];
            assert!(!standard.contains(field), "{}: {field}", code.spec().code);
        }
    }
}

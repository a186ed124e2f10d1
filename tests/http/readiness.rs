//! A service without its database says so: not ready, alive, and every request answered with 503
//! and when to try again. Once the database is back, so is the service.

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::databases::TestDatabase;
use crate::support::purchases::SESSIONS;

const ADJUST: &str = "/v1/admin/accounts/user-1/adjustments";

with_app! {
    async fn a_service_at_work_is_alive_and_ready(app: &mut TestApp) {
        let nobody = app.anonymous();
        assert_eq!(nobody.get("/health/live").await.ok(), json!({"status": "alive"}));
        let ready = json!({"ready": true, "database": "ok", "identity": "ok", "lifecycle": "serving"});
        assert_eq!(nobody.get("/health/ready").await.ok(), ready);
        app.running().app.drain();
        let draining = nobody.get("/health/ready").await;
        assert_eq!((draining.status, &draining.json()["lifecycle"]), (503, &json!("draining")));
        assert_eq!(app.available("user-1").await, "0", "requests are still answered");
    }
}

/// Only PostgreSQL can be told to turn everybody away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_away_everything_is_503_and_nothing_is_lost() {
    let app = TestApp::start(TestDatabase::postgres().await).await;
    let body = json!({"credits": "+1", "reason": "r"});
    app.give("user-1", "+1").await;
    app.db.turn_everybody_away().await;
    let (user, admin) = (app.as_user("user-1"), app.as_admin());
    for path in ["/v1/balance", "/v1/lots", "/v1/purchases", "/v1/packages"] {
        user.get(path).await.problem(ErrorCode::Unavailable);
    }
    admin
        .post(ADJUST, &body)
        .key("k")
        .await
        .problem(ErrorCode::Unavailable);
    let buy = user
        .post(SESSIONS, &json!({"package_id": "starter"}))
        .key("k")
        .await;
    buy.problem(ErrorCode::Unavailable);
    app.deliver(&crate::support::events::event(
        "evt_1",
        "customer.created",
        &json!({}),
    ))
    .await
    .problem(ErrorCode::Unavailable);
    let ready = app.anonymous().get("/health/ready").await;
    assert_eq!((ready.status, &ready.json()["ready"]), (503, &json!(false)));
    app.anonymous().get("/health/live").await.ok();
    app.db.let_everybody_in().await;
    let done = admin.post(ADJUST, &body).key("k").await;
    assert_eq!((done.status, done.is_replayed()), (201, false), "{done:?}");
    assert_eq!(app.available("user-1").await, "2");
    app.finish().await;
}

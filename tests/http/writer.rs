//! Many at once: what is admitted fits exactly, what waits is bounded, and what was sent is done
//! even if nobody waits for the answer.

use credits::config::Database;
use credits::http::error::ErrorCode;
use secrecy::ExposeSecret;
use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::support::app::TestApp;
use crate::support::databases::TestDatabase;
use crate::support::polling::until;
use crate::support::{postgres, raw};

const ADJUST: &str = "/v1/admin/accounts/user-1/adjustments";

with_app! {
    async fn exactly_as_many_are_admitted_as_fit(app: &mut TestApp) {
        app.give("user-1", "+16").await;
        app.give("user-1", "+16").await;
        let admin = app.as_admin();
        let take = json!({"credits": "-1", "reason": "r"});
        let calls = (0..64).map(|_| admin.post(ADJUST, &take).fresh_key().into_future());
        let answers = futures_util::future::join_all(calls).await;
        let taken = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(taken, 32);
        for refused in answers.iter().filter(|answer| answer.status != 201) {
            let problem = refused.problem(ErrorCode::InsufficientCredits);
            assert_eq!((&problem["available"], &problem["shortfall"]), (&json!("0"), &json!("1")));
        }
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn a_full_queue_is_said_at_once_and_the_same_key_works_later(app: &mut TestApp) {
        app.restart(&["--writer-queue=1"]).await;
        let admin = app.as_admin();
        let body = json!({"credits": "+1", "reason": "r"});
        let key = |number: usize| format!("k-{number}");
        let calls = (0..200).map(|number| admin.post(ADJUST, &body).key(&key(number)).into_future());
        let answers = futures_util::future::join_all(calls).await;
        let mut turned_away = Vec::new();
        for (number, answer) in answers.iter().enumerate() {
            if answer.status != 201 {
                answer.problem(ErrorCode::Overloaded);
                assert_eq!(answer.header("retry-after"), Some("1"));
                turned_away.push(number);
            }
        }
        assert!(!turned_away.is_empty(), "a queue of one was never full");
        let done = 200 - turned_away.len();
        assert_eq!(app.available("user-1").await, done.to_string());
        for number in turned_away {
            let again = admin.post(ADJUST, &body).key(&key(number)).await;
            assert_eq!((again.status, again.is_replayed()), (201, false));
        }
        assert_eq!(app.available("user-1").await, "200");
    }

    async fn a_caller_who_hangs_up_while_the_writer_waits_changes_nothing(app: &mut TestApp) {
        let admin = app.as_admin();
        let body = json!({"credits": "+1", "reason": "r"});
        // The task of the request is dropped as soon as the command is on its way.
        let mut calls = Vec::new();
        for number in 0..20 {
            let call = admin.post(ADJUST, &body).key(&format!("k-{number}")).into_future();
            calls.push(tokio::spawn(call));
        }
        until("the first is written", || async { (app.available("user-1").await != "0").then_some(()) }).await;
        calls.iter().for_each(tokio::task::JoinHandle::abort);
        for number in 0..20 {
            admin.post(ADJUST, &body).key(&format!("k-{number}")).await.ok();
        }
        assert_eq!(app.available("user-1").await, "20");
    }
}

/// Only PostgreSQL shows who waits for a lock, and so when the writer has begun.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_writer_has_taken_is_done_though_the_caller_hangs_up() {
    let app = TestApp::start(TestDatabase::postgres().await).await;
    app.give("user-1", "+1").await;
    let Database::Postgres(url) = &app.db.database else {
        panic!("this is SQLite");
    };
    let holder = postgres::connect(url.expose_secret()).await;
    holder
        .batch_execute("BEGIN; SELECT 1 FROM accounts FOR UPDATE")
        .await
        .unwrap();
    let admin = app.as_admin();
    let authorization = format!("Authorization: Bearer {}", admin.token.clone().unwrap());
    let body = r#"{"credits":"+1","reason":"r"}"#;
    let headers = [
        authorization.as_str(),
        "Content-Type: application/json",
        "Content-Length: 29",
        "Idempotency-Key: k",
    ];
    let mut stream = raw::connect(&app).await;
    let request = raw::bytes(&format!("POST {ADJUST}"), &headers, body.as_bytes());
    stream.write_all(&request).await.unwrap();
    until("the writer waits for the lock", || async {
        let waiting = "SELECT pid::text AS line FROM pg_stat_activity \
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        app.db.lines(waiting).await.pop()
    })
    .await;
    drop(stream);
    holder.batch_execute("COMMIT").await.unwrap();
    until("it is written, with nobody waiting for it", || async {
        (app.available("user-1").await == "2").then_some(())
    })
    .await;
    let again = admin.post_text(ADJUST, body).key("k").await;
    assert_eq!((again.status, again.is_replayed()), (201, true));
    assert_eq!(app.available("user-1").await, "2");
    app.finish().await;
}

/// A file is one process's alone: a second one is refused at its start.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_on_one_postgresql_stay_exact() {
    let app = TestApp::start(TestDatabase::postgres().await).await;
    let second = app.second().await;
    app.give("user-1", "+30").await;
    app.give("user-2", "+30").await;
    let admins = [app.as_admin(), app.as_admin().at(&second.running.api_url)];
    let take = json!({"credits": "-1", "reason": "r"});
    let calls = (0..120).map(|number: usize| {
        let path = format!("/v1/admin/accounts/user-{}/adjustments", 1 + number / 2 % 2);
        // Half of the requests are repeats of one another, at different processes.
        let key = format!("k-{}", number / 2);
        admins[number % 2]
            .post(&path, &take)
            .key(&key)
            .into_future()
    });
    let answers = futures_util::future::join_all(calls).await;
    for pair in answers.chunks(2) {
        assert!(
            pair.iter().all(|it| [201, 503].contains(&it.status)),
            "{pair:?}"
        );
        if pair.iter().all(|it| it.status == 201) {
            assert_eq!(pair[0].text, pair[1].text);
        }
    }
    // Whoever was sent away asks again.
    for number in 0..60 {
        let path = format!("/v1/admin/accounts/user-{}/adjustments", 1 + number % 2);
        admins[0]
            .post(&path, &take)
            .key(&format!("k-{number}"))
            .await
            .ok();
    }
    assert_eq!(
        (app.available("user-1").await, app.available("user-2").await),
        ("0".to_owned(), "0".to_owned())
    );
    let more = app
        .as_admin()
        .at(&second.running.api_url)
        .post(ADJUST, &take)
        .fresh_key()
        .await;
    more.problem(ErrorCode::InsufficientCredits);
    second.running.stop_at_once().await;
    app.finish().await;
}

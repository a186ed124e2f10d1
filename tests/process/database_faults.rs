//! PostgreSQL cuts the service off: requests are answered, or put off with 503 and Retry-After,
//! never with 500; repeated with their keys they have one effect each.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::ExposeSecret;
use serde_json::json;
use tokio::task::JoinSet;

use crate::process::caller::{Answer, Caller, adjustments_of};
use crate::support::databases::TestDatabase;
use crate::support::postgres;
use crate::support::process::{Installation, client};

const WRITERS: usize = 6;
const WRITES: usize = 25;
const CUTS: usize = 40;

fn url_of(database: &TestDatabase) -> String {
    let credits::config::Database::Postgres(url) = &database.database else {
        panic!("this is SQLite");
    };
    url.expose_secret().to_owned()
}

/// How many sessions on the database were ended, whosever they were but ours.
async fn cut_off(admin: &tokio_postgres::Client) -> usize {
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    admin.query(others, &[]).await.unwrap().len()
}

#[derive(Default)]
struct Answers {
    success: AtomicUsize,
    put_off: AtomicUsize,
}

/// One write, repeated with its key until it succeeds.
async fn write(admin: &Caller, reason: &str, answers: &Answers) {
    let key = reason.replace(' ', "-");
    let body = json!({"credits": "+1", "reason": reason});
    loop {
        let answer = admin.post(&adjustments_of("user-1"), &key, &body).await;
        let answer = answer.expect("the service itself is never gone");
        match answer.status.as_u16() {
            201 => {
                answers.success.fetch_add(1, Ordering::SeqCst);
                return;
            }
            503 => {
                assert!(answer.header("retry-after").is_some(), "{}", answer.text);
                answers.put_off.fetch_add(1, Ordering::SeqCst);
            }
            status => panic!("{status}: {}", answer.text),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_that_are_ended_under_it_cost_no_write_and_double_none() {
    let database = TestDatabase::postgres().await;
    let installation = Installation::on(&database);
    let mut service = installation.serve().await;
    let api = service.url("api").await;
    let admin = Caller::new(&installation, &api, "user-1").await;
    let answers = Arc::new(Answers::default());
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (admin, answers) = (admin.clone(), Arc::clone(&answers));
        writers.spawn(async move {
            for number in 0..WRITES {
                write(
                    &admin,
                    &format!("writer {writer} number {number}"),
                    &answers,
                )
                .await;
            }
        });
    }
    let saboteur = postgres::connect(&url_of(&database)).await;
    let mut ended = 0;
    let mut random_ms = (1..=CUTS).map(|n| (n * 37) % 90);
    while !writers.is_empty() {
        match random_ms.next() {
            Some(pause) => {
                ended += cut_off(&saboteur).await;
                let read = admin.get("/v1/balance").await.unwrap();
                assert!(matches!(read.status.as_u16(), 200 | 503), "{}", read.text);
                tokio::time::sleep(Duration::from_millis(pause.try_into().unwrap())).await;
                while let Some(done) = writers.try_join_next() {
                    done.unwrap();
                }
            }
            None => writers.join_next().await.unwrap().unwrap(),
        }
    }
    let put_off = answers.put_off.load(Ordering::SeqCst);
    println!("{ended} sessions ended, {put_off} requests put off");
    assert!(ended > 0);

    let mut reasons: Vec<String> = Vec::new();
    for entry in admin.all("/v1/usage-history").await {
        reasons.push(entry["description"].as_str().unwrap().to_owned());
    }
    assert_eq!(reasons.len(), WRITERS * WRITES);
    reasons.sort();
    reasons.dedup();
    assert_eq!(reasons.len(), WRITERS * WRITES, "a write is there twice");
    assert!(service.stop().await.status.success());
    installation.verified().await;
}

async fn readiness(api: &str) -> Answer {
    let request = client().get(format!("{api}/health/ready"));
    super::caller::read(request).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readiness_names_the_database_while_it_is_gone_and_recovers() {
    let database = TestDatabase::postgres().await;
    let installation = Installation::on(&database);
    let mut service = installation.serve().await;
    let api = service.url("api").await;
    let admin = Caller::new(&installation, &api, "user-1").await;
    let url = url::Url::parse(&url_of(&database)).unwrap();
    let name = url.path().trim_start_matches('/').to_owned();
    let mut server = url.clone();
    server.set_path("postgres");
    let server = postgres::connect(server.as_str()).await;
    // Nobody can connect any more, and who is connected is sent away: to the service this is a
    // server that has been stopped.
    let allow = |yes: bool| format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {yes}");
    server.batch_execute(&allow(false)).await.unwrap();
    let sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
    server.query(sessions, &[&name]).await.unwrap();

    let gone = readiness(&api).await;
    assert_eq!(gone.status, 503, "{}", gone.text);
    assert_eq!(gone.json()["database"], "unavailable");
    assert_eq!(gone.json()["ready"], false);
    for answer in [
        admin.get("/v1/balance").await.unwrap(),
        admin
            .post(
                &adjustments_of("user-1"),
                "while-gone",
                &json!({"credits": "+1", "reason": "while gone"}),
            )
            .await
            .unwrap(),
    ] {
        assert_eq!(answer.status, 503, "{}", answer.text);
        assert!(answer.header("retry-after").is_some());
    }
    let alive = client().get(format!("{api}/health/live")).send().await;
    assert_eq!(alive.unwrap().status(), 200);

    server.batch_execute(&allow(true)).await.unwrap();
    service
        .until("ready again", async || readiness(&api).await.status == 200)
        .await;
    let answer = admin.adjust("user-1", "while-gone", "while gone").await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(admin.all("/v1/usage-history").await.len(), 1);
    assert!(service.stop().await.status.success());
    installation.verified().await;
}

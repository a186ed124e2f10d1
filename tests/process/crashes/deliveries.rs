//! Death between a notice and whoever is to be sent it: what was given notice of gets there all the same,
//! in order, and what gets there twice can be told by its id.

use std::time::{Duration, Instant};

use credits::steps::Step;
use futures_util::future::join_all;
use serde_json::json;

use crate::process::caller::Caller;
use crate::support::databases::TestDatabase;
use crate::support::process::{Installation, free_address};
use crate::support::receiver::{ENDPOINTS, Receiver};

/// The steps on the way.
pub const STEPS: [Step; 5] = [
    Step::NoticesRouting,
    Step::NoticesRouted,
    Step::DeliveryClaimed,
    Step::DeliverySent,
    Step::DeliveryFinished,
];

/// A claim lasts 20 s.
const PATIENCE: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(100);
const GIFTS: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_step_it_dies_at_every_notice_gets_there_on_sqlite() {
    let databases = join_all(STEPS.map(|_| TestDatabase::sqlite())).await;
    die_everywhere(databases).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_step_it_dies_at_every_notice_gets_there_on_postgres() {
    let databases = join_all(STEPS.map(|_| TestDatabase::postgres())).await;
    die_everywhere(databases).await;
}

async fn die_everywhere(databases: Vec<TestDatabase>) {
    let lives = STEPS.into_iter().zip(databases);
    for row in join_all(lives.map(|(step, database)| survive(step, database))).await {
        println!("  {row}");
    }
}

/// Three gifts, and a death on the way of the first.
async fn survive(step: Step, database: TestDatabase) -> String {
    let address = free_address();
    let url = format!("http://{address}");
    let installation = Installation::on(&database)
        .with("CREDITS_LISTEN", &address)
        .with("CREDITS_METRICS_LISTEN", "off");
    let receiver = Receiver::start().await;
    let service = installation.serve().await;
    let caller = Caller::new(&installation, &url, "user-1").await;
    let endpoint = json!({"url": receiver.url(), "kinds": ["credits.given"]});
    let made = caller.insist(ENDPOINTS, "endpoint", &endpoint).await;
    assert_eq!(made.status, 201, "{}", made.text);
    service.kill().await;

    let mut doomed = installation.serve_until(&format!("{}:1", step.name()));
    let gifts = async {
        for number in 1..=GIFTS {
            let gift = json!({"credits": format!("+{number}"), "reason": "a crash test"});
            let path = "/v1/admin/accounts/user-1/adjustments";
            let given = caller.insist(path, &number.to_string(), &gift).await;
            assert_eq!(given.status, 201, "{}", given.text);
        }
    };
    let next_life = async {
        let ended = tokio::time::timeout(PATIENCE, doomed.ended()).await;
        assert!(
            ended.is_ok(),
            "{step:?} was never reached: {}",
            doomed.said()
        );
        installation.serve().await
    };
    let ((), service) = tokio::join!(gifts, next_life);

    let started = Instant::now();
    while distinct(&receiver).len() < GIFTS {
        assert!(
            started.elapsed() < PATIENCE,
            "{step:?}: {:?}",
            distinct(&receiver)
        );
        tokio::time::sleep(PAUSE).await;
    }
    assert_eq!(distinct(&receiver), ["1", "2", "3"], "{step:?}");
    service.kill().await;
    installation.verified().await;
    let got = receiver.got().len();
    assert!(
        got <= GIFTS + 1,
        "{step:?}: only what was on its way comes twice"
    );
    let name = step.name();
    format!("{name:<46} died, {GIFTS} notices of {GIFTS} arrived, {got} webhooks")
}

/// What each notice says, in the order in which they first came.
fn distinct(receiver: &Receiver) -> Vec<String> {
    let mut seen = Vec::new();
    let mut said = Vec::new();
    for got in receiver.got() {
        if !seen.contains(&got.id) {
            seen.push(got.id);
            said.push(got.body["data"]["credits"].as_str().unwrap().to_owned());
        }
    }
    said
}

//! SIGKILL, again and again, while people buy: what was paid is granted exactly once, nothing else
//! is granted, and what was acknowledged is there.
//!
//! `KILLS` is how often (12 on SQLite and 6 on PostgreSQL otherwise), `KILL_SEED` repeats a run's
//! moments. The seed is printed, and shown when the test fails.

use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::shopping::{People, reckon, settled};
use crate::support::databases::TestDatabase;
use crate::support::process::{Installation, Service, free_address};

const BUYERS: usize = 5;
/// A life is so long at most, in milliseconds since the process was started: some end before it
/// has served anything.
const LONGEST_LIFE_MS: u64 = 2_000;

/// Where the Stripe sandbox lives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sandbox {
    DiesWithTheService,
    Survives,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_paid_is_granted_once_however_often_it_is_killed_on_sqlite() {
    let installation = Installation::embedded();
    survive("SQLite", installation, Sandbox::DiesWithTheService, 12).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_paid_is_granted_once_however_often_it_is_killed_on_postgres() {
    let database = TestDatabase::postgres().await;
    let installation = Installation::on(&database);
    survive("PostgreSQL", installation, Sandbox::DiesWithTheService, 6).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_that_found_nobody_are_delivered_again() {
    let installation = Installation::embedded();
    survive("a surviving sandbox", installation, Sandbox::Survives, 4).await;
}

async fn survive(name: &str, installation: Installation, place: Sandbox, kills: u32) {
    let kills = std::env::var("KILLS").map_or(kills, |text| text.parse().unwrap());
    let seed = std::env::var("KILL_SEED").map_or_else(|_| rand::random(), |s| s.parse().unwrap());
    println!("{name}: KILL_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    // Where it was, it is again: the sandbox's events and the buyers' pages lead there.
    let (api, sandbox) = (free_address(), free_address());
    let api_url = format!("http://{api}");
    let sandbox_url = format!("http://{sandbox}");
    let mut installation = installation
        .with("CREDITS_LISTEN", &api)
        .with("CREDITS_SANDBOX_LISTEN", &sandbox)
        .with("CREDITS_METRICS_LISTEN", "off");
    let alone = if place == Sandbox::Survives {
        let alone = sandbox_alone(&installation, &api_url).await;
        installation = installation.with("CREDITS_STRIPE_URL", &sandbox_url);
        Some(alone)
    } else {
        None
    };

    let started = Instant::now();
    let mut service = installation.serve().await;
    let mut people = People::start(&installation, &api_url, BUYERS).await;
    for _ in 0..kills {
        let life = Duration::from_millis(random.random_range(0..LONGEST_LIFE_MS));
        tokio::time::sleep_until((service.spawned_at + life).into()).await;
        service.kill().await;
        assert!(people.are_all_there(), "somebody gave up");
        service = installation.spawn(&["serve"]);
    }
    service.url("api").await;
    people.finish().await;
    let waited = settled(&installation, &sandbox_url, &people.buyers).await;
    let figures = &people.figures;
    let (opened, adjusted) = (figures.opened.load(SeqCst), figures.adjusted.load(SeqCst));
    let paid = figures.paid.load(SeqCst);
    let granted = reckon(
        &installation,
        &sandbox_url,
        &people.buyers,
        opened,
        adjusted,
    )
    .await;
    println!(
        "{name}: {kills} kills, {opened} purchases opened, {paid} paid, {granted} granted, \
         {adjusted} adjustments, {:.1} s, of which {:.1} s until all was settled",
        started.elapsed().as_secs_f64(),
        waited.as_secs_f64(),
    );
    assert_eq!(granted, paid);
    assert!(
        paid > 0 && adjusted > 0,
        "nothing went on while it was killed"
    );
    assert!(service.stop().await.status.success());
    installation.verified().await;
    drop(alone);
}

async fn sandbox_alone(installation: &Installation, api_url: &str) -> Service {
    let mut sandbox = installation.spawn(&["sandbox", "--api-url", api_url]);
    sandbox.url("sandbox").await;
    sandbox
}

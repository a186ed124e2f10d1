//! Two thousand live streams at once: what they cost, and that each is told.

use futures_util::future::join_all;
use futures_util::{StreamExt, stream};

use crate::process::caller::Caller;
use crate::support::process::{Installation, Service};
use crate::support::streams::EventStream;

const ACCOUNTS: usize = 250;
/// As many as an account may have.
const OF_EACH: usize = 8;
const MOST_THREADS: u64 = 40;
/// All of them together.
const MOST_KILOBYTES: u64 = 100_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_streams_cost_little_and_no_thread_each() {
    let installation = Installation::embedded();
    let mut service = installation.serve().await;
    let api = service.url("api").await;
    let admin = Caller::new(&installation, &api, "admin").await;
    let names = (0..ACCOUNTS).map(|number| format!("user-{number}"));
    let callers = names.map(|name| {
        let (installation, api) = (&installation, &api);
        async move { (Caller::new(installation, api, &name).await, name) }
    });
    let callers: Vec<(Caller, String)> = stream::iter(callers).buffered(8).collect().await;
    // Whatever is made at the first use is made by now. Its own streams are all that an account has.
    let _first = open(&admin).await;
    let before = Cost::of(&service);
    let streams = callers
        .iter()
        .flat_map(|(caller, _)| (0..OF_EACH).map(move |_| open(caller)));
    let mut streams: Vec<EventStream> = stream::iter(streams).buffered(32).collect().await;
    let after = Cost::of(&service);
    let kilobytes = after.kilobytes.saturating_sub(before.kilobytes);
    println!(
        "{} streams: {kilobytes} kB, {} more threads",
        streams.len(),
        after.threads.saturating_sub(before.threads)
    );
    assert_eq!(streams.len(), ACCOUNTS * OF_EACH);
    assert!(kilobytes < MOST_KILOBYTES, "{kilobytes} kB");
    // Those of the database's connections and of what works beside them, however many streams there are.
    assert!(
        after.threads <= before.threads + MOST_THREADS,
        "{} threads",
        after.threads
    );
    for (number, (_, name)) in callers.iter().enumerate() {
        admin
            .adjust(name, &format!("key-{number}"), "for all to see")
            .await;
    }
    join_all(streams.iter_mut().map(|stream| stream.until_available("1"))).await;
    assert!(service.stop().await.status.success());
}

/// Until it has told the balance.
async fn open(caller: &Caller) -> EventStream {
    let mut stream = EventStream::open(caller.request("/v1/events")).await;
    stream.next().await.expect("a balance");
    stream
}

struct Cost {
    kilobytes: u64,
    threads: u64,
}

impl Cost {
    fn of(service: &Service) -> Cost {
        let path = format!("/proc/{}/status", service.pid());
        let status = std::fs::read_to_string(path).unwrap();
        let figure = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let figure = line.unwrap().split_whitespace().next().unwrap();
            figure.parse().unwrap()
        };
        Cost {
            kilobytes: figure("VmRSS:"),
            threads: figure("Threads:"),
        }
    }
}

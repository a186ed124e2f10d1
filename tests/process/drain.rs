//! SIGTERM under load: it says first that it is not ready, every request on a connection it took is
//! answered whole, however late it comes, and nothing it has acknowledged is missing after the next
//! start.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::process::caller::{Answer, Caller, adjustments_of};
use crate::support::process::Installation;

const WRITERS: usize = 6;
const READERS: usize = 4;
const ENDS_WITHIN: Duration = Duration::from_secs(10);

/// What became of a client's requests.
#[derive(Default)]
struct Seen {
    acknowledged: Vec<String>,
    answers: usize,
    /// Accepted, and then not answered whole.
    broken: Vec<String>,
    /// Nobody was there any more.
    refused: bool,
}

impl Seen {
    fn note(&mut self, result: Result<Answer, Error>) -> Option<Answer> {
        match result {
            Ok(answer) => {
                self.answers += 1;
                let status = answer.status.as_u16();
                if status >= 500 && status != 503 {
                    self.broken.push(answer.text.clone());
                }
                return Some(answer);
            }
            Err(error) if error.is_connect() => self.refused = true,
            Err(error) => self.broken.push(format!("{error:?}")),
        }
        None
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_breaks_and_nothing_is_lost_when_it_is_told_to_stop() {
    let installation = Installation::embedded();
    let mut service = installation.serve().await;
    let api = service.url("api").await;
    let admin = Caller::new(&installation, &api, "admin").await;
    let mut clients = JoinSet::new();
    let busy = Arc::new(AtomicBool::new(false));
    for number in 0..WRITERS {
        clients.spawn(write_until_refused(
            admin.clone(),
            number,
            Arc::clone(&busy),
        ));
    }
    for _ in 0..READERS {
        clients.spawn(read_until_refused(admin.clone()));
    }
    service
        .until("busy", async || busy.load(Ordering::SeqCst))
        .await;

    let told = Instant::now();
    service.signal("TERM").await;
    let unready = seen_unready(&api, told).await;
    let status = service.ended().await;
    let took = told.elapsed();
    assert!(status.success(), "{status}\n{}", service.said());
    assert!(took < ENDS_WITHIN, "it took {took:?}");

    let (mut answers, mut acknowledged) = (0, BTreeSet::new());
    while let Some(seen) = clients.join_next().await {
        let seen = seen.unwrap();
        assert!(seen.broken.is_empty(), "broken answers: {:?}", seen.broken);
        answers += seen.answers;
        acknowledged.extend(seen.acknowledged);
    }
    println!(
        "{answers} answers, {} writes acknowledged, unready after {unready:?}, ended after {took:?}",
        acknowledged.len()
    );

    let mut again = installation.serve().await;
    let owner = Caller::new(&installation, &again.url("api").await, "user-1").await;
    let entries = owner.all("/v1/usage-history").await;
    let stored: BTreeSet<String> = entries
        .iter()
        .map(|entry| entry["description"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(stored.len(), entries.len(), "a write is there twice");
    let lost: Vec<&String> = acknowledged.difference(&stored).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(again.stop().await.status.success());
    installation.verified().await;
}

async fn write_until_refused(admin: Caller, writer: usize, busy: Arc<AtomicBool>) -> Seen {
    let mut seen = Seen::default();
    let path = adjustments_of("user-1");
    for number in 0_u32.. {
        let reason = format!("writer {writer} number {number}");
        let key = reason.replace(' ', "-");
        let body = serde_json::json!({"credits": "+1", "reason": reason});
        let answer = seen.note(admin.post(&path, &key, &body).await);
        if answer.is_some_and(|answer| answer.status == 201) {
            seen.acknowledged.push(reason);
        }
        if seen.refused || !seen.broken.is_empty() {
            break;
        }
        // Everybody is well under way.
        if number == 5 {
            busy.store(true, Ordering::SeqCst);
        }
    }
    seen
}

async fn read_until_refused(admin: Caller) -> Seen {
    let mut seen = Seen::default();
    while !seen.refused && seen.broken.is_empty() {
        seen.note(admin.get("/v1/balance").await);
    }
    seen
}

/// Asks on fresh connections until the service says that it drains. It must say so, and before it
/// refuses anybody.
async fn seen_unready(api: &str, told: Instant) -> Duration {
    let address = api.trim_start_matches("http://");
    loop {
        let mut stream = TcpStream::connect(address)
            .await
            .expect("it refuses before it has said that it is not ready");
        let ask =
            format!("GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(ask.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        if answer.contains("draining") {
            assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
            return told.elapsed();
        }
        assert!(told.elapsed() < ENDS_WITHIN);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

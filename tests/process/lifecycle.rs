//! From start to stop: ready soon, alone in its directory, where it says it is, gone when told.

use std::os::unix::process::ExitStatusExt;
use std::time::Duration;

use crate::process::caller::Caller;
use crate::support::process::{Installation, client};

const READY_WITHIN: Duration = Duration::from_secs(2);
const MOST_STARTS: usize = 80;

#[tokio::test]
async fn it_is_ready_within_two_seconds() {
    let mut fastest = Duration::MAX;
    // Other tests run meanwhile, some for minutes: the best start is what it needs by itself.
    for _ in 0..MOST_STARTS {
        let service = Installation::embedded().serve().await;
        fastest = fastest.min(service.spawned_at.elapsed());
        service.kill().await;
        if fastest <= READY_WITHIN {
            break;
        }
    }
    println!("ready after {fastest:?}");
    assert!(fastest <= READY_WITHIN, "ready after {fastest:?}");
}

#[tokio::test]
async fn a_second_process_is_refused_the_data_directory() {
    let installation = Installation::embedded();
    let service = installation.serve().await;
    let second = installation.run(&["serve"]).await;
    assert!(!second.status.success());
    let pid = format!("(pid {})", service.pid());
    for part in [pid.as_str(), "in use", "CREDITS_DATA_DIR"] {
        assert!(second.stderr.contains(part), "{part}: {}", second.stderr);
    }
    assert!(!second.stdout.contains("listening"), "{}", second.stdout);
    // The first has not noticed.
    assert!(service.stop().await.status.success());
}

#[tokio::test]
async fn the_directory_of_a_killed_process_is_free_at_once() {
    let installation = Installation::embedded();
    installation.serve().await.kill().await;
    let service = installation.serve().await;
    assert!(service.stop().await.status.success());
}

#[tokio::test]
async fn port_zero_is_a_real_port_and_the_log_says_which() {
    let installation = Installation::embedded();
    let mut service = installation.serve().await;
    let mut urls = Vec::new();
    for (name, path, status) in [
        ("api", "/health/live", 200),
        ("sandbox", "/v1/events", 401),
        ("metrics", "/metrics", 200),
    ] {
        let url = service.url(name).await;
        assert!(!url.ends_with(":0"), "{url}");
        let answer = client().get(format!("{url}{path}")).send().await.unwrap();
        assert_eq!(answer.status(), status, "{url}{path}");
        urls.push(url);
    }
    urls.sort();
    urls.dedup();
    assert_eq!(urls.len(), 3);
}

#[tokio::test]
async fn what_is_off_does_not_listen() {
    let installation = Installation::embedded().with("CREDITS_METRICS_LISTEN", "off");
    let service = installation.serve().await;
    let lines = service.stdout().join("\n");
    assert!(lines.contains("\"name\":\"sandbox\""), "{lines}");
    assert!(!lines.contains("\"name\":\"metrics\""), "{lines}");
    assert!(service.stop().await.status.success());
}

#[tokio::test]
async fn an_interrupt_ends_it_as_well() {
    let installation = Installation::embedded();
    let mut service = installation.serve().await;
    service.signal("INT").await;
    assert!(service.ended().await.success());
}

#[tokio::test]
async fn a_second_signal_ends_it_at_once() {
    let installation = Installation::embedded();
    let mut service = installation.serve().await;
    let api = service.url("api").await;
    // A request whose body never comes keeps the drain waiting.
    let caller = Caller::new(&installation, &api, "admin").await;
    let _hanging = hang(&caller).await;
    service.signal("TERM").await;
    let lines = service.stdout();
    assert!(!lines.iter().any(|line| line.contains("\"stopped\"")));
    let draining = |lines: Vec<String>| lines.iter().any(|line| line.contains("\"draining\""));
    let mut seen = false;
    while !seen {
        seen = draining(service.stdout());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let told = std::time::Instant::now();
    service.signal("TERM").await;
    let status = service.ended().await;
    assert!(
        told.elapsed() < Duration::from_secs(1),
        "{:?}",
        told.elapsed()
    );
    assert_eq!((status.code(), status.signal()), (Some(130), None));
}

/// A write whose head is there and whose body is not.
async fn hang(caller: &Caller) -> tokio::net::TcpStream {
    use tokio::io::AsyncWriteExt;
    let address = caller.api.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/checkout-sessions HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\
         Idempotency-Key: hanging\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{{",
        caller.token()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

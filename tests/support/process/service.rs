//! A child process that serves: what it says, where it listens, and how it is ended. It never
//! outlives the test that started it.

use std::process::ExitStatus;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use super::PATIENCE;

const LOOK_EVERY: Duration = Duration::from_millis(10);

/// A running `credits serve` or `credits sandbox`. Dropping it kills it.
pub struct Service {
    child: Child,
    pub spawned_at: Instant,
    output: Output,
    readers: [JoinHandle<()>; 2],
}

#[derive(Clone, Default)]
struct Output {
    stdout: Arc<Mutex<Vec<String>>>,
    stderr: Arc<Mutex<Vec<String>>>,
}

impl Service {
    pub(super) fn start(command: &mut Command) -> Service {
        let spawned_at = Instant::now();
        let mut child = command.spawn().unwrap();
        let output = Output::default();
        let readers = [
            collect(child.stdout.take().unwrap(), &output.stdout),
            collect(child.stderr.take().unwrap(), &output.stderr),
        ];
        Service {
            child,
            spawned_at,
            output,
            readers,
        }
    }

    /// Where a listener of the name is, as the log says.
    pub async fn url(&mut self, name: &str) -> String {
        let output = self.output.clone();
        self.until("listening", async || output.url(name).is_some())
            .await;
        output.url(name).unwrap()
    }

    /// Looks until something holds. A process that has ended will not bring it about.
    pub async fn until(&mut self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let started = Instant::now();
        while !holds().await {
            let ended = self.child.try_wait().unwrap();
            assert!(
                ended.is_none() && started.elapsed() < PATIENCE,
                "not {what}; ended: {ended:?}; it said:\n{}",
                self.said()
            );
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits for what `look` finds.
    pub async fn until_some<T>(
        &mut self,
        what: &str,
        mut look: impl AsyncFnMut() -> Option<T>,
    ) -> T {
        let mut found = None;
        self.until(what, async || {
            found = look().await;
            found.is_some()
        })
        .await;
        found.unwrap()
    }

    pub fn pid(&self) -> u32 {
        self.child.id().expect("it has ended")
    }

    /// `TERM`, `INT`: what an operator sends.
    pub async fn signal(&self, name: &str) {
        let pid = self.pid().to_string();
        let command = format!("kill -s {name} {pid}");
        let sent = Command::new("sh").args(["-c", &command]).status().await;
        assert!(sent.unwrap().success());
    }

    /// SIGKILL: the process has no say in it.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    pub async fn ended(&mut self) -> ExitStatus {
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        for reader in &mut self.readers {
            // All that it said before it ended has been read when this returns.
            let _ = tokio::time::timeout(PATIENCE, reader).await;
        }
        status.expect("the process does not end").unwrap()
    }

    /// SIGTERM, and the end that has to follow.
    pub async fn stop(mut self) -> Stopped {
        self.signal("TERM").await;
        let status = self.ended().await;
        Stopped {
            status,
            stdout: self.stdout(),
            stderr: self.stderr(),
        }
    }

    pub fn stdout(&self) -> Vec<String> {
        self.output.stdout.lock().unwrap().clone()
    }

    pub fn stderr(&self) -> Vec<String> {
        self.output.stderr.lock().unwrap().clone()
    }

    pub fn said(&self) -> String {
        let stdout = self.stdout();
        let last = stdout.len().saturating_sub(40);
        format!(
            "{}\n{}",
            stdout[last..].join("\n"),
            self.stderr().join("\n")
        )
    }
}

/// A service that was told to end, and did.
pub struct Stopped {
    pub status: ExitStatus,
    pub stdout: Vec<String>,
    pub stderr: Vec<String>,
}

impl Output {
    fn url(&self, name: &str) -> Option<String> {
        let lines = self.stdout.lock().unwrap();
        lines.iter().find_map(|line| {
            let line: Value = serde_json::from_str(line).ok()?;
            let named = line["message"] == "listening" && line["name"] == name;
            named.then(|| line["url"].as_str().map(str::to_owned))?
        })
    }
}

fn collect(
    pipe: impl AsyncRead + Unpin + Send + 'static,
    into: &Arc<Mutex<Vec<String>>>,
) -> JoinHandle<()> {
    let into = Arc::clone(into);
    tokio::spawn(async move {
        let mut lines = BufReader::new(pipe).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            into.lock().unwrap().push(line);
        }
    })
}

//! The real `credits` program as a child process: an installation with a data directory of its
//! own, commands run in it, and a service that says in its log where it listens. No port is taken
//! for granted, and no child outlives its test.

mod service;

pub use service::Service;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use credits::config::Database;
use secrecy::ExposeSecret;
use tempfile::TempDir;
use tokio::process::Command;

use super::databases::TestDatabase;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A data directory and a configuration.
pub struct Installation {
    home: TempDir,
    variables: BTreeMap<String, String>,
}

/// A command that has ended.
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Installation {
    /// Sandbox mode with the embedded database, on free ports.
    pub fn embedded() -> Installation {
        let home = TempDir::new().unwrap();
        let data = home.path().join("data").display().to_string();
        Installation {
            home,
            variables: BTreeMap::new(),
        }
        .with("CREDITS_DATA_DIR", &data)
        .with("CREDITS_LISTEN", "127.0.0.1:0")
        .with("CREDITS_SANDBOX_LISTEN", "127.0.0.1:0")
        .with("CREDITS_METRICS_LISTEN", "127.0.0.1:0")
    }

    /// The same on a test's database.
    pub fn on(database: &TestDatabase) -> Installation {
        let url = match &database.database {
            Database::Sqlite(path) => format!("sqlite://{}", path.display()),
            Database::Postgres(url) => url.expose_secret().to_owned(),
        };
        Installation::embedded().with("CREDITS_DATABASE_URL", &url)
    }

    pub fn with(mut self, variable: &str, value: &str) -> Installation {
        self.variables.insert(variable.to_owned(), value.to_owned());
        self
    }

    pub fn variable(&self, name: &str) -> &str {
        &self.variables[name]
    }

    pub fn data_dir(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Nothing of the configuration of whoever runs the tests leaks in.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        let inherited = std::env::vars_os().map(|(name, _)| name);
        for name in inherited.filter(|name| name.to_string_lossy().starts_with("CREDITS_")) {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .envs(&self.variables)
            .current_dir(self.home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs a command to its end.
    pub async fn run(&self, arguments: &[&str]) -> Ended {
        let output = self.command(arguments).output();
        let output = tokio::time::timeout(PATIENCE, output).await;
        let output = output.expect("the command does not end").unwrap();
        Ended {
            status: output.status,
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn spawn(&self, arguments: &[&str]) -> Service {
        Service::start(&mut self.command(arguments))
    }

    /// Starts a service that kills itself at a step (a debug build of it).
    pub fn serve_until(&self, step: &str) -> Service {
        let mut command = self.command(&["serve"]);
        Service::start(command.env("CREDITS_KILL_AT", step))
    }

    /// Starts the service, and returns once it is ready.
    pub async fn serve(&self) -> Service {
        let mut service = self.spawn(&["serve"]);
        let ready = format!("{}/health/ready", service.url("api").await);
        service
            .until("ready", async || {
                let answer = client().get(&ready).send().await;
                answer.is_ok_and(|answer| answer.status().is_success())
            })
            .await;
        service
    }

    pub async fn token(&self, account: &str, scope: &str) -> String {
        let minted = self
            .run(&["token", "--account", account, "--scope", scope])
            .await;
        assert!(minted.status.success(), "{}", minted.stderr);
        minted.stdout.trim().to_owned()
    }

    /// What the auditor says, once it has said that all is well.
    pub async fn verified(&self) -> String {
        let audit = self.run(&["verify"]).await;
        assert!(audit.status.success(), "{}{}", audit.stdout, audit.stderr);
        audit.stdout
    }
}

/// The program under test; another build of it (a release, say) by `TEST_CREDITS_BINARY`.
fn binary() -> PathBuf {
    let given = std::env::var_os("TEST_CREDITS_BINARY");
    given.map_or_else(|| env!("CARGO_BIN_EXE_credits").into(), PathBuf::from)
}

/// A client that gives up, and that keeps no connection to a process that may be gone.
pub fn client() -> reqwest::Client {
    credits::payments::stripe::install_crypto_provider();
    reqwest::Client::builder()
        .timeout(Duration::from_secs(15))
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

/// A port that is free now, below the range that the kernel hands out by itself: it stays free
/// while the process that has it is restarted.
pub fn free_address() -> String {
    loop {
        let port: u16 = rand::random_range(20_000..32_000);
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return format!("127.0.0.1:{port}");
        }
    }
}

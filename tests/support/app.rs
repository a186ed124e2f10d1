//! The real service, started for one test: its own database, its own Stripe sandbox, free ports and
//! a clock moved by hand. A test cannot end without `finish`, which stops everything and has the
//! auditor look at what is left.

use clap::Parser;
use credits::clock::Clock;
use credits::config::{Config, Database, Settings};
use credits::data_dir::{DataDirectory, SandboxSecrets};
use credits::serve::Running;
use credits::verify;
use ledger::instant::Instant;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::Answer;
use super::databases::TestDatabase;

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    config: Config,
}

pub struct TestApp {
    pub db: TestDatabase,
    pub clock: Clock,
    pub secrets: SandboxSecrets,
    pub issuer: String,
    pub audience: String,
    data_dir: TempDir,
    /// Where the API and the sandbox listened first: a restart changes no address.
    addresses: Vec<String>,
    running: Option<Running>,
    pub http: reqwest::Client,
    finished: bool,
}

impl TestApp {
    pub async fn start(db: TestDatabase) -> TestApp {
        credits::payments::stripe::install_crypto_provider();
        let data_dir = TempDir::new().unwrap();
        let directory = DataDirectory::open(data_dir.path()).unwrap();
        let secrets = SandboxSecrets::keep(&directory).unwrap();
        let settings = settings(&db, &data_dir, &[]);
        let mut app = TestApp {
            clock: Clock::manual(Clock::System.now()),
            secrets,
            issuer: settings.identity.issuer.clone(),
            audience: settings.identity.audience.clone(),
            data_dir,
            addresses: Vec::new(),
            running: None,
            http: http_client(),
            finished: false,
            db,
        };
        app.start_again(&[]).await;
        app
    }

    /// Starts what `stop` has stopped: another process on the same database and data directory.
    pub async fn start_again(&mut self, flags: &[&str]) {
        assert!(self.running.is_none(), "the service runs already");
        let kept = self.addresses.iter().map(String::as_str);
        let flags: Vec<&str> = kept.chain(flags.iter().copied()).collect();
        let settings = settings(&self.db, &self.data_dir, &flags);
        let running = Running::start(settings, self.clock.clone()).await;
        let running = running.unwrap();
        let address = |url: &str| url.trim_start_matches("http://").to_owned();
        let sandbox = running.sandbox_url.as_deref().map(address).unwrap();
        self.addresses = vec![
            format!("--listen={}", address(&running.api_url)),
            format!("--sandbox-listen={sandbox}"),
        ];
        self.running = Some(running);
    }

    /// A second process on the same database, with a data directory and a sandbox of its own.
    pub async fn second(&self) -> Second {
        let data_dir = TempDir::new().unwrap();
        const FILE: &str = "sandbox-secrets.json";
        let to = data_dir.path().join(FILE);
        std::fs::copy(self.data_dir.path().join(FILE), to).unwrap();
        let settings = settings(&self.db, &data_dir, &[]);
        let running = Running::start(settings, self.clock.clone()).await.unwrap();
        Second {
            running,
            _data_dir: data_dir,
        }
    }

    pub async fn stop(&mut self) {
        // Connections kept open would be waited for.
        self.http = http_client();
        self.running.take().unwrap().stop_at_once().await;
    }

    pub async fn restart(&mut self, flags: &[&str]) {
        self.stop().await;
        self.start_again(flags).await;
    }

    /// The end of every test: everything stops, and the auditor finds nothing.
    pub async fn finish(mut self) {
        if self.running.is_some() {
            self.stop().await;
        }
        self.finished = true;
        let report = verify::verify(&self.db.store).await.unwrap();
        let found: Vec<String> = report.violations.iter().map(ToString::to_string).collect();
        assert!(report.is_healthy(), "{report}\n{}", found.join("\n"));
    }

    pub fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    pub fn url(&self) -> &str {
        &self.running().api_url
    }

    pub fn advance(&self, seconds: i64) {
        self.clock
            .set(self.clock.now().plus_seconds(seconds).unwrap());
    }

    pub fn set_clock(&self, micros: i64) {
        self.clock.set(Instant::from_micros(micros));
    }

    /// Gives an account credits, as an administrator does.
    pub async fn give(&self, account: &str, credits: &str) {
        let path = format!("/v1/admin/accounts/{account}/adjustments");
        let body = json!({"credits": credits, "reason": "for a test"});
        let given = self.as_admin().post(&path, &body).fresh_key().await;
        assert_eq!(given.status, 201, "{}", given.text);
    }

    pub async fn available(&self, account: &str) -> String {
        let balance = self.as_user(account).get("/v1/balance").await.ok();
        balance["available"].as_str().unwrap().to_owned()
    }

    /// Orders something of the Stripe sandbox.
    pub async fn order(&self, path: &str, order: &Value) -> Value {
        let url = format!("{}/_sandbox{path}", self.sandbox_url());
        let key = self.secrets.stripe_secret_key.expose_secret();
        let request = self.http.post(url).bearer_auth(key).json(order);
        Answer::of(request).await.ok()
    }

    /// Has the next call that is about checkout sessions fail in this way.
    pub async fn spoil_session(&self, mut fault: Value) {
        fault["path"] = json!("/v1/checkout/sessions");
        self.order("/faults", &json!({"next": [fault]})).await;
    }

    /// What Stripe says.
    pub async fn stripe(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.sandbox_url());
        let key = self.secrets.stripe_secret_key.expose_secret();
        Answer::of(self.http.get(url).bearer_auth(key)).await.ok()
    }

    /// What somebody does at Stripe by himself.
    pub async fn stripe_form(&self, path: &str, form: &[(&str, String)]) -> Value {
        let url = format!("{}{path}", self.sandbox_url());
        let key = self.secrets.stripe_secret_key.expose_secret();
        Answer::of(self.http.post(url).bearer_auth(key).form(form))
            .await
            .ok()
    }

    /// Posts a form to a page, as a browser without JavaScript does.
    pub async fn submit(&self, page: &str, form: &[(&str, &str)]) -> Answer {
        Answer::of(self.http.post(page).form(form)).await
    }

    pub fn sandbox_url(&self) -> &str {
        self.running().sandbox_url.as_deref().unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let forgotten = !self.finished && !std::thread::panicking();
        assert!(!forgotten, "a test must end with `finish`");
    }
}

/// Another process of the service; stop it before the first one's `finish`.
pub struct Second {
    pub running: Running,
    _data_dir: TempDir,
}

fn settings(db: &TestDatabase, data_dir: &TempDir, flags: &[&str]) -> Settings {
    let database = match &db.database {
        Database::Sqlite(path) => format!("sqlite://{}", path.display()),
        Database::Postgres(url) => url.expose_secret().to_owned(),
    };
    let named = |name: &str| flags.iter().any(|flag| flag.starts_with(name));
    let free_ports = ["--listen=", "--sandbox-listen="]
        .into_iter()
        .filter(|name| !named(name))
        .map(|name| format!("{name}127.0.0.1:0"));
    let own = [
        "credits".to_owned(),
        "--mode=sandbox".to_owned(),
        format!("--data-dir={}", data_dir.path().display()),
        format!("--database-url={database}"),
        "--database-pool-size=8".to_owned(),
        // The recorder of metrics belongs to the whole process.
        "--metrics-listen=off".to_owned(),
    ];
    let flags = flags.iter().map(|&flag| flag.to_owned());
    let flags = flags.chain(free_ports);
    let line = CommandLine::try_parse_from(own.into_iter().chain(flags)).unwrap();
    line.config.settle().unwrap()
}

fn http_client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(60))
        .pool_max_idle_per_host(0)
        .build()
        .unwrap()
}

/// One test: the service starts, `fact` is looked at, everything ends.
pub async fn run(db: TestDatabase, fact: impl AsyncFnOnce(&mut TestApp)) {
    let mut app = TestApp::start(db).await;
    fact(&mut app).await;
    app.finish().await;
}

/// Makes two tests of each function, one for each engine, and ends each with `finish`.
macro_rules! with_app {
    ($( $(#[$attribute:meta])* async fn $name:ident($app:ident: &mut TestApp) $body:block )+) => {
        $(
            $(#[$attribute])*
            async fn $name($app: &mut $crate::support::app::TestApp) $body

            mod $name {
                use $crate::support::app::run;
                use $crate::support::databases::TestDatabase;

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    run(TestDatabase::sqlite().await, super::$name).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    run(TestDatabase::postgres().await, super::$name).await;
                }
            }
        )+
    };
}

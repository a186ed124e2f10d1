//! Starting and stopping the sandbox; it must never bind a socket of its own choosing.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::control::faults::Faults;
use crate::core::{Core, KeysInUse};
use crate::store::{Store, StoreError};
use crate::target::WebhookTarget;
use crate::{delivery, http};

/// What a sandbox needs to run.
pub struct SandboxConfig {
    /// Already bound.
    pub listener: TcpListener,
    /// How browsers reach the sandbox, without a slash at the end: `http://127.0.0.1:8081`.
    pub public_url: String,
    /// The redb file; made if missing, and whole again after a `kill -9`.
    pub state_file: PathBuf,
    /// `sk_test_…`; requests carry it as Bearer token or as the user of Basic.
    pub secret_key: String,
    /// Where events go.
    pub webhooks: Vec<WebhookTarget>,
}

/// Why a sandbox would not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The state file can't be opened or read, or another process holds it.
    #[error("the sandbox's state file can't be used")]
    State(#[from] StoreError),
    /// The listener can't be served.
    #[error("the sandbox can't serve its listener")]
    Listen(#[from] std::io::Error),
    /// The HTTP client that delivers events can't be built.
    #[error("the sandbox's webhook client can't be built")]
    Client(#[from] reqwest::Error),
}

/// A running sandbox.
pub struct Sandbox {
    url: String,
    core: Arc<Core>,
    server: ServerHandle,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Sandbox {
    /// Serves Stripe's API on the listener, and delivers what a former run left undelivered.
    ///
    /// # Errors
    /// When the state file, the listener or the webhook client can't be used.
    pub async fn start(config: SandboxConfig) -> Result<Sandbox, SandboxError> {
        let url = format!("http://{}", config.listener.local_addr()?);
        let store = Store::open(&config.state_file)?;
        let offset_s = store.clock_offset()?;
        let core = Arc::new(Core {
            store,
            clock: Clock::new(offset_s),
            public_url: config.public_url.trim_end_matches('/').to_owned(),
            secret_key: config.secret_key,
            webhooks: config.webhooks,
            faults: Faults::default(),
            keys_in_use: KeysInUse::default(),
            deliveries: tokio::sync::Notify::new(),
        });
        let client = delivery::client()?;
        let (stop, stopped) = watch::channel(false);
        let shared = Data::from(Arc::clone(&core));
        let server =
            HttpServer::new(move || App::new().app_data(shared.clone()).configure(http::routes))
                .on_connect(crate::control::hang_up::remember_connection)
                .workers(2)
                .shutdown_timeout(2)
                .client_request_timeout(Duration::from_secs(10))
                .disable_signals()
                .listen(config.listener)?
                .run();
        let handle = server.handle();
        let tasks = vec![
            tokio::spawn(async move {
                if let Err(error) = server.await {
                    tracing::error!(%error, "the sandbox's server ended");
                }
            }),
            tokio::spawn(delivery::run(Arc::clone(&core), client, stopped.clone())),
            tokio::spawn(watch_the_clock(Arc::clone(&core), stopped)),
        ];
        Ok(Sandbox {
            url,
            core,
            server: handle,
            stop,
            tasks,
        })
    }

    /// The base URL for clients: `http://127.0.0.1:8081`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Finishes the requests under way, then closes the state file.
    pub async fn stop(self) {
        self.server.stop(true).await;
        // Nobody listens any more when the tasks have ended by themselves.
        let _ = self.stop.send(true);
        for task in self.tasks {
            let _ = task.await;
        }
        let core = self.core;
        let _ = tokio::task::spawn_blocking(move || core.store.close()).await;
    }
}

async fn watch_the_clock(core: Arc<Core>, mut stopped: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = tick.tick() => {
                if let Err(error) = core.run_due().await {
                    tracing::error!(%error, "what is due could not be done");
                }
            }
        }
    }
}

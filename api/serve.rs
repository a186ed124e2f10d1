//! The running process: API, workers, metrics and, in sandbox mode, the Stripe sandbox; how they
//! start, and how they end without losing anything.

mod sandbox;
mod setup;
mod turn_away;

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use secrecy::ExposeSecret;
use stripe_sandbox::Sandbox;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;

use self::setup::{bind, couriers, prepare_data_dir, stripe_client, stripe_key};
use self::turn_away::Doorkeeper;
pub use sandbox::serve_alone;

use crate::app::App;
use crate::auth::{Authenticator, CursorSeal, SigningKey};
use crate::catalogue::{Catalogue, Rates};
use crate::clock::Clock;
use crate::config::{Mode, Settings};
use crate::data_dir::DataDirLock;
use crate::delivery::Dispatch;
use crate::live::Watchers;
use crate::observe;
use crate::page::{self, Page};
use crate::payments::Payments;
use crate::store::Store;
use crate::workers::{Work, Workers};
use crate::writer::{Writer, WriterTask};

/// Why the service did not start, or did not end well: a sentence for whoever started it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// After the process is told to stop, requests still come in for so long, and are answered, until
/// whoever sends them has noticed that it is not ready.
const LAME_DUCK: Duration = Duration::from_millis(500);

/// Connections just accepted reach their thread within that.
const HAND_OVER: Duration = Duration::from_millis(100);

/// A service that serves.
pub struct Running {
    pub app: Data<App>,
    pub api_url: String,
    pub sandbox_url: Option<String>,
    pub metrics_url: Option<String>,
    servers: Vec<ServerHandle>,
    /// Another handle to the API's socket, for those who come too late.
    door: TcpListener,
    workers: Workers,
    writer: WriterTask,
    sandbox: Option<Sandbox>,
    _locks: Vec<DataDirLock>,
}

/// Starts, serves until told to stop, and drains.
pub async fn serve(settings: Settings) -> Result<(), Failure> {
    observe::log(&settings.log)?;
    let sandboxed = settings.mode == Mode::Sandbox;
    let running = Running::start(settings, Clock::System).await?;
    running.announce(sandboxed);
    stop_signal().await?;
    // A second signal does not wait.
    tokio::spawn(async {
        if stop_signal().await.is_ok() {
            std::process::exit(130);
        }
    });
    tracing::info!("draining");
    running.stop().await;
    tracing::info!("stopped");
    Ok(())
}

impl Running {
    pub async fn start(mut settings: Settings, clock: Clock) -> Result<Running, Failure> {
        let locks = prepare_data_dir(&mut settings)?;
        let api_listener = bind("CREDITS_LISTEN", settings.listen)?;
        let api_address = api_listener.local_addr()?;
        let door = api_listener.try_clone()?;
        let public_url = settings.public_url(api_address);
        let sandbox = sandbox::embedded(&settings, api_address).await?;

        let mut servers = Vec::new();
        let mut metrics_url = None;
        // Before anything is measured: what nobody collects is lost.
        if let Some(address) = settings.metrics_listen {
            let listener = bind("CREDITS_METRICS_LISTEN", address)?;
            metrics_url = Some(format!("http://{}", listener.local_addr()?));
            servers.push(spawn(observe::serve(observe::metrics()?, listener)?));
        }

        let store = Store::open(&settings.store.database, settings.store.pool_size).await?;
        let watchers = Watchers::default();
        let (writer, writer_task) = Writer::start(&store, &clock, &watchers, settings.writer_queue);
        if Catalogue::find(&store, settings.currency).await?.is_none() {
            return Err("CREDITS_CURRENCY names a currency that there is no price list in".into());
        }
        let rates = Rates::load(&store).await?;
        let secret_key = stripe_key(&settings)?;
        let payments = Payments {
            store: store.clone(),
            writer: writer.clone(),
            stripe: stripe_client(&settings, &secret_key, sandbox.as_ref())?,
            clock: clock.clone(),
            livemode: settings.mode == Mode::Production,
            return_page: format!("{public_url}/checkout/return"),
        };
        let signing_key = settings.delivery.signing_key.as_ref();
        let signing_key = signing_key.map(SigningKey::new);
        let (mailer, webhooks) = couriers(&settings, signing_key.as_ref(), &public_url)?;
        let dispatch = Dispatch {
            store: store.clone(),
            writer: writer.clone(),
            clock: clock.clone(),
            mailer,
            webhooks,
        };
        let app = Data::new(App {
            store,
            writer,
            payments: payments.clone(),
            dispatch: dispatch.clone(),
            signing_key,
            rates,
            clock,
            authenticator: Authenticator::new(&settings.identity)?,
            seal: CursorSeal::derive(secret_key.expose_secret().as_bytes()),
            webhook_secrets: settings.stripe.webhook_secrets.clone(),
            page: Page::of(&settings),
            public_url: public_url.clone(),
            cors_origins: settings.cors_origins.clone(),
            currency: settings.currency,
            tax: settings.stripe.tax,
            invoices: settings.stripe.invoices,
            livemode: settings.mode == Mode::Production,
            inbox_bell: Arc::new(Notify::new()),
            watchers: watchers.clone(),
            draining: AtomicBool::new(false),
        });
        let workers = Workers::start(Work {
            payments: &payments,
            dispatch: &dispatch,
            rates: &app.rates,
            watchers: &watchers,
            inbox_bell: Arc::clone(&app.inbox_bell),
            reminder_days: settings.reminder_days.clone(),
        });

        let threads = available_parallelism().map_or(2, usize::from);
        servers.push(spawn(crate::http::serve(
            app.clone(),
            api_listener,
            threads,
        )?));
        Ok(Running {
            app,
            api_url: public_url,
            sandbox_url: sandbox.as_ref().map(|sandbox| sandbox.url().to_owned()),
            metrics_url,
            servers,
            door,
            workers,
            writer: writer_task,
            sandbox,
            _locks: locks,
        })
    }

    /// Says where everything is: to the log for programs, and to people who start it by hand.
    fn announce(&self, sandboxed: bool) {
        let sandbox = self.sandbox_url.as_deref();
        let all = [
            ("api", Some(self.api_url.as_str())),
            ("sandbox", sandbox),
            ("metrics", self.metrics_url.as_deref()),
        ];
        for (name, url) in all {
            if let Some(url) = url {
                tracing::info!(name, url, "listening");
            }
        }
        if sandboxed {
            let api = &self.api_url;
            eprintln!("\n  credits is running in sandbox mode: no real money moves.\n");
            if page::is_built() {
                eprintln!("  page      {api}/ (signed in as user-1)");
            } else {
                eprintln!("  page      not in this build: it takes Node.js, then `make run`");
            }
            eprintln!("  API       {api}/v1");
            eprintln!("  docs      {api}/docs/");
            if let Some(sandbox) = sandbox {
                eprintln!("  Stripe    {sandbox} (the sandbox)");
            }
            // As it was called, so that the line can be copied.
            let credits = std::env::args().next().unwrap_or("credits".to_owned());
            eprintln!("\n  A token for a user:   {credits} token --account user-1");
            eprintln!(
                "  and for an admin:     {credits} token --account admin --scope credits:admin\n"
            );
        }
    }

    /// Not ready first, then no new requests, then what is in hand, then what waits to be written.
    pub async fn stop(self) {
        self.app.drain();
        tokio::time::sleep(LAME_DUCK).await;
        self.stop_at_once().await;
    }

    /// The same without the wait, where nobody is left to notice.
    pub async fn stop_at_once(self) {
        self.app.drain();
        for server in &self.servers {
            server.pause().await;
        }
        let doorkeeper = Doorkeeper::start(self.door);
        // What was accepted before is on its way to a thread that serves it.
        tokio::time::sleep(HAND_OVER).await;
        for server in &self.servers {
            server.stop(true).await;
        }
        match doorkeeper {
            Ok(doorkeeper) => doorkeeper.finish().await,
            Err(error) => tracing::warn!(%error, "late callers were cut off"),
        }
        self.workers.stop().await;
        self.writer.finish().await;
        if let Some(sandbox) = self.sandbox {
            sandbox.stop().await;
        }
    }
}

fn spawn(server: actix_web::dev::Server) -> ServerHandle {
    let handle = server.handle();
    tokio::spawn(server);
    handle
}

async fn stop_signal() -> Result<(), Failure> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

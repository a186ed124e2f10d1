//! The command line: what each command does. Nothing of the service itself is decided here.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use secrecy::ExposeSecret;

use crate::auth::token::{self, TokenRequest};
use crate::bench::{self, BenchOptions};
use crate::clock::Clock;
use crate::config::{Config, Database, Mode};
use crate::data_dir::{DataDirectory, SandboxSecrets};
use crate::http::openapi;
use crate::payments::stripe::install_crypto_provider;
use crate::serve::{self, Failure};
use crate::store::Store;
use crate::verify;

/// The service behind a platform's Credits page.
#[derive(Parser)]
#[command(name = "credits", version)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API, the workers and, in sandbox mode, the Stripe sandbox.
    Serve(Configured),
    /// Bring the database up to date, and end.
    Migrate(Configured),
    /// Print the OpenAPI document.
    Openapi,
    /// Mint an access token; in sandbox mode only.
    Token(TokenCommand),
    /// Check every invariant of the ledger in the database.
    Verify(Configured),
    /// Put load on a running server, and print what it took.
    Bench(Box<BenchCommand>),
    /// Run the Stripe sandbox alone.
    Sandbox(SandboxCommand),
    /// Ask a running service whether it is ready.
    Health(Configured),
}

#[derive(Args)]
struct Configured {
    #[command(flatten)]
    config: Config,
}

#[derive(Args)]
struct TokenCommand {
    #[command(flatten)]
    request: TokenRequest,
    #[command(flatten)]
    config: Config,
}

#[derive(Args)]
struct BenchCommand {
    #[command(flatten)]
    options: BenchOptions,
    #[command(flatten)]
    config: Config,
}

#[derive(Args)]
struct SandboxCommand {
    /// The service that the sandbox sends its events to.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    api_url: String,
    #[command(flatten)]
    config: Config,
}

/// Runs a command; what went wrong is one sentence on standard error.
pub async fn run(line: CommandLine) -> ExitCode {
    match perform(line.command).await {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("credits: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn perform(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(Configured { config }) => serve::serve(config.settle()?).await?,
        Command::Migrate(Configured { config }) => migrate(&config).await?,
        Command::Openapi => std::io::stdout().write_all(openapi::document().as_bytes())?,
        Command::Token(TokenCommand { request, config }) => print_token(config, &request)?,
        Command::Verify(Configured { config }) => return verify_database(&config).await,
        Command::Bench(it) => return bench::run(it.options, it.config).await,
        Command::Sandbox(SandboxCommand { api_url, config }) => {
            serve::serve_alone(config.settle()?, &api_url).await?;
        }
        Command::Health(Configured { config }) => return health(config).await,
    }
    Ok(ExitCode::SUCCESS)
}

/// Connections for a command that does one thing.
const FEW_CONNECTIONS: usize = 2;

async fn migrate(config: &Config) -> Result<(), Failure> {
    let settings = config.settle_store()?;
    if settings.database.is_embedded() {
        DataDirectory::open(&settings.data_dir)?;
    }
    Store::open(&settings.database, FEW_CONNECTIONS).await?;
    println!("the database is up to date");
    Ok(())
}

fn print_token(config: Config, request: &TokenRequest) -> Result<(), Failure> {
    let mut settings = config.settle()?;
    if settings.mode == Mode::Sandbox {
        let directory = DataDirectory::open(&settings.store.data_dir)?;
        settings.adopt(&SandboxSecrets::keep(&directory)?);
    }
    let now = Clock::System.now().unix_seconds();
    let token = token::mint(&settings, request, now)?;
    println!("{}", token.expose_secret());
    Ok(())
}

async fn verify_database(config: &Config) -> Result<ExitCode, Failure> {
    let settings = config.settle_store()?;
    if let Database::Sqlite(path) = &settings.database
        && !path.exists()
    {
        return Err(format!("there is no database at {}", path.display()).into());
    }
    let store = Store::open_as_it_is(&settings.database, FEW_CONNECTIONS).await?;
    let report = verify::verify(&store).await?;
    for violation in &report.violations {
        println!("{violation}");
    }
    println!("{report}");
    Ok(if report.violations.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// For health checks of containers, which have no other client at hand.
async fn health(config: Config) -> Result<ExitCode, Failure> {
    let settings = config.settle()?;
    let mut address = settings.listen;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    // Without a provider of TLS there is no client, not even for plain HTTP.
    install_crypto_provider();
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .build()?;
    let answer = client
        .get(format!("http://{address}/health/ready"))
        .send()
        .await?;
    let ready = answer.status().is_success();
    println!("{}", answer.text().await?);
    Ok(if ready {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

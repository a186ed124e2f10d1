//! The sandbox alone: `cargo run -p stripe-sandbox --example serve -- --listen 127.0.0.1:0 --state DIR`.
//!
//! Prints its address on the first line. `--webhook URL=SECRET` may come several times, `--key` sets the secret key.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::ExitCode;

use stripe_sandbox::{Sandbox, SandboxConfig, WebhookTarget};

const USAGE: &str = "usage: serve --listen ADDRESS --state DIR [--key sk_test_...] [--public-url URL] \
                     [--webhook URL=SECRET]...";

struct Arguments {
    listen: String,
    state: PathBuf,
    key: String,
    public_url: Option<String>,
    webhooks: Vec<WebhookTarget>,
}

fn arguments() -> Option<Arguments> {
    let mut found = Arguments {
        listen: "127.0.0.1:0".into(),
        state: PathBuf::from("."),
        key: "sk_test_sandbox".into(),
        public_url: None,
        webhooks: Vec::new(),
    };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let value = given.next()?;
        match name.as_str() {
            "--listen" => found.listen = value,
            "--state" => found.state = value.into(),
            "--key" => found.key = value,
            "--public-url" => found.public_url = Some(value),
            "--webhook" => {
                // The secret has no equals sign, the address may have one.
                let (url, secret) = value.rsplit_once('=')?;
                found.webhooks.push(WebhookTarget {
                    url: url.into(),
                    secret: secret.into(),
                });
            }
            _ => return None,
        }
    }
    Some(found)
}

#[actix_web::main]
async fn main() -> ExitCode {
    let Some(arguments) = arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind(&arguments.listen)?;
    let address = listener.local_addr()?;
    let config = SandboxConfig {
        listener,
        public_url: arguments
            .public_url
            .unwrap_or_else(|| format!("http://{address}")),
        state_file: arguments.state.join("stripe-sandbox.redb"),
        secret_key: arguments.key,
        webhooks: arguments.webhooks,
    };
    let sandbox = Sandbox::start(config).await?;
    println!("{}", sandbox.url());
    tokio::signal::ctrl_c().await?;
    sandbox.stop().await;
    Ok(())
}

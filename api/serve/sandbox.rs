//! The Stripe sandbox: inside the service, or alone.

use std::net::SocketAddr;

use secrecy::ExposeSecret;
use stripe_sandbox::{Sandbox, SandboxConfig, WebhookTarget};

use super::setup::{bind, stripe_key};
use super::{Failure, stop_signal};
use crate::config::{Mode, Settings, StripeEndpoint};
use crate::data_dir::{DataDirectory, SandboxSecrets};
use crate::observe;

const STATE_FILE: &str = "stripe-sandbox.redb";

/// The sandbox of this very process, if the settings ask for one. Its events go straight to the
/// API's own socket.
pub async fn embedded(
    settings: &Settings,
    api_address: SocketAddr,
) -> Result<Option<Sandbox>, Failure> {
    if settings.mode == Mode::Production || settings.stripe.endpoint != StripeEndpoint::Embedded {
        return Ok(None);
    }
    let loopback = match api_address {
        address if address.ip().is_unspecified() => format!("127.0.0.1:{}", address.port()),
        address => address.to_string(),
    };
    start(settings, &format!("http://{loopback}")).await
}

/// `credits sandbox`: until told to stop.
pub async fn serve_alone(mut settings: Settings, api_url: &str) -> Result<(), Failure> {
    observe::log(&settings.log)?;
    if settings.mode == Mode::Production {
        return Err("the sandbox runs in sandbox mode only: CREDITS_MODE is production".into());
    }
    let directory = DataDirectory::open(&settings.store.data_dir)?;
    settings.adopt(&SandboxSecrets::keep(&directory)?);
    let sandbox = start(&settings, api_url)
        .await?
        .ok_or("CREDITS_SANDBOX_LISTEN is off")?;
    let url = sandbox.url().to_owned();
    tracing::info!(name = "sandbox", url, "listening");
    stop_signal().await?;
    sandbox.stop().await;
    Ok(())
}

async fn start(settings: &Settings, api_url: &str) -> Result<Option<Sandbox>, Failure> {
    let Some(address) = settings.sandbox_listen else {
        return Ok(None);
    };
    let listener = bind("CREDITS_SANDBOX_LISTEN", address)?;
    let bound = listener.local_addr()?;
    let reachable = if bound.ip().is_unspecified() {
        format!("http://127.0.0.1:{}", bound.port())
    } else {
        format!("http://{bound}")
    };
    let webhooks = settings.stripe.webhook_secrets.iter().take(1);
    let config = SandboxConfig {
        listener,
        public_url: reachable,
        state_file: settings.store.data_dir.join(STATE_FILE),
        secret_key: stripe_key(settings)?.expose_secret().to_owned(),
        webhooks: webhooks
            .map(|secret| WebhookTarget {
                url: format!("{api_url}/v1/webhooks/stripe"),
                secret: secret.expose_secret().to_owned(),
            })
            .collect(),
    };
    Ok(Some(Sandbox::start(config).await?))
}

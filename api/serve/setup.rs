//! What has to be there before anything is served: the data directory, taken for this process, the
//! sockets, and the way to Stripe.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use secrecy::SecretString;
use stripe_sandbox::Sandbox;
use url::Url;

use super::Failure;
use crate::config::{Database, Mode, Settings, StripeEndpoint};
use crate::data_dir::{DataDirLock, DataDirectory, SandboxSecrets};
use crate::payments::stripe::StripeClient;

/// One process at a time uses a directory that holds the database or the sandbox's state.
pub fn prepare_data_dir(settings: &mut Settings) -> Result<Vec<DataDirLock>, Failure> {
    let embeds_sandbox =
        settings.mode == Mode::Sandbox && settings.stripe.endpoint == StripeEndpoint::Embedded;
    let mut locks = Vec::new();
    let mut database_dir = None;
    if let Database::Sqlite(path) = &settings.store.database {
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        let directory = DataDirectory::open(parent)?;
        locks.push(directory.lock()?);
        database_dir = Some(directory.path().to_owned());
    }
    if settings.mode == Mode::Sandbox {
        let directory = DataDirectory::open(&settings.store.data_dir)?;
        if embeds_sandbox && database_dir.as_deref() != Some(directory.path()) {
            locks.push(directory.lock()?);
        }
        settings.adopt(&SandboxSecrets::keep(&directory)?);
    }
    Ok(locks)
}

pub fn stripe_key(settings: &Settings) -> Result<SecretString, Failure> {
    let key = settings.stripe.secret_key.clone();
    key.ok_or_else(|| "CREDITS_STRIPE_SECRET_KEY is missing".into())
}

pub fn stripe_client(
    settings: &Settings,
    secret_key: &SecretString,
    sandbox: Option<&Sandbox>,
) -> Result<StripeClient, Failure> {
    let url = stripe_url(settings, sandbox)?;
    StripeClient::new(secret_key, url.as_ref())
        .map_err(|failure| format!("Stripe's client: {failure}").into())
}

/// Where Stripe is; none is Stripe itself.
fn stripe_url(settings: &Settings, sandbox: Option<&Sandbox>) -> Result<Option<Url>, Failure> {
    match &settings.stripe.endpoint {
        StripeEndpoint::Stripe => Ok(None),
        StripeEndpoint::At(url) => Ok(Some(url.clone())),
        StripeEndpoint::Embedded => {
            let off =
                "CREDITS_SANDBOX_LISTEN is off, and CREDITS_STRIPE_URL names no other sandbox";
            let sandbox = sandbox.ok_or(off)?;
            Ok(Some(Url::parse(sandbox.url())?))
        }
    }
}

pub fn bind(variable: &str, address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .map_err(|error| format!("{variable}: cannot listen on {address}: {error}").into())
}

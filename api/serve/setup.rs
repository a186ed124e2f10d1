//! What has to be there before anything is served: the data directory, taken for this process, the
//! sockets, and the way to Stripe.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use secrecy::SecretString;
use stripe_sandbox::Sandbox;
use url::Url;

use super::Failure;
use crate::auth::SigningKey;
use crate::config::{Database, Mode, Settings, StripeEndpoint};
use crate::data_dir::{DataDirLock, DataDirectory, SandboxSecrets};
use crate::delivery::mail::{House, Mailer};
use crate::delivery::webhook::{Egress, WebhookSender};
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

/// Those who bring people mails and the platform's own systems webhooks, as far as they are configured.
pub fn couriers(
    settings: &Settings,
    key: Option<&SigningKey>,
    public_url: &str,
) -> Result<(Option<Mailer>, Option<WebhookSender>), Failure> {
    let Some(key) = key else {
        return Ok((None, None));
    };
    let house = House {
        product: settings.delivery.product_name.clone(),
        page_url: settings.page_url(public_url),
        public_url: public_url.to_owned(),
    };
    let mail = settings.delivery.mail.as_ref();
    let mailer = mail.map(|mail| Mailer::new(mail, house, key.clone()));
    let egress = Egress::new(settings.delivery.webhook_networks.clone());
    let webhooks = WebhookSender::new(key.clone(), egress)?;
    Ok((mailer.transpose()?, Some(webhooks)))
}

pub fn bind(variable: &str, address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .map_err(|error| format!("{variable}: cannot listen on {address}: {error}").into())
}

//! What the service runs on, once the configuration has been found sound. Nothing here is read
//! from the outside again, and no secret shows in `Debug`.

use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use ledger::money::Currency;
use ledger::purchase::Tax;
use lettre::message::Mailbox;
use secrecy::SecretString;
use url::Url;

use super::values::Database;
use crate::data_dir::SandboxSecrets;

/// Sandbox mode needs no account anywhere; production trusts no secret that is missing, short or
/// made for tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Sandbox,
    Production,
}

/// All that `serve` needs to know.
#[derive(Debug, Clone)]
pub struct Settings {
    pub mode: Mode,
    pub store: StoreSettings,
    /// Commands that may wait for the writer.
    pub writer_queue: usize,
    pub listen: SocketAddr,
    /// `None` is off; only the embedded sandbox uses it.
    pub sandbox_listen: Option<SocketAddr>,
    /// `None` is off.
    pub metrics_listen: Option<SocketAddr>,
    pub(super) public_url: Option<String>,
    /// Exact origins, compared byte by byte.
    pub cors_origins: Vec<String>,
    /// Of prices, unless a caller asks for another.
    pub currency: Currency,
    /// Descending.
    pub reminder_days: Vec<u16>,
    pub stripe: StripeSettings,
    pub delivery: DeliverySettings,
    pub page: PageSettings,
    pub identity: IdentitySettings,
    /// A `tracing_subscriber::EnvFilter`.
    pub log: String,
}

/// What a command needs that only touches the database.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    pub data_dir: PathBuf,
    pub database: Database,
    pub pool_size: usize,
}

/// How Stripe is reached, and how it proves itself.
#[derive(Debug, Clone)]
pub struct StripeSettings {
    pub endpoint: StripeEndpoint,
    /// `None` until [`Settings::adopt`], and only in sandbox mode.
    pub secret_key: Option<SecretString>,
    pub tax: Tax,
    /// Whether Stripe makes an invoice of each payment.
    pub invoices: bool,
    /// Empty until [`Settings::adopt`], and only in sandbox mode.
    pub webhook_secrets: Vec<SecretString>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StripeEndpoint {
    /// The sandbox inside this process.
    Embedded,
    /// Stripe itself.
    Stripe,
    /// Something that speaks like Stripe, at this URL.
    At(Url),
}

/// How people and the platform's own systems are told.
#[derive(Debug, Clone)]
pub struct DeliverySettings {
    /// `None`: no webhooks are sent. In sandbox mode one is made once ([`Settings::adopt`]).
    pub signing_key: Option<SecretString>,
    /// What webhooks may be sent to beside public addresses.
    pub webhook_networks: Vec<IpNet>,
    /// `None`: no mails are sent.
    pub mail: Option<MailSettings>,
    pub product_name: String,
    pub(super) page_url: Option<String>,
}

#[derive(Debug, Clone)]
pub struct MailSettings {
    /// With the password in it.
    pub server: SecretString,
    pub from: Mailbox,
}

/// What the page has to know of the platform that it is part of: URLs, or paths of its own origin.
#[derive(Debug, Clone)]
pub struct PageSettings {
    /// Where it gets access tokens. `None`: there is no page but the sandbox's.
    pub token_url: Option<String>,
    pub sign_in_url: Option<String>,
}

/// Whose tokens are believed, and what they must say.
#[derive(Debug, Clone)]
pub struct IdentitySettings {
    pub keys: TokenKeys,
    pub issuer: String,
    pub audience: String,
    pub account_claim: String,
}

/// One family of keys, never two: a public key must have no chance to be taken for a secret.
#[derive(Debug, Clone)]
pub enum TokenKeys {
    /// To be made once and kept in the data directory ([`Settings::adopt`]); sandbox mode only.
    MadeOnce,
    /// HS256, 32 bytes or more.
    Secret(SecretString),
    /// RS256, ES256 or EdDSA, published here.
    Jwks(Url),
}

impl Settings {
    /// Fills what was not configured with the secrets that the sandbox made for itself. In
    /// production everything was, or there would be no settings.
    pub fn adopt(&mut self, made: &SandboxSecrets) {
        if let TokenKeys::MadeOnce = self.identity.keys {
            self.identity.keys = TokenKeys::Secret(made.jwt_secret.clone());
        }
        self.stripe
            .secret_key
            .get_or_insert_with(|| made.stripe_secret_key.clone());
        if self.stripe.webhook_secrets.is_empty() {
            self.stripe.webhook_secrets = vec![made.webhook_secret.clone()];
        }
        self.delivery
            .signing_key
            .get_or_insert_with(|| made.webhook_secret.clone());
    }

    /// Where people see their credits, if it is not where the service is.
    pub fn page_url(&self, public_url: &str) -> String {
        let page = self.delivery.page_url.as_deref();
        page.unwrap_or(public_url).to_owned()
    }

    /// Where browsers and Stripe reach the service, without a slash at the end: as configured, or
    /// the address that `serve` was given (`bound`).
    pub fn public_url(&self, bound: SocketAddr) -> String {
        let port = bound.port();
        match &self.public_url {
            Some(url) => url.clone(),
            // "Every address" is no place to send a browser to.
            None if bound.ip().is_unspecified() => format!("http://127.0.0.1:{port}"),
            None => format!("http://{bound}"),
        }
    }
}

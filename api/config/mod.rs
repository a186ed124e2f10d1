//! Every variable of the service, each as a flag and an environment variable.
//!
//! [`Config`] is what was typed, [`Settings`] is what was meant and found sound. Values stay text
//! until [`Config::settle`], because the command line's own errors would print them, and no
//! message may ever show a value: any of them can be a secret put in the wrong place.

mod page;
mod secrets;
mod settings;
mod settle;
mod settle_delivery;
mod settle_page;
mod values;

pub use page::configuration_page;
pub use settings::{
    DeliverySettings, IdentitySettings, MailSettings, Mode, PageSettings, Settings, StoreSettings,
    StripeEndpoint, StripeSettings, TokenKeys,
};
pub use values::Database;

use secrecy::SecretString;

/// Why the service refuses to start: the variable by name, never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {problem}")]
pub struct ConfigError {
    pub variable: &'static str,
    pub problem: &'static str,
}

impl ConfigError {
    fn new(variable: &'static str, problem: &'static str) -> ConfigError {
        ConfigError { variable, problem }
    }
}

/// What a variable is when it is not set, or set to nothing.
mod defaults {
    pub(super) const DATA_DIR: &str = "./data";
    pub(super) const DATABASE_POOL_SIZE: &str = "16";
    pub(super) const WRITER_QUEUE: &str = "10000";
    pub(super) const LISTEN: &str = "127.0.0.1:8080";
    pub(super) const SANDBOX_LISTEN: &str = "127.0.0.1:8081";
    pub(super) const METRICS_LISTEN: &str = "127.0.0.1:9464";
    pub(super) const CURRENCY: &str = "usd";
    pub(super) const REMINDER_DAYS: &str = "30,7,1";
    pub(super) const STRIPE_TAX: &str = "off";
    pub(super) const STRIPE_INVOICES: &str = "off";
    pub(super) const ACCOUNT_CLAIM: &str = "sub";
    pub(super) const PRODUCT_NAME: &str = "Credits";
    pub(super) const LOG: &str = "info,actix_server=warn,actix_http=off";
}

/// The configuration as it was typed. A flag wins over its variable; an empty value counts as
/// absent. Secrets belong in the environment: flags are visible to everyone on the machine.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Configuration")]
pub struct Config {
    /// `sandbox` (no account anywhere is needed) or `production` (refuses missing, short and test
    /// secrets).
    #[arg(long, env = "CREDITS_MODE", value_name = "MODE")]
    mode: Option<String>,

    /// Where the embedded database, the sandbox's state and its secrets are kept. One process at
    /// a time when the database is embedded.
    #[arg(
        long,
        env = "CREDITS_DATA_DIR",
        value_name = "PATH",
        default_value = defaults::DATA_DIR
    )]
    data_dir: String,

    /// `sqlite://PATH` for the embedded database, or `postgres://USER:PASSWORD@HOST/NAME`.
    #[arg(
        long,
        env = "CREDITS_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    database_url: Option<SecretString>,

    /// Connections kept to the database.
    #[arg(
        long,
        env = "CREDITS_DATABASE_POOL_SIZE",
        value_name = "CONNECTIONS",
        default_value = defaults::DATABASE_POOL_SIZE
    )]
    database_pool_size: String,

    /// Commands that may wait to be written; past it callers get 503 with Retry-After at once.
    #[arg(
        long,
        env = "CREDITS_WRITER_QUEUE",
        value_name = "COMMANDS",
        default_value = defaults::WRITER_QUEUE
    )]
    writer_queue: String,

    /// Where the API listens. Port 0 picks a free one; the log says which.
    #[arg(
        long,
        env = "CREDITS_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = defaults::LISTEN
    )]
    listen: String,

    /// Where the embedded Stripe sandbox listens, in sandbox mode, or `off`.
    #[arg(
        long,
        env = "CREDITS_SANDBOX_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = defaults::SANDBOX_LISTEN
    )]
    sandbox_listen: String,

    /// Where /metrics is served, or `off`. Keep it away from the public.
    #[arg(
        long,
        env = "CREDITS_METRICS_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = defaults::METRICS_LISTEN
    )]
    metrics_listen: String,

    /// Where browsers and Stripe reach the service, without a slash at the end.
    #[arg(long, env = "CREDITS_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,

    /// Web origins that may call the API from a browser, comma-separated and exact, such as
    /// `https://app.example.com`. No wildcards.
    #[arg(long, env = "CREDITS_CORS_ORIGINS", value_name = "ORIGINS")]
    cors_origins: Option<String>,

    /// The secret key of the Stripe account: `sk_live_…` or `rk_live_…` in production.
    #[arg(
        long,
        env = "CREDITS_STRIPE_SECRET_KEY",
        value_name = "SECRET",
        hide_env_values = true
    )]
    stripe_secret_key: Option<SecretString>,

    /// The signing secrets (`whsec_…`) of the webhook endpoint, comma-separated: while a secret is
    /// rolled, both.
    #[arg(
        long,
        env = "CREDITS_STRIPE_WEBHOOK_SECRETS",
        value_name = "SECRETS",
        hide_env_values = true
    )]
    stripe_webhook_secrets: Option<SecretString>,

    /// Another base URL for Stripe's API, such as a sandbox run alone (`credits sandbox`).
    #[arg(long, env = "CREDITS_STRIPE_URL", value_name = "URL")]
    stripe_url: Option<String>,

    /// Whether Stripe computes tax: `off`, `on` (it comes on top of our prices) or `included` (our
    /// prices hold it).
    #[arg(
        long,
        env = "CREDITS_STRIPE_TAX",
        value_name = "TAX",
        default_value = defaults::STRIPE_TAX
    )]
    stripe_tax: String,

    /// Whether Stripe makes an invoice of each payment: `off` or `on`. Stripe charges for them.
    #[arg(
        long,
        env = "CREDITS_STRIPE_INVOICES",
        value_name = "INVOICES",
        default_value = defaults::STRIPE_INVOICES
    )]
    stripe_invoices: String,

    /// The currency that things are priced in unless a caller asks for another. There must be a price
    /// list in it.
    #[arg(
        long,
        env = "CREDITS_CURRENCY",
        value_name = "ISO CODE",
        default_value = defaults::CURRENCY
    )]
    currency: String,

    /// How many days before their end people are told of credits, comma-separated.
    #[arg(
        long,
        env = "CREDITS_REMINDER_DAYS",
        value_name = "DAYS",
        default_value = defaults::REMINDER_DAYS
    )]
    reminder_days: String,

    /// Signs webhooks that are sent and the links in mails, 32 bytes or more; keep it for ever. Without it
    /// there are neither.
    #[arg(
        long,
        env = "CREDITS_SIGNING_KEY",
        value_name = "SECRET",
        hide_env_values = true
    )]
    signing_key: Option<SecretString>,

    /// Private networks that webhooks may be sent to, beside the public internet, comma-separated:
    /// `10.0.0.0/8,fd00::/8`. There plain http will do.
    #[arg(long, env = "CREDITS_WEBHOOK_NETWORKS", value_name = "NETWORKS")]
    webhook_networks: Option<String>,

    /// The mail server: `smtps://USER:PASSWORD@HOST`, or `smtp://…` with `?tls=required` for STARTTLS.
    /// Without it no mail is sent.
    #[arg(
        long,
        env = "CREDITS_SMTP_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    smtp_url: Option<SecretString>,

    /// Whom mails are from: `Acme <credits@acme.example>`.
    #[arg(long, env = "CREDITS_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,

    /// What people know the platform by.
    #[arg(
        long,
        env = "CREDITS_PRODUCT_NAME",
        value_name = "TEXT",
        default_value = defaults::PRODUCT_NAME
    )]
    product_name: String,

    /// Where people see their credits: mails lead there.
    #[arg(long, env = "CREDITS_PAGE_URL", value_name = "URL")]
    page_url: Option<String>,

    /// Where the page gets an access token for whoever is signed in at the platform: a URL, or a path of
    /// the page's own origin. Without it the page is served in sandbox mode only.
    #[arg(long, env = "CREDITS_PAGE_TOKEN_URL", value_name = "URL")]
    page_token_url: Option<String>,

    /// Where people sign in again once their session has ended: a URL, or a path of the page's own origin.
    #[arg(long, env = "CREDITS_PAGE_SIGN_IN_URL", value_name = "URL")]
    page_sign_in_url: Option<String>,

    /// The secret shared with the identity provider (HS256), 32 bytes or more. This or
    /// CREDITS_JWKS_URL, never both.
    #[arg(
        long,
        env = "CREDITS_JWT_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    jwt_secret: Option<SecretString>,

    /// Where the identity provider publishes its keys (RS256, ES256, EdDSA).
    #[arg(long, env = "CREDITS_JWKS_URL", value_name = "URL")]
    jwks_url: Option<String>,

    /// What `iss` of every token must be, exactly.
    #[arg(long, env = "CREDITS_JWT_ISSUER", value_name = "TEXT")]
    jwt_issuer: Option<String>,

    /// What `aud` of every token must be or contain, exactly.
    #[arg(long, env = "CREDITS_JWT_AUDIENCE", value_name = "TEXT")]
    jwt_audience: Option<String>,

    /// The claim, at the top of the token, that names the account. Pick one that users cannot
    /// edit.
    #[arg(
        long,
        env = "CREDITS_ACCOUNT_CLAIM",
        value_name = "CLAIM",
        default_value = defaults::ACCOUNT_CLAIM
    )]
    account_claim: String,

    /// What is logged: a level, or a list such as `info,credits=debug`.
    #[arg(
        long,
        env = "CREDITS_LOG",
        value_name = "FILTER",
        default_value = defaults::LOG
    )]
    log: String,
}

#[cfg(test)]
mod tests;

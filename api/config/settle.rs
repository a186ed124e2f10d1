//! From what was typed to what was meant: every check that can keep the service from starting.
//! Touches no file, no network and no clock.

use std::path::PathBuf;

use ledger::money::Currency;
use ledger::purchase::Tax;

use super::settings::{
    IdentitySettings, Mode, Settings, StoreSettings, StripeEndpoint, StripeSettings, TokenKeys,
};
use super::values::given_or;
use super::values::{self, Database};
use super::{Config, ConfigError, defaults, secrets};

impl Config {
    /// The part that commands need which only touch the database.
    pub fn settle_store(&self) -> Result<StoreSettings, ConfigError> {
        let data_dir = PathBuf::from(given_or(&self.data_dir, defaults::DATA_DIR));
        let url = values::given_secret(self.database_url.clone());
        Ok(StoreSettings {
            database: Database::parse(url.as_ref(), &data_dir)?,
            data_dir,
            pool_size: values::count(
                "CREDITS_DATABASE_POOL_SIZE",
                given_or(&self.database_pool_size, defaults::DATABASE_POOL_SIZE),
                1..=1_000,
            )?,
        })
    }

    /// Checks everything; the first thing that is wrong refuses to start.
    pub fn settle(self) -> Result<Settings, ConfigError> {
        let mode = self.settle_mode()?;
        let public_url = match values::given(self.public_url.as_ref()) {
            None => None,
            Some(text) => {
                let url = values::base_url("CREDITS_PUBLIC_URL", text)?;
                if url.query().is_some() {
                    return Err(ConfigError::new(
                        "CREDITS_PUBLIC_URL",
                        "must not carry a query",
                    ));
                }
                Some(url.as_str().trim_end_matches('/').to_owned())
            }
        };
        let log = given_or(&self.log, defaults::LOG).to_owned();
        if tracing_subscriber::EnvFilter::try_new(&log).is_err() {
            return Err(ConfigError::new("CREDITS_LOG", "is not a log filter"));
        }
        let cors_origins = values::given(self.cors_origins.as_ref());
        Ok(Settings {
            mode,
            store: self.settle_store()?,
            writer_queue: values::count(
                "CREDITS_WRITER_QUEUE",
                given_or(&self.writer_queue, defaults::WRITER_QUEUE),
                1..=1_000_000,
            )?,
            listen: values::address("CREDITS_LISTEN", given_or(&self.listen, defaults::LISTEN))?,
            sandbox_listen: values::address_or_off(
                "CREDITS_SANDBOX_LISTEN",
                given_or(&self.sandbox_listen, defaults::SANDBOX_LISTEN),
            )?,
            metrics_listen: values::address_or_off(
                "CREDITS_METRICS_LISTEN",
                given_or(&self.metrics_listen, defaults::METRICS_LISTEN),
            )?,
            public_url,
            cors_origins: values::origins(cors_origins)?,
            currency: Currency::parse(given_or(&self.currency, defaults::CURRENCY))
                .map_err(|_| ConfigError::new("CREDITS_CURRENCY", "is not three letters"))?,
            reminder_days: values::days(
                "CREDITS_REMINDER_DAYS",
                given_or(&self.reminder_days, defaults::REMINDER_DAYS),
            )?,
            stripe: self.settle_stripe(mode)?,
            delivery: self.settle_delivery(mode)?,
            page: self.settle_page(mode)?,
            identity: self.settle_identity(mode)?,
            log,
        })
    }

    fn settle_mode(&self) -> Result<Mode, ConfigError> {
        let has_key = values::given_secret(self.stripe_secret_key.clone()).is_some();
        match values::given(self.mode.as_ref()) {
            Some("sandbox") => Ok(Mode::Sandbox),
            Some("production") => Ok(Mode::Production),
            Some(_) => Err(ConfigError::new(
                "CREDITS_MODE",
                "is neither sandbox nor production",
            )),
            None if has_key => Ok(Mode::Production),
            None => Ok(Mode::Sandbox),
        }
    }

    fn settle_stripe(&self, mode: Mode) -> Result<StripeSettings, ConfigError> {
        const KEY: &str = "CREDITS_STRIPE_SECRET_KEY";
        const WEBHOOKS: &str = "CREDITS_STRIPE_WEBHOOK_SECRETS";
        let secret_key = values::given_secret(self.stripe_secret_key.clone());
        let webhook_secrets = match values::given_secret(self.stripe_webhook_secrets.clone()) {
            Some(list) => secrets::split(WEBHOOKS, &list)?,
            None => Vec::new(),
        };
        let url = values::given(self.stripe_url.as_ref())
            .map(|text| values::base_url("CREDITS_STRIPE_URL", text))
            .transpose()?;
        match (mode, &secret_key) {
            (Mode::Sandbox, None) => {}
            (Mode::Sandbox, Some(key)) => {
                secrets::check_sandbox_stripe_key(key).map_err(|why| ConfigError::new(KEY, why))?;
            }
            (Mode::Production, None) => {
                return Err(ConfigError::new(KEY, "is missing; production needs it"));
            }
            (Mode::Production, Some(key)) => {
                secrets::check_production_stripe_key(key)
                    .map_err(|why| ConfigError::new(KEY, why))?;
                if webhook_secrets.is_empty() {
                    return Err(ConfigError::new(
                        WEBHOOKS,
                        "is missing; production needs it",
                    ));
                }
                for secret in &webhook_secrets {
                    secrets::check_production_webhook_secret(secret)
                        .map_err(|why| ConfigError::new(WEBHOOKS, why))?;
                }
                if let Some(url) = &url {
                    values::check_place_for_a_live_key(url)
                        .map_err(|why| ConfigError::new("CREDITS_STRIPE_URL", why))?;
                }
            }
        }
        let endpoint = match (url, &secret_key) {
            (Some(url), _) => StripeEndpoint::At(url),
            (None, Some(_)) => StripeEndpoint::Stripe,
            (None, None) => StripeEndpoint::Embedded,
        };
        Ok(StripeSettings {
            endpoint,
            tax: self.settle_tax()?,
            invoices: self.settle_invoices()?,
            secret_key,
            webhook_secrets,
        })
    }

    fn settle_invoices(&self) -> Result<bool, ConfigError> {
        match given_or(&self.stripe_invoices, defaults::STRIPE_INVOICES) {
            "off" => Ok(false),
            "on" => Ok(true),
            _ => Err(ConfigError::new(
                "CREDITS_STRIPE_INVOICES",
                "is neither off nor on",
            )),
        }
    }

    fn settle_tax(&self) -> Result<Tax, ConfigError> {
        match given_or(&self.stripe_tax, defaults::STRIPE_TAX) {
            "off" => Ok(Tax::Off),
            "on" => Ok(Tax::OnTop),
            "included" => Ok(Tax::Included),
            _ => Err(ConfigError::new(
                "CREDITS_STRIPE_TAX",
                "is none of off, on and included",
            )),
        }
    }

    fn settle_identity(&self, mode: Mode) -> Result<IdentitySettings, ConfigError> {
        let account_claim = given_or(&self.account_claim, defaults::ACCOUNT_CLAIM);
        let plain = |byte: u8| byte.is_ascii_graphic();
        if !account_claim.bytes().all(plain) {
            return Err(ConfigError::new(
                "CREDITS_ACCOUNT_CLAIM",
                "is not the name of a claim",
            ));
        }
        let named =
            |variable, text: Option<&String>, in_sandbox: &str| match (values::given(text), mode) {
                (Some(text), _) => Ok(text.to_owned()),
                (None, Mode::Sandbox) => Ok(in_sandbox.to_owned()),
                (None, Mode::Production) => Err(ConfigError::new(
                    variable,
                    "is missing; production needs it",
                )),
            };
        Ok(IdentitySettings {
            keys: self.settle_token_keys(mode)?,
            issuer: named(
                "CREDITS_JWT_ISSUER",
                self.jwt_issuer.as_ref(),
                "credits-sandbox",
            )?,
            audience: named(
                "CREDITS_JWT_AUDIENCE",
                self.jwt_audience.as_ref(),
                "credits",
            )?,
            account_claim: account_claim.to_owned(),
        })
    }

    fn settle_token_keys(&self, mode: Mode) -> Result<TokenKeys, ConfigError> {
        let secret = values::given_secret(self.jwt_secret.clone());
        let url = values::given(self.jwks_url.as_ref());
        let refuse = |problem| ConfigError::new("CREDITS_JWT_SECRET", problem);
        match (secret, url) {
            (Some(_), Some(_)) => Err(refuse("and CREDITS_JWKS_URL exclude each other; unset one")),
            (Some(secret), None) => {
                match mode {
                    Mode::Sandbox => secrets::check_shared_secret_length(&secret),
                    Mode::Production => secrets::check_production_shared_secret(&secret),
                }
                .map_err(refuse)?;
                Ok(TokenKeys::Secret(secret))
            }
            (None, Some(text)) => {
                let url = values::base_url("CREDITS_JWKS_URL", text)?;
                if mode == Mode::Production && !values::is_private_enough(&url) {
                    let why = "is not https; keys fetched in the clear can be anyone's";
                    return Err(ConfigError::new("CREDITS_JWKS_URL", why));
                }
                Ok(TokenKeys::Jwks(url))
            }
            (None, None) if mode == Mode::Production => Err(refuse(
                "is missing, and CREDITS_JWKS_URL too; production needs one of them",
            )),
            (None, None) => Ok(TokenKeys::MadeOnce),
        }
    }
}

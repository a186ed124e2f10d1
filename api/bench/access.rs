//! The rights that the bench calls with: tokens minted from the data directory, as `credits token`
//! does, or the one that it was handed.

use hyper::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use crate::auth::token::{self, TokenRequest};
use crate::clock::Clock;
use crate::config::{Config, Mode, Settings};
use crate::data_dir::{DataDirectory, SandboxSecrets};
use crate::serve::Failure;

/// Nobody's account: it only holds the keys of what the bench sends.
const SERVICE: &str = "bench-service";
const SERVICE_SCOPE: &str = "credits:read credits:consume credits:admin";

pub enum Access {
    Minted(Box<Settings>),
    Given(SecretString),
}

impl Access {
    pub fn new(token: Option<SecretString>, config: Config) -> Result<Access, Failure> {
        if let Some(token) = token {
            return Ok(Access::Given(token));
        }
        let mut settings = config.settle()?;
        if settings.mode == Mode::Sandbox {
            let directory = DataDirectory::open(&settings.store.data_dir)?;
            settings.adopt(&SandboxSecrets::keep(&directory)?);
        }
        Ok(Access::Minted(Box::new(settings)))
    }

    /// For whoever consumes and adjusts.
    pub fn service(&self) -> Result<HeaderValue, Failure> {
        match self {
            Access::Given(token) => bearer(token),
            Access::Minted(settings) => mint(settings, SERVICE, SERVICE_SCOPE),
        }
    }

    /// For the owner of an account; none where only one token is at hand.
    pub fn owner(&self, account: &str) -> Result<Option<HeaderValue>, Failure> {
        match self {
            Access::Given(_) => Ok(None),
            Access::Minted(settings) => mint(settings, account, "credits:read").map(Some),
        }
    }
}

fn mint(settings: &Settings, account: &str, scope: &str) -> Result<HeaderValue, Failure> {
    let request = TokenRequest {
        account: account.to_owned(),
        scope: scope.to_owned(),
        ttl: "1day".to_owned(),
    };
    bearer(&token::mint(
        settings,
        &request,
        Clock::System.now().unix_seconds(),
    )?)
}

fn bearer(token: &SecretString) -> Result<HeaderValue, Failure> {
    let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose_secret().trim()))?;
    value.set_sensitive(true);
    Ok(value)
}

//! The Credits page as this process serves it: its files, what it has to know of the platform that it is part
//! of, what it may load, and, in a sandbox, what signs people in. It is a client of the API like any other.

mod files;

use secrecy::SecretString;
use serde::Serialize;
use url::Url;

pub use files::{INDEX, file, is_built};

use crate::auth::token::{Mint, TokenRefusal, TokenRequest};
use crate::config::Settings;

/// Where the sandbox's own sign-in is.
const SANDBOX_TOKEN: &str = "/sandbox/token";
/// What a user may do; the rest takes `credits token`.
const SANDBOX_SCOPE: &str = "credits:read credits:purchase";
pub const SANDBOX_TTL_SECONDS: i64 = 3_600;

pub struct Page {
    pub settings: PageSettings,
    /// Its `Content-Security-Policy`.
    pub policy: String,
    mint: Option<Mint>,
}

/// `page.json`. Whoever serves the files elsewhere puts a file of their own there.
#[derive(Serialize)]
pub struct PageSettings {
    /// Empty: where the page came from.
    api_url: &'static str,
    token_url: String,
    sign_in_url: Option<String>,
    product_name: String,
    sandbox: bool,
}

impl Page {
    /// `None` where the page could not get a token: in production, unless the platform says where.
    pub fn of(settings: &Settings) -> Option<Page> {
        let mint = Mint::of(settings).ok();
        let own = mint.as_ref().map(|_| SANDBOX_TOKEN.to_owned());
        let token_url = settings.page.token_url.clone().or(own)?;
        Some(Page {
            policy: policy(&token_url),
            settings: PageSettings {
                api_url: "",
                token_url,
                sign_in_url: settings.page.sign_in_url.clone(),
                product_name: settings.delivery.product_name.clone(),
                sandbox: mint.is_some(),
            },
            mint,
        })
    }

    /// A token of the sandbox for a user; `None` outside a sandbox. `now` is in Unix seconds.
    pub fn sandbox_token(
        &self,
        account: String,
        now: i64,
    ) -> Option<Result<SecretString, TokenRefusal>> {
        let request = TokenRequest {
            account,
            scope: SANDBOX_SCOPE.to_owned(),
            ttl: format!("{SANDBOX_TTL_SECONDS}s"),
        };
        let mint = self.mint.as_ref()?;
        Some(mint.token(&request, now))
    }
}

/// What the page may load: its own files, the API beside it, and the place that tokens come from.
fn policy(token_url: &str) -> String {
    let tokens = match Url::parse(token_url) {
        Ok(url) => format!(" {}", url.origin().ascii_serialization()),
        Err(_) => String::new(),
    };
    format!(
        "default-src 'self'; connect-src 'self'{tokens}; img-src 'self' data:; \
         style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'self'"
    )
}

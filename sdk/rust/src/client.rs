//! The client and how it is made.

use std::sync::Arc;
use std::time::Duration;

use crate::Error;

type Token = dyn Fn() -> String + Send + Sync;
type Listener = dyn Fn(&reqwest::Response) + Send + Sync;

/// Calls the API. A clone is cheap and shares its connections.
#[derive(Clone)]
pub struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: String,
    pub(crate) token: Arc<Token>,
    pub(crate) retries: u32,
    pub(crate) listener: Option<Arc<Listener>>,
}

impl Client {
    /// A client of the service at `base_url` that authenticates with one bearer token.
    pub fn new(base_url: &str, token: &str) -> Result<Self, Error> {
        Self::builder(base_url, token).build()
    }

    pub fn builder(base_url: &str, token: &str) -> Builder {
        let token = token.to_owned();
        Builder {
            base_url: base_url.trim_end_matches('/').to_owned(),
            token: Arc::new(move || token.clone()),
            timeout: Duration::from_secs(30),
            retries: 2,
            listener: None,
        }
    }
}

pub struct Builder {
    base_url: String,
    token: Arc<Token>,
    timeout: Duration,
    retries: u32,
    listener: Option<Arc<Listener>>,
}

impl Builder {
    /// Asks for the bearer token before each attempt, for tokens that end.
    pub fn token(mut self, token: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.token = Arc::new(token);
        self
    }

    /// Bounds each attempt; 30 seconds by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often a call is tried again after 429, 503 or a lost connection; 2 by default.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Is told of every answer before its body is read: `X-Request-Id`, `Idempotent-Replayed`, `RateLimit`.
    pub fn on_response(mut self, listener: impl Fn(&reqwest::Response) + Send + Sync + 'static) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }

    pub fn build(self) -> Result<Client, Error> {
        let http = reqwest::Client::builder().timeout(self.timeout).build()?;
        let Self { base_url, token, retries, listener, .. } = self;
        Ok(Client { http, base_url, token, retries, listener })
    }
}

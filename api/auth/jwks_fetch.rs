//! Gets the identity provider's key set over HTTP, from the configured URL and no other: no
//! redirect is followed, nothing large is read, nothing slow is waited for.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use url::Url;

use super::keys::KeySet;

const TIMEOUT: Duration = Duration::from_secs(3);
const BODY_BYTES_MAX: usize = 256 * 1024;

#[derive(Debug)]
pub(super) struct JwksFetcher {
    client: Client,
    url: Url,
}

/// Why there is no new key set. Nothing of the answer shows in it.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("no answer: {0}")]
    NoAnswer(String),
    #[error("the answer's status is {0}")]
    Status(StatusCode),
    #[error("the answer is larger than 256 KiB")]
    TooLarge,
    #[error("the answer is not a JSON Web Key Set")]
    NotAKeySet,
}

impl JwksFetcher {
    /// Brings its own TLS, with Mozilla's roots: no process-wide setting and no file of the
    /// machine decides whom we believe.
    pub(super) fn new(url: Url) -> Result<JwksFetcher, Box<dyn std::error::Error + Send + Sync>> {
        let roots =
            rustls::RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .timeout(TIMEOUT)
            .build()?;
        Ok(JwksFetcher { client, url })
    }

    pub(super) async fn fetch(&self) -> Result<KeySet, FetchError> {
        let request = self.client.get(self.url.clone());
        let mut response = request.send().await.map_err(no_answer)?;
        if response.status() != StatusCode::OK {
            return Err(FetchError::Status(response.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(no_answer)? {
            if body.len().saturating_add(chunk.len()) > BODY_BYTES_MAX {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        KeySet::parse(&body).ok_or(FetchError::NotAKeySet)
    }
}

/// The outermost error says only that sending failed; what an engineer needs is the innermost.
fn no_answer(error: reqwest::Error) -> FetchError {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    FetchError::NoAnswer(cause.to_string())
}

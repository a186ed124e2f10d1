//! Webhooks: notices sent to the platform's own systems, signed as Standard Webhooks says. They go where
//! the guard lets them go and nowhere else, follow no redirect, and no secret of ours is in them.

mod body;
mod document;
mod egress;

use std::sync::Arc;
use std::time::Duration;

use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::notice::Notice;
use reqwest::header::{CONTENT_TYPE, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use url::Url;

pub use document::describe;
pub use egress::{Egress, Refusal};

use self::egress::{Guard, Reach};

use super::{Sent, words};
use crate::auth::SigningKey;
use crate::store::{Answer, Endpoint};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(15);
/// As much of an answer is read.
const MOST_BYTES: usize = 1_024;

#[derive(Clone)]
pub struct WebhookSender {
    /// For https, and for http into the networks that an operator has allowed.
    public: Client,
    allowed: Client,
    egress: Egress,
    key: SigningKey,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl WebhookSender {
    pub fn new(key: SigningKey, egress: Egress) -> Result<WebhookSender, Failure> {
        Ok(WebhookSender {
            public: client(&egress, Reach::Public)?,
            allowed: client(&egress, Reach::Allowed)?,
            egress,
            key,
        })
    }

    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    pub fn egress(&self) -> &Egress {
        &self.egress
    }

    pub async fn send(
        &self,
        endpoint: &Endpoint,
        account_id: &AccountId,
        notice: &Notice,
        now: Instant,
    ) -> Sent {
        // What the guard lets through may have changed since the endpoint was saved.
        let url = match self.egress.check(&endpoint.url) {
            Ok(url) => url,
            Err(refusal) => return failed(None, &refusal.to_string()),
        };
        let body = body::event(account_id, notice).to_string();
        let id = notice.id(account_id).to_string();
        match self.post(url, endpoint, &id, body, now).await {
            Ok(response) => judge(response).await,
            Err(error) => failed(None, &reason(&error)),
        }
    }

    async fn post(
        &self,
        url: Url,
        endpoint: &Endpoint,
        id: &str,
        body: String,
        now: Instant,
    ) -> Result<Response, reqwest::Error> {
        let timestamp = now.unix_seconds();
        let generation = endpoint.secret_generation;
        let secret = self.key.webhook_secret(endpoint.id, generation);
        let mut signatures = secret.sign(id, timestamp, &body);
        if endpoint.previous_until.is_some_and(|until| now < until) {
            let before = generation.saturating_sub(1);
            let secret = self.key.webhook_secret(endpoint.id, before);
            signatures.push(' ');
            signatures.push_str(&secret.sign(id, timestamp, &body));
        }
        let client = match url.scheme() {
            "https" => &self.public,
            _ => &self.allowed,
        };
        client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, "credits-webhooks/1")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signatures)
            .body(body)
            .send()
            .await
    }
}

/// Brings its own TLS, with Mozilla's roots.
fn client(egress: &Egress, reach: Reach) -> Result<Client, Failure> {
    let roots = rustls::RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let guard = Guard {
        egress: egress.clone(),
        reach,
    };
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        // A proxy would connect where the guard does not look.
        .no_proxy()
        .redirect(Policy::none())
        .dns_resolver(Arc::new(guard))
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT);
    Ok(client.build()?)
}

/// Any status of success is one; what else it says is kept for an administrator to see.
async fn judge(mut response: Response) -> Sent {
    let status = response.status();
    let mut body = Vec::new();
    while body.len() < MOST_BYTES
        && let Ok(Some(chunk)) = response.chunk().await
    {
        let room = MOST_BYTES.saturating_sub(body.len());
        body.extend(chunk.into_iter().take(room));
    }
    let answer = Answer {
        status: i16::try_from(status.as_u16()).ok(),
        text: words(&String::from_utf8_lossy(&body)),
    };
    match status {
        status if status.is_success() => Sent::Delivered(answer),
        StatusCode::GONE => Sent::Gone(answer),
        _ => Sent::Failed(answer),
    }
}

fn failed(status: Option<i16>, why: &str) -> Sent {
    Sent::Failed(Answer {
        status,
        text: words(why),
    })
}

/// The innermost cause says most.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    format!("no answer: {cause}")
}

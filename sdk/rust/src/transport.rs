//! One request and its answer: token, retries with the same idempotency key, problems.

use std::time::Duration;

use reqwest::{Method, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Client, Error};

/// No caller waits longer than this between two attempts: what asks for more is given back as it is.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A fresh key, to be kept by those who want to repeat a request later.
pub fn new_idempotency_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

pub(crate) struct Request {
    method: Method,
    path: String,
    body: String,
    query: Vec<(String, String)>,
    key: Option<String>,
}

impl Request {
    pub(crate) fn new(method: Method, path: String) -> Self {
        Self { method, path, body: "{}".to_owned(), query: Vec::new(), key: None }
    }

    pub(crate) fn body(mut self, body: &impl Serialize) -> Result<Self, Error> {
        self.body = serde_json::to_string(body)?;
        Ok(self)
    }

    /// The members that are set, by their names in JSON.
    pub(crate) fn query(mut self, query: &impl Serialize) -> Result<Self, Error> {
        let members: serde_json::Map<String, serde_json::Value> = serde_json::from_value(serde_json::to_value(query)?)?;
        self.query = members
            .into_iter()
            .map(|(name, value)| (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            .collect();
        Ok(self)
    }

    pub(crate) fn idempotent(mut self, key: Option<&str>) -> Self {
        self.key = Some(key.map_or_else(new_idempotency_key, str::to_owned));
        self
    }

    /// Whether another attempt is safe and worth it, and after how long. No status is a lost connection.
    fn retry(&self, status: Option<StatusCode>, retry_after: Option<u64>, attempt: u32) -> Option<Duration> {
        let repeatable = self.method != Method::POST || self.key.is_some();
        let again = match status {
            Some(StatusCode::TOO_MANY_REQUESTS) => true,
            None | Some(StatusCode::SERVICE_UNAVAILABLE) => repeatable,
            // The same request is still under way.
            Some(StatusCode::CONFLICT) => repeatable && retry_after.is_some(),
            _ => false,
        };
        let back_off = Duration::from_millis(500).saturating_mul(2_u32.saturating_pow(attempt));
        let wait = retry_after.map_or(back_off, Duration::from_secs);
        (again && wait <= LONGEST_WAIT).then_some(wait)
    }
}

/// Puts the arguments into the places of a template, escaped as parts of a path.
pub(crate) fn path(template: &str, arguments: &[&str]) -> String {
    let mut arguments = arguments.iter();
    let parts = template.split('/').map(|part| match part.starts_with('{') {
        true => arguments.next().map_or_else(String::new, |argument| escape(argument)),
        false => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

fn escape(argument: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    argument
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

impl Client {
    pub(crate) async fn answer<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        Ok(serde_json::from_str(&self.text(request).await?)?)
    }

    pub(crate) async fn nothing(&self, request: Request) -> Result<(), Error> {
        self.text(request).await.map(drop)
    }

    /// The body of a success; everything else is an error, most of them `Error::Problem`.
    pub(crate) async fn text(&self, request: Request) -> Result<String, Error> {
        let mut attempt = 0;
        loop {
            let (status, retry_after, error) = match self.attempt(&request).await {
                Ok((status, _, text)) if status.is_success() => return Ok(text),
                Ok((status, retry_after, text)) => {
                    (Some(status), retry_after, Error::of_answer(status.as_u16(), &text))
                }
                Err(error) => (None, None, error),
            };
            match request.retry(status, retry_after, attempt) {
                Some(wait) if attempt < self.retries => tokio::time::sleep(wait).await,
                _ => return Err(error),
            }
            attempt += 1;
        }
    }

    async fn attempt(&self, request: &Request) -> Result<(StatusCode, Option<u64>, String), Error> {
        let url = format!("{}{}", self.base_url, request.path);
        let mut wire = self.http.request(request.method.clone(), url).query(&request.query).bearer_auth((self.token)());
        if request.method == Method::POST || request.method == Method::PUT {
            wire = wire.header(header::CONTENT_TYPE, "application/json").body(request.body.clone());
        }
        if let Some(key) = &request.key {
            wire = wire.header("Idempotency-Key", key);
        }
        let response = wire.send().await?;
        if let Some(listener) = &self.listener {
            listener(&response);
        }
        let status = response.status();
        let retry_after =
            response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        Ok((status, retry_after, response.text().await?))
    }
}

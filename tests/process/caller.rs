//! Somebody who calls the API with a token. A request that gets no answer, or is told to come
//! back, can be repeated with its key until there is one.

use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::process::{Installation, client};

const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(25);

#[derive(Clone)]
pub struct Caller {
    pub api: String,
    token: String,
    client: reqwest::Client,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What a client has to repeat: try again later, or the same request is still running.
    pub fn wants_repeat(&self) -> bool {
        let later = self.status == StatusCode::SERVICE_UNAVAILABLE;
        later || (self.status == StatusCode::CONFLICT && self.header("retry-after").is_some())
    }
}

impl Caller {
    pub async fn new(installation: &Installation, api: &str, account: &str) -> Caller {
        let scope = "credits:read credits:purchase credits:admin";
        Caller {
            api: api.to_owned(),
            token: installation.token(account, scope).await,
            client: client(),
        }
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    /// Asked for and not sent.
    pub fn request(&self, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.get(format!("{}{path}", self.api));
        request.bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Result<Answer, reqwest::Error> {
        read(self.request(path)).await
    }

    pub async fn post(
        &self,
        path: &str,
        key: &str,
        body: &Value,
    ) -> Result<Answer, reqwest::Error> {
        self.send(Method::POST, path, key, body).await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        key: &str,
        body: &Value,
    ) -> Result<Answer, reqwest::Error> {
        let request = self.client.request(method, format!("{}{path}", self.api));
        let request = request.header("Idempotency-Key", key).json(body);
        read(request.bearer_auth(&self.token)).await
    }

    /// Repeats the request with its key until it is answered for good; 500 is never an answer.
    pub async fn insist(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.insist_on(Method::POST, path, key, body).await
    }

    pub async fn insist_on(&self, method: Method, path: &str, key: &str, body: &Value) -> Answer {
        let started = Instant::now();
        loop {
            let answer = self.send(method.clone(), path, key, body).await;
            match answer {
                Ok(answer) if !answer.wants_repeat() => {
                    let status = answer.status;
                    assert!(
                        !status.is_server_error(),
                        "{path} {status}: {}",
                        answer.text
                    );
                    return answer;
                }
                _ => assert!(started.elapsed() < PATIENCE, "{path} gets no answer"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Gives an account one credit.
    pub async fn adjust(&self, account: &str, key: &str, reason: &str) -> Answer {
        let body = json!({"credits": "+1", "reason": reason});
        self.insist(&adjustments_of(account), key, &body).await
    }

    /// Every item of a list of the caller's.
    pub async fn all(&self, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self
                .get(&format!("{path}?limit=100{cursor}"))
                .await
                .unwrap();
            assert_eq!(page.status, 200, "{}", page.text);
            let page = page.json();
            items.extend(page["data"].as_array().unwrap().iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return items,
            }
        }
    }
}

pub fn adjustments_of(account: &str) -> String {
    format!("/v1/admin/accounts/{account}/adjustments")
}

pub async fn read(request: reqwest::RequestBuilder) -> Result<Answer, reqwest::Error> {
    let response = request.send().await?;
    Ok(Answer {
        status: response.status(),
        headers: response.headers().clone(),
        text: response.text().await?,
    })
}

//! A small client of the API, and what it was answered. It follows no redirect and keeps no
//! connection. Asking an answer for `problem` holds it to everything a problem must be.

use std::future::IntoFuture;

use credits::http::error::ErrorCode;
use futures_util::future::BoxFuture;
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use uuid::Uuid;

#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    pub token: Option<String>,
}

impl Client {
    pub fn new(http: reqwest::Client, url: &str, token: Option<String>) -> Client {
        Client {
            http,
            url: url.to_owned(),
            token,
        }
    }

    /// The same caller, at another process of the service.
    pub fn at(&self, url: &str) -> Client {
        Client::new(self.http.clone(), url, self.token.clone())
    }

    pub fn call(&self, method: &str, path: &str) -> Call {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        Call(request)
    }

    pub fn get(&self, path: &str) -> Call {
        self.call("GET", path)
    }

    pub fn post(&self, path: &str, body: &Value) -> Call {
        Call(self.call("POST", path).0.json(body))
    }

    pub fn put(&self, path: &str, body: &Value) -> Call {
        Call(self.call("PUT", path).0.json(body))
    }

    /// A body as it is, declared to be JSON.
    pub fn post_text(&self, path: &str, body: impl Into<Vec<u8>>) -> Call {
        let call = self
            .call("POST", path)
            .header("content-type", "application/json");
        Call(call.0.body(body.into()))
    }
}

/// A request; awaiting it sends it.
pub struct Call(RequestBuilder);

impl Call {
    pub fn key(self, key: &str) -> Call {
        self.header("idempotency-key", key)
    }

    pub fn fresh_key(self) -> Call {
        self.key(&Uuid::now_v7().to_string())
    }

    pub fn header(self, name: &str, value: &str) -> Call {
        Call(self.0.header(name, value))
    }

    pub fn body(self, body: impl Into<Vec<u8>>) -> Call {
        Call(self.0.body(body.into()))
    }

    /// Not sent yet.
    pub fn into_request(self) -> RequestBuilder {
        self.0
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = BoxFuture<'static, Answer>;

    fn into_future(self) -> BoxFuture<'static, Answer> {
        Box::pin(Answer::of(self.0))
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub async fn of(request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let headers = response.headers().clone();
        let kind = headers.get("content-type").map(|kind| kind.as_bytes());
        Answer {
            status: response.status().as_u16(),
            text: match kind {
                // It never ends.
                Some(b"text/event-stream") => String::new(),
                _ => response.text().await.unwrap(),
            },
            headers,
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The body of a success.
    pub fn ok(&self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.json()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn is_replayed(&self) -> bool {
        self.header("idempotent-replayed") == Some("true")
    }

    /// The body of a problem, once it is sure that it is one in every respect (RFC 9457).
    pub fn problem(&self, code: ErrorCode) -> Value {
        let spec = code.spec();
        assert_eq!(self.status, spec.status.as_u16(), "{}: {self:?}", spec.code);
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json")
        );
        let problem = self.json();
        assert_eq!(problem["code"], spec.code);
        assert_eq!(
            problem["type"],
            format!("urn:credits:problem:{}", spec.code)
        );
        assert_eq!(problem["title"], spec.title);
        assert_eq!(problem["status"], spec.status.as_u16(), "{self:?}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(!detail.is_empty());
        let id = problem["request_id"].as_str().unwrap();
        assert!(!Uuid::parse_str(id).unwrap().is_nil());
        if !self.is_replayed() {
            assert_eq!(self.header("x-request-id"), Some(id));
        }
        for field in spec.fields {
            assert!(problem.get(field).is_some(), "{field} is missing: {self:?}");
        }
        let promised = spec.retry_after.is_some() && !self.is_replayed();
        assert_eq!(self.header("retry-after").is_some(), promised, "{self:?}");
        for inner in [
            "SELECT",
            "INSERT",
            "/api/",
            ".rs",
            "panicked",
            "diesel",
            "sqlite",
            "postgres",
            "Bearer ey",
        ] {
            assert!(!detail.contains(inner), "{detail}");
        }
        problem
    }
}

//! A sandbox to test against, with a client that speaks forms and a receiver of webhooks.

pub mod receiver;

use std::net::TcpListener;
use std::path::PathBuf;

use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::Value;
use stripe_sandbox::{Sandbox, SandboxConfig, WebhookTarget};

pub const KEY: &str = "sk_test_1234567890abcdef";

/// A form as pairs of names and values.
pub type Form<'a> = &'a [(&'a str, &'a str)];

pub struct TestSandbox {
    sandbox: Option<Sandbox>,
    folder: PathBuf,
    webhooks: Vec<WebhookTarget>,
    pub url: String,
    pub http: Client,
}

/// An answer, read to its end.
pub struct Reply {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The error object of a refusal with this status.
    #[track_caller]
    pub fn refused(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()["error"].clone()
    }
}

pub async fn read(request: RequestBuilder) -> Reply {
    let answer = request.send().await.unwrap();
    Reply {
        status: answer.status(),
        headers: answer.headers().clone(),
        text: answer.text().await.unwrap(),
    }
}

impl TestSandbox {
    pub async fn start() -> TestSandbox {
        TestSandbox::with_webhooks(Vec::new()).await
    }

    pub async fn with_webhooks(webhooks: Vec<WebhookTarget>) -> TestSandbox {
        let folder = std::env::temp_dir().join(format!("stripe-sandbox-{}", uuid::Uuid::now_v7()));
        // The sandbox brings the provider; a client made before the first sandbox needs it too.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let http = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let mut made = TestSandbox {
            sandbox: None,
            folder,
            webhooks,
            url: String::new(),
            http,
        };
        made.run().await;
        made
    }

    async fn run(&mut self) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let config = SandboxConfig {
            listener,
            public_url: url.clone(),
            state_file: self.folder.join("state.redb"),
            secret_key: KEY.into(),
            webhooks: self.webhooks.clone(),
        };
        self.sandbox = Some(Sandbox::start(config).await.unwrap());
        self.url = url;
    }

    /// Stops and starts again on the same state, at another address.
    pub async fn restart(&mut self) {
        self.sandbox.take().unwrap().stop().await;
        self.run().await;
    }

    /// Takes effect at the next restart.
    pub fn set_webhooks(&mut self, webhooks: Vec<WebhookTarget>) {
        self.webhooks = webhooks;
    }

    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(KEY)
    }

    pub async fn post(&self, path: &str, form: Form<'_>) -> Reply {
        read(self.request(reqwest::Method::POST, path).form(form)).await
    }

    pub async fn post_keyed(&self, path: &str, key: &str, form: Form<'_>) -> Reply {
        read(
            self.request(reqwest::Method::POST, path)
                .header("Idempotency-Key", key)
                .form(form),
        )
        .await
    }

    pub async fn get(&self, path: &str) -> Reply {
        read(self.request(reqwest::Method::GET, path)).await
    }

    #[track_caller]
    pub fn assert_ok(reply: &Reply) -> Value {
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    /// A new session of 25 dollars, with more parameters.
    pub async fn session(&self, more: Form<'_>) -> Value {
        let form: Vec<(&str, &str)> = SESSION.iter().chain(more).copied().collect();
        TestSandbox::assert_ok(&self.post("/v1/checkout/sessions", &form).await)
    }

    /// A payment of 20 dollars by a ready-made payment method, which must succeed.
    pub async fn paid_by(&self, method: &str) -> Value {
        let form = [
            ("amount", "2000"),
            ("currency", "usd"),
            ("payment_method", method),
            ("confirm", "true"),
            ("expand[0]", "latest_charge"),
        ];
        TestSandbox::assert_ok(&self.post("/v1/payment_intents", &form).await)
    }

    /// Refunds a payment, all of it unless more is said.
    pub async fn refund(&self, intent: &Value, more: Form<'_>) -> Value {
        let intent = ("payment_intent", intent["id"].as_str().unwrap());
        let form: Vec<(&str, &str)> = [intent].iter().chain(more).copied().collect();
        TestSandbox::assert_ok(&self.post("/v1/refunds", &form).await)
    }

    /// The charge of a payment as it is now.
    pub async fn charge_of(&self, intent: &Value) -> Value {
        let id = intent["latest_charge"]["id"].as_str().unwrap();
        self.fetch(&format!("/v1/charges/{id}?expand[]=refunds"))
            .await
    }

    pub async fn advance(&self, seconds: u32) {
        self.order("/clock/advance", serde_json::json!({ "seconds": seconds }))
            .await;
    }

    /// The types of the events since there were `count` of them, oldest first.
    pub async fn events_since(&self, count: usize) -> Vec<String> {
        self.event_types().await.split_off(count)
    }

    pub async fn fetch(&self, path: &str) -> Value {
        TestSandbox::assert_ok(&self.get(path).await)
    }

    pub async fn order(&self, path: &str, body: Value) -> Value {
        let request = self
            .request(reqwest::Method::POST, &format!("/_sandbox{path}"))
            .json(&body);
        TestSandbox::assert_ok(&read(request).await)
    }

    /// Posts the form of a session's page.
    pub async fn submit(&self, session: &Value, form: Form<'_>) -> Reply {
        read(
            self.http
                .post(format!(
                    "{}/c/pay/{}",
                    self.url,
                    session["id"].as_str().unwrap()
                ))
                .form(form),
        )
        .await
    }

    pub async fn pay(&self, session: &Value, card: &str) -> Reply {
        self.submit(session, &card_form(card)).await
    }

    /// The types of the events so far, oldest first.
    pub async fn event_types(&self) -> Vec<String> {
        let events = self.fetch("/v1/events?limit=100").await;
        let types = events["data"].as_array().unwrap().iter().rev();
        types
            .map(|event| event["type"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Drop for TestSandbox {
    fn drop(&mut self) {
        // A file that is still open is removed all the same on the systems this runs on.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub const SESSION: [(&str, &str); 7] = [
    ("mode", "payment"),
    (
        "success_url",
        "https://shop.test/ok?session={CHECKOUT_SESSION_ID}",
    ),
    ("cancel_url", "https://shop.test/back"),
    ("line_items[0][price_data][currency]", "usd"),
    ("line_items[0][price_data][unit_amount]", "1250"),
    (
        "line_items[0][price_data][product_data][name]",
        "500 <b>credits</b>",
    ),
    ("line_items[0][quantity]", "2"),
];

pub fn card_form(card: &str) -> [(&str, &str); 4] {
    [
        ("card_number", card),
        ("exp", "12/44"),
        ("cvc", "123"),
        ("email", "payer@example.com"),
    ]
}

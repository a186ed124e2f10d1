//! A system of the platform's that receives webhooks: it answers as it is told to, and keeps what it got.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::app::TestApp;
use super::polling::until;

pub const ENDPOINTS: &str = "/v1/admin/webhook-endpoints";
pub const DELIVERIES: &str = "/v1/admin/deliveries";

pub struct Receiver {
    server: MockServer,
    state: Arc<Mutex<State>>,
}

struct State {
    answer: ResponseTemplate,
    got: Vec<Got>,
}

/// A webhook as it came.
#[derive(Clone, Debug)]
pub struct Got {
    pub id: String,
    pub timestamp: i64,
    pub signatures: Vec<String>,
    pub text: String,
    pub body: Value,
}

struct Answers(Arc<Mutex<State>>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = |name: &str| request.headers[name].to_str().unwrap().to_owned();
        let text = String::from_utf8(request.body.clone()).unwrap();
        let mut state = self.0.lock().unwrap();
        state.got.push(Got {
            id: header("webhook-id"),
            timestamp: header("webhook-timestamp").parse().unwrap(),
            signatures: header("webhook-signature")
                .split(' ')
                .map(str::to_owned)
                .collect(),
            body: serde_json::from_str(&text).unwrap(),
            text,
        });
        state.answer.clone()
    }
}

impl Receiver {
    pub async fn start() -> Receiver {
        let server = MockServer::start().await;
        let state = Arc::new(Mutex::new(State {
            answer: ResponseTemplate::new(204),
            got: Vec::new(),
        }));
        let answers = Answers(Arc::clone(&state));
        Mock::given(any())
            .respond_with(answers)
            .mount(&server)
            .await;
        Receiver { server, state }
    }

    pub fn url(&self) -> String {
        format!("{}/hooks", self.server.uri())
    }

    /// How it answers from now on.
    pub fn answer(&self, answer: ResponseTemplate) {
        self.state.lock().unwrap().answer = answer;
    }

    pub fn got(&self) -> Vec<Got> {
        self.state.lock().unwrap().got.clone()
    }

    /// Of an account: the kinds, as they came.
    pub fn kinds(&self, account: &str) -> Vec<String> {
        let got = self.got().into_iter();
        got.filter(|it| it.body["data"]["account_id"] == account)
            .map(|it| it.body["type"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Waits for so many.
    pub async fn until_it_got(&self, count: usize) -> Vec<Got> {
        until(&format!("{count} webhooks"), async || {
            let got = self.got();
            (got.len() >= count).then_some(got)
        })
        .await
    }
}

impl TestApp {
    /// An endpoint there; `kinds` are all if there are none.
    pub async fn endpoint(&self, url: &str, kinds: &[&str]) -> Value {
        let mut body = json!({"url": url});
        if !kinds.is_empty() {
            body["kinds"] = json!(kinds);
        }
        let made = self.as_admin().post(ENDPOINTS, &body).await;
        assert_eq!(made.status, 201, "{made:?}");
        made.json()
    }

    /// Waits for deliveries of a status, newest first.
    pub async fn until_deliveries(&self, status: &str, count: usize) -> Vec<Value> {
        let path = format!("{DELIVERIES}?status={status}&limit=100");
        until(&format!("{count} deliveries {status}"), async || {
            let page = self.as_admin().get(&path).await.ok();
            let found = page["data"].as_array().unwrap().clone();
            (found.len() >= count).then_some(found)
        })
        .await
    }
}

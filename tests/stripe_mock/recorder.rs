//! Stands between the client and stripe-mock, and keeps what was said on either side.

use std::sync::{Arc, Mutex};

use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use url::Url;

/// Stripe's headers, and what a form needs.
const PASSED_ON: [&str; 4] = [
    "authorization",
    "content-type",
    "idempotency-key",
    "stripe-version",
];

/// What stripe-mock does not know yet: its document is that of 2026-08-26, and our requests are of
/// 2026-09-30, which has this in the place of `payment_method_types`. It is held back where stripe-mock
/// refuses it.
const NEWER: [&str; 1] = ["allowed_payment_method_types"];

pub struct Recorder {
    url: Url,
    seen: Arc<Mutex<Vec<Exchange>>>,
}

#[derive(Clone, Debug)]
pub struct Exchange {
    pub method: String,
    pub path: String,
    pub status: u16,
    #[expect(dead_code, reason = "a refusal shows it")]
    sent: String,
    #[expect(dead_code, reason = "a refusal shows it")]
    answer: String,
}

#[derive(Clone)]
struct Between {
    mock: String,
    client: reqwest::Client,
    seen: Arc<Mutex<Vec<Exchange>>>,
}

impl Recorder {
    pub fn start(mock: String) -> Recorder {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let between = Data::new(Between {
            mock,
            client: reqwest::Client::new(),
            seen: seen.clone(),
        });
        let app = move || {
            let app = App::new().app_data(between.clone());
            app.default_service(web::to(pass_on))
        };
        let server = HttpServer::new(app).workers(1).disable_signals();
        let server = server.bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", server.addrs()[0]);
        actix_web::rt::spawn(server.run());
        Recorder {
            url: Url::parse(&url).unwrap(),
            seen,
        }
    }

    pub const fn url(&self) -> &Url {
        &self.url
    }

    pub fn exchanges(&self) -> Vec<Exchange> {
        self.seen.lock().unwrap().clone()
    }
}

async fn pass_on(request: HttpRequest, body: Bytes, between: Data<Between>) -> HttpResponse {
    let sent = String::from_utf8(body.to_vec()).unwrap();
    let known = without_what_is_newer(&sent);
    let (mut status, mut answer) = between.ask(&request, sent.clone()).await;
    if status == 400 && known != sent {
        (status, answer) = between.ask(&request, known).await;
    }
    between.seen.lock().unwrap().push(Exchange {
        method: request.method().to_string(),
        path: request.uri().to_string(),
        status,
        sent,
        answer: answer.clone(),
    });
    let status = actix_web::http::StatusCode::from_u16(status).unwrap();
    let mut response = HttpResponse::build(status);
    response.content_type("application/json").body(answer)
}

fn without_what_is_newer(form: &str) -> String {
    let is_newer = |field: &&str| NEWER.iter().any(|name| field.starts_with(name));
    let fields = form.split('&').filter(|field| !is_newer(field));
    fields.collect::<Vec<_>>().join("&")
}

impl Between {
    async fn ask(&self, request: &HttpRequest, form: String) -> (u16, String) {
        let method = request.method().as_str().parse().unwrap();
        let url = format!("{}{}", self.mock, request.uri());
        let mut call = self.client.request(method, url).body(form);
        for name in PASSED_ON {
            if let Some(value) = request.headers().get(name) {
                call = call.header(name, value.as_bytes());
            }
        }
        let answer = call.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

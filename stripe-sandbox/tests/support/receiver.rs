//! A webhook receiver that keeps what it gets and answers as it is told.

use std::collections::VecDeque;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::Value;
use stripe_sandbox::WebhookTarget;
use tokio::sync::Notify;

pub const SECRET: &str = "whsec_receiver";

#[derive(Clone)]
pub struct Received {
    pub signature: String,
    pub body: String,
}

impl Received {
    pub fn event(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Shared {
    received: Mutex<Vec<Received>>,
    statuses: Mutex<VecDeque<u16>>,
    arrived: Notify,
}

pub struct Receiver {
    shared: Arc<Shared>,
    server: ServerHandle,
    pub url: String,
}

impl Receiver {
    /// Answers with `statuses` first, then with 200 for ever.
    pub fn start(statuses: &[u16]) -> Receiver {
        let shared = Arc::new(Shared::default());
        shared.statuses.lock().unwrap().extend(statuses);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let data = Data::from(Arc::clone(&shared));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .route("/hook", web::post().to(take))
        })
        .workers(1)
        .disable_signals()
        .listen(listener)
        .unwrap()
        .run();
        let handle = server.handle();
        tokio::spawn(server);
        Receiver {
            shared,
            server: handle,
            url,
        }
    }

    pub fn target(&self) -> WebhookTarget {
        WebhookTarget {
            url: self.url.clone(),
            secret: SECRET.into(),
        }
    }

    /// Waits until `count` requests have come, then gives all there are.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let waiting = async {
            loop {
                let arrived = self.shared.arrived.notified();
                let received = self.received();
                if received.len() >= count {
                    return received;
                }
                arrived.await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(30), waiting).await;
        waited
            .unwrap_or_else(|_| panic!("{count} requests expected, {} came", self.received().len()))
    }

    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    pub async fn stop(&self) {
        self.server.stop(false).await;
    }
}

async fn take(shared: Data<Shared>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let signature = request
        .headers()
        .get("stripe-signature")
        .map_or("", |value| value.to_str().unwrap());
    shared.received.lock().unwrap().push(Received {
        signature: signature.to_owned(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    shared.arrived.notify_one();
    let status = shared.statuses.lock().unwrap().pop_front().unwrap_or(200);
    HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap()).finish()
}

//! An installation that dies and comes back, case after case, beside a Stripe sandbox that never does.

use std::os::unix::process::ExitStatusExt;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::cases::{Case, News};
use super::purchase::{Purchase, Reckoning};
use crate::process::caller::{Caller, read};
use crate::support::databases::TestDatabase;
use crate::support::process::{Installation, Service, client, free_address};

const SIGKILL: i32 = 9;
/// What does not happen within that will not: a lease lasts 10 s, and a webhook is tried again sooner.
const PATIENCE: Duration = Duration::from_secs(60);
/// Many look at once.
const PAUSE: Duration = Duration::from_millis(200);

pub struct Lane {
    database: TestDatabase,
    installation: Installation,
    stripe: Stripe,
    _sandbox: Service,
    /// Alive between two cases.
    service: Option<Service>,
    api_url: String,
    buyer: Caller,
}

impl Lane {
    pub async fn start(database: TestDatabase) -> Lane {
        let (api, sandbox) = (free_address(), free_address());
        let (api_url, sandbox_url) = (format!("http://{api}"), format!("http://{sandbox}"));
        let installation = Installation::on(&database)
            .with("CREDITS_LISTEN", &api)
            .with("CREDITS_SANDBOX_LISTEN", &sandbox)
            .with("CREDITS_METRICS_LISTEN", "off");
        let mut alone = installation.spawn(&["sandbox", "--api-url", &api_url]);
        alone.url("sandbox").await;
        let installation = installation.with("CREDITS_STRIPE_URL", &sandbox_url);
        let service = installation.serve().await;
        let buyer = Caller::new(&installation, &api_url, "buyer").await;
        Lane {
            stripe: Stripe::of(&installation, sandbox_url),
            database,
            installation,
            _sandbox: alone,
            service: Some(service),
            api_url,
            buyer,
        }
    }

    /// Leads a purchase through everything, with a death on the way.
    pub async fn survive(&mut self, case: Case, number: usize) -> Reckoning {
        let (caller, stripe) = (self.caller(case, number).await, self.stripe.clone());
        let mut purchase = Purchase::new(&caller, &stripe, number);
        for act in case.acts() {
            if act != case.act {
                purchase.begin(act).await;
                purchase.hear(act, News::Webhook).await;
                continue;
            }
            self.quiet().await;
            self.stop().await;
            let lost = json!({"drop": case.news != News::Webhook});
            self.stripe.order("/webhooks/behaviour", &lost).await;
            if case.hides_the_answer() {
                let fault = json!({"next": [{"status": 500, "when": "after", "path": "/v1/payment_intents"}]});
                self.stripe.order("/faults", &fault).await;
            }
            if case.news == News::EventList {
                purchase.begin(act).await;
            }
            let go_on = async {
                if case.news != News::EventList {
                    purchase.begin(act).await;
                }
                purchase.hear(act, case.news).await;
            };
            let ((), service) = tokio::join!(go_on, self.dies(case));
            self.service = Some(service);
            let heard = json!({"drop": false});
            self.stripe.order("/webhooks/behaviour", &heard).await;
        }
        self.quiet().await;
        purchase.reckoning().await
    }

    /// Whoever recharges has a card and payments of their own.
    async fn caller(&self, case: Case, number: usize) -> Caller {
        if !case.is_with_a_saved_card() {
            return self.buyer.clone();
        }
        let name = format!("saver-{number}");
        Caller::new(&self.installation, &self.api_url, &name).await
    }

    /// A life that ends at the case's step, and the next one.
    async fn dies(&self, case: Case) -> Service {
        let step = format!("{}:{}", case.step.name(), case.time);
        self.let_the_list_be_read(case).await;
        let mut doomed = self.installation.serve_until(&step);
        let ended = tokio::time::timeout(PATIENCE, doomed.ended()).await;
        let Ok(status) = ended else {
            panic!("{case} was never reached; it said:\n{}", doomed.said());
        };
        let last_words = doomed.stderr().concat();
        assert!(
            status.signal() == Some(SIGKILL) && last_words.contains("dies at "),
            "{case}: {status}\n{}",
            doomed.said()
        );
        self.let_the_list_be_read(case).await;
        self.installation.serve().await
    }

    /// As if the five minutes between two looks into Stripe's list had passed, where it is to be read; and
    /// else as if they never did.
    async fn let_the_list_be_read(&self, case: Case) {
        let next = match case.news {
            News::EventList => 0,
            News::Webhook | News::Resync => i64::MAX,
        };
        self.database
            .sql(&format!(
                "UPDATE cursors SET next_run_at = {next} WHERE name LIKE 'stripe_events_%'"
            ))
            .await;
    }

    /// Waits until nothing is left to be delivered or worked off.
    async fn quiet(&self) {
        let started = Instant::now();
        let waiting = "SELECT event_id AS line FROM stripe_inbox WHERE next_attempt_at IS NOT NULL";
        loop {
            let state = self.stripe.get("/_sandbox/state").await;
            let is_delivered = state["webhooks"]["waiting"]["count"] == 0;
            if is_delivered && self.database.lines(waiting).await.is_empty() {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "there is still work to do");
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn stop(&mut self) {
        if let Some(service) = self.service.take() {
            service.kill().await;
        }
    }

    pub async fn finish(mut self) {
        self.stop().await;
        self.installation.verified().await;
    }
}

/// The sandbox, asked and ordered past the service.
#[derive(Clone)]
pub struct Stripe {
    url: String,
    key: String,
    client: reqwest::Client,
}

impl Stripe {
    fn of(installation: &Installation, url: String) -> Stripe {
        let secrets = installation.data_dir().join("sandbox-secrets.json");
        let secrets: Value = serde_json::from_slice(&std::fs::read(secrets).unwrap()).unwrap();
        Stripe {
            url,
            key: secrets["stripe_secret_key"].as_str().unwrap().to_owned(),
            client: client(),
        }
    }

    pub async fn get(&self, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.url));
        let request = request.bearer_auth(&self.key);
        let started = Instant::now();
        // Where much happens at once, a connection may be given up before anything is said on it.
        let answer = loop {
            match read(request.try_clone().unwrap()).await {
                Ok(answer) => break answer,
                Err(error) => assert!(started.elapsed() < PATIENCE, "{path}: {error}"),
            }
            tokio::time::sleep(PAUSE).await;
        };
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let request = self.client.post(format!("{}{path}", self.url));
        self.ok(request.form(form)).await
    }

    pub async fn order(&self, path: &str, order: &Value) -> Value {
        let request = self.client.post(format!("{}/_sandbox{path}", self.url));
        self.ok(request.json(order)).await
    }

    async fn ok(&self, request: reqwest::RequestBuilder) -> Value {
        let answer = read(request.bearer_auth(&self.key)).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }
}

//! A bench for tests: payments on an embedded database and a Stripe sandbox of their own, with a
//! clock moved by hand. It never leaves anything behind.

use std::net::TcpListener;

use ledger::command::{Action, Command, NewPurchase, Outcome};
use ledger::credits::Credits;
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::purchase::{CheckoutRequest, Lane, Purchase, Tax, Terms};
use reqwest::{Client, Method};
use secrecy::SecretString;
use serde_json::{Value, json};
use stripe_sandbox::{Sandbox, SandboxConfig};
use tempfile::TempDir;
use url::Url;
use uuid::Uuid;

use super::Payments;
use super::events::Envelope;
use super::inbox::take_in;
use super::stripe::{StripeClient, install_crypto_provider};
use crate::clock::Clock;
use crate::config::Database;
use crate::live::Watchers;
use crate::store::Store;
use crate::writer::{Writer, WriterTask};

const KEY: &str = "sk_test_1234567890abcdef";
const BUYER: &str = "user|1";

pub(crate) struct Bench {
    pub payments: Payments,
    pub clock: Clock,
    pub http: Client,
    sandbox: Sandbox,
    _writer: WriterTask,
    _folder: TempDir,
}

impl Bench {
    pub async fn start() -> Bench {
        install_crypto_provider();
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = Sandbox::start(SandboxConfig {
            listener,
            public_url: url.clone(),
            state_file: folder.path().join("stripe.redb"),
            secret_key: KEY.to_owned(),
            webhooks: Vec::new(),
        })
        .await
        .unwrap();
        let database = Database::Sqlite(folder.path().join("credits.db"));
        let store = Store::open(&database, 4).await.unwrap();
        let clock = Clock::manual(Clock::System.now());
        let (writer, task) = Writer::start(&store, &clock, &Watchers::default(), 1_000);
        let stripe = StripeClient::new(
            &SecretString::from(KEY),
            Some(&Url::parse(sandbox.url()).unwrap()),
        );
        let payments = Payments {
            store,
            writer,
            stripe: stripe.unwrap(),
            clock: clock.clone(),
            livemode: false,
            return_page: "https://credits.test/checkout/return".to_owned(),
        };
        let http = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        Bench {
            payments,
            clock,
            http: http.build().unwrap(),
            sandbox,
            _writer: task,
            _folder: folder,
        }
    }

    /// A purchase of 500 credits and 50 more for 25 dollars, not known to Stripe yet.
    pub async fn open(&self) -> Purchase {
        self.open_priced(2_500).await
    }

    pub async fn open_priced(&self, amount_minor: i64) -> Purchase {
        self.open_for(BUYER, amount_minor).await
    }

    async fn open_for(&self, buyer: &str, amount_minor: i64) -> Purchase {
        let now = self.clock.now();
        let new = NewPurchase {
            terms: Terms {
                purchase_id: PurchaseId::from_uuid(Uuid::now_v7()),
                account_id: AccountId::parse(buyer).unwrap(),
                credits: Credits::from_whole(500).unwrap(),
                bonus: Credits::from_whole(50).unwrap(),
                price: Money {
                    amount_minor,
                    currency: Currency::USD,
                },
                tax: Tax::Off,
                promotion: None,
                livemode: false,
                lane: Lane::Checkout,
                session_id: None,
            },
            request: CheckoutRequest {
                package_id: Some("starter".to_owned()),
                title: "500 credits & <more>".to_owned(),
                success_url: format!(
                    "https://shop.test/{}?session={{CHECKOUT_SESSION_ID}}",
                    Uuid::now_v7()
                ),
                cancel_url: "https://shop.test/back".to_owned(),
                with_invoice: false,
                expires_at: now.plus_seconds(12 * 3_600).unwrap(),
            },
        };
        let command = Command {
            account_id: new.terms.account_id.clone(),
            key: None,
            action: Action::OpenPurchase(new),
        };
        let written = self.payments.writer.submit(command, None).await.unwrap();
        match written.decision.unwrap() {
            Outcome::PurchaseOpened(purchase) => purchase,
            other => panic!("{other:?}"),
        }
    }

    /// A purchase with its session.
    pub async fn open_at_stripe(&self) -> Purchase {
        self.open_at_stripe_for(BUYER).await
    }

    pub async fn open_at_stripe_for(&self, buyer: &str) -> Purchase {
        let opened = self.open_for(buyer, 2_500).await;
        let written = self.payments.ensure_session(opened, None, None).await;
        match written.unwrap().decision.unwrap() {
            Outcome::SessionRecorded(purchase) => purchase,
            other => panic!("{other:?}"),
        }
    }

    pub async fn now_known(&self, purchase: &Purchase) -> Purchase {
        let terms = &purchase.terms;
        let found = self
            .payments
            .store
            .purchase(&terms.account_id, terms.purchase_id)
            .await;
        found.unwrap().unwrap()
    }

    pub async fn balance(&self) -> Credits {
        self.balance_of(BUYER).await
    }

    pub async fn balance_of(&self, buyer: &str) -> Credits {
        let account = AccountId::parse(buyer).unwrap();
        let now = self.clock.now();
        let holdings = self.payments.store.holdings(&account, now).await.unwrap();
        holdings
            .account
            .as_ref()
            .map_or(Credits::ZERO, |it| it.balance)
    }

    pub fn wait(&self, seconds: i64) -> Instant {
        let later = self.clock.now().plus_seconds(seconds).unwrap();
        self.clock.set(later);
        later
    }

    /// As `wait`, and Stripe's clock goes with ours.
    pub async fn pass(&self, seconds: i64) -> Instant {
        let body = json!({ "seconds": seconds });
        self.call(Method::POST, "/_sandbox/clock/advance", Some(body))
            .await;
        self.wait(seconds)
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let url = format!("{}{path}", self.sandbox.url());
        let mut request = self.http.request(method, url).bearer_auth(KEY);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{status}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// What Stripe has.
    pub async fn fetch(&self, path: &str) -> Value {
        self.call(Method::GET, path, None).await
    }

    pub async fn sessions(&self) -> Vec<Value> {
        let list = self.fetch("/v1/checkout/sessions?limit=100").await;
        list["data"].as_array().unwrap().clone()
    }

    /// The next calls fail like this.
    pub async fn spoil(&self, faults: Value) {
        let body = json!({ "next": faults });
        self.call(Method::POST, "/_sandbox/faults", Some(body))
            .await;
    }

    /// Has the account decided about.
    pub async fn command(&self, action: Action) {
        let command = Command {
            account_id: AccountId::parse("user|1").unwrap(),
            key: None,
            action,
        };
        let written = self.payments.writer.submit(command, None).await.unwrap();
        written.decision.unwrap();
    }

    /// Fills in the page of a session with a card.
    pub async fn fill_in(&self, session_id: &str, card: &str) {
        let url = format!("{}/c/pay/{session_id}", self.sandbox.url());
        let form = [
            ("card_number", card),
            ("exp", "12/44"),
            ("cvc", "123"),
            ("email", "payer@example.com"),
        ];
        let answer = self.http.post(url).form(&form).send().await.unwrap();
        assert!(answer.status().as_u16() < 400, "{}", answer.status());
    }

    /// Fills in the pay page.
    pub async fn submit(&self, purchase: &Purchase, form: &[(&str, &str)]) {
        let id = purchase.terms.session_id.as_ref().unwrap();
        let url = format!("{}/c/pay/{id}", self.sandbox.url());
        let answer = self.http.post(url).form(form).send().await.unwrap();
        assert!(answer.status().as_u16() < 400, "{}", answer.status());
    }

    pub async fn pay(&self, purchase: &Purchase) {
        let card = [
            ("card_number", "4242424242424242"),
            ("exp", "12/44"),
            ("cvc", "123"),
            ("email", "payer@example.com"),
        ];
        self.submit(purchase, &card).await;
    }

    /// Ends a delayed payment.
    pub async fn settle_delayed(&self, purchase: &Purchase, outcome: &str) {
        let id = purchase.terms.session_id.as_ref().unwrap();
        let path = format!("/_sandbox/sessions/{id}/settle");
        let body = json!({ "outcome": outcome });
        self.call(Method::POST, &path, Some(body)).await;
    }

    /// The events so far as Stripe would send them, oldest first.
    pub async fn events(&self) -> Vec<Value> {
        let list = self.fetch("/v1/events?limit=100").await;
        list["data"]
            .as_array()
            .unwrap()
            .iter()
            .rev()
            .cloned()
            .collect()
    }

    /// Puts an event into the inbox, as the webhook's handler does.
    pub async fn receive(&self, event: &Value) -> bool {
        let payload = event.to_string();
        let envelope = Envelope::read(&payload).unwrap();
        let now = self.clock.now();
        take_in(&self.payments.store, payload, &envelope, now)
            .await
            .unwrap()
    }
}

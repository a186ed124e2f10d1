//! One purchase of a case: what is done to it, how the service comes to know, and the reckoning of what
//! became of it at Stripe and in the ledger.

use std::fmt;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::cases::{Act, News};
use super::lane::Stripe;
use crate::process::caller::Caller;
use crate::process::shopping::pay;

const CREDITS: &str = "5000";
/// Half of the price, and of the credits.
const REFUND_MINOR: u32 = 2_300;
const HALF: &str = "2500";
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(100);

pub struct Purchase<'a> {
    caller: &'a Caller,
    stripe: &'a Stripe,
    /// The same for every repeat of a request.
    key: String,
    session: Value,
}

const CARD: &str = "4242424242424242";

/// Of the account's auto-recharge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Switch {
    On,
    Off,
}

/// How often each thing has happened.
#[derive(Debug, PartialEq, Eq)]
pub struct Reckoning {
    pub payments: usize,
    pub refunds: usize,
    pub lost_disputes: usize,
    pub grants: Vec<String>,
    pub clawbacks: Vec<String>,
    pub available: String,
}

impl Reckoning {
    /// All once: the payment, its refund of a half, and the dispute that took the rest.
    pub fn is_right(&self) -> bool {
        let Reckoning {
            payments,
            refunds,
            lost_disputes,
            grants,
            clawbacks,
            available,
        } = self;
        (*payments, *refunds, *lost_disputes) == (1, 1, 1)
            && *grants == [CREDITS]
            && *clawbacks == [format!("-{HALF}"), format!("-{HALF}")]
            && available == "0"
    }
}

impl fmt::Display for Reckoning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "granted {} of {} paid, clawed {} of {} refunded and {} lost",
            self.grants.len(),
            self.payments,
            self.clawbacks.len(),
            self.refunds,
            self.lost_disputes
        )
    }
}

impl<'a> Purchase<'a> {
    pub fn new(caller: &'a Caller, stripe: &'a Stripe, number: usize) -> Purchase<'a> {
        Purchase {
            caller,
            stripe,
            key: format!("case-{number}"),
            session: Value::Null,
        }
    }

    fn path(&self, order: &str) -> String {
        let id = self.session["purchase_id"].as_str().unwrap();
        format!("/v1/admin/purchases/{id}{order}")
    }

    /// Does it, however often it takes.
    pub async fn begin(&mut self, act: Act) {
        match act {
            Act::Open => {
                let body = json!({"package_id": "plus"});
                self.session = self.insist("/v1/checkout-sessions", &body, 201).await;
            }
            Act::Pay => {
                let page = self.session["url"].as_str().unwrap();
                let paid = pay(page, CARD).await.unwrap();
                assert_eq!(paid.status, 303, "{}", paid.text);
            }
            Act::Recharge => {
                self.set_recharge(Switch::On).await;
                self.session = json!({"purchase_id": self.newest_purchase().await});
            }
            Act::RefundHere => {
                let body = json!({"amount": REFUND_MINOR, "reason": "a crash test"});
                self.insist(&self.path("/refund"), &body, 200).await;
            }
            Act::RefundAtStripe => {
                let amount = REFUND_MINOR.to_string();
                let payment = self.payment().await;
                let form = [("payment_intent", payment.as_str()), ("amount", &amount)];
                self.stripe.post("/v1/refunds", &form).await;
            }
            Act::LoseDispute => {
                let order = json!({"payment_intent": self.payment().await});
                let dispute = self.stripe.order("/disputes", &order).await;
                let id = dispute["id"].as_str().unwrap();
                let path = format!("/disputes/{id}/move");
                self.stripe.order(&path, &json!({"status": "lost"})).await;
            }
        }
    }

    /// As the card's owner does, on Stripe's page.
    pub async fn save_card(&self) {
        let path = "/v1/payment-method-sessions";
        let session = self.insist(path, &json!({}), 201).await;
        let saved = pay(session["url"].as_str().unwrap(), CARD).await.unwrap();
        assert_eq!(saved.status, 303, "{}", saved.text);
        let path = format!("{path}/{}", session["id"].as_str().unwrap());
        let shown = self.caller.get(&path).await.unwrap().json();
        assert_eq!(shown["payment_method"]["last4"], "4242", "{shown}");
    }

    async fn set_recharge(&self, switch: Switch) {
        let enabled = switch == Switch::On;
        let body = json!({"enabled": enabled, "threshold": "100", "credits": CREDITS,
            "monthly_cap": {"amount": 1_000_000, "currency": "usd"}});
        let key = format!("{}-{enabled}", self.key);
        let answer = self
            .caller
            .insist_on(Method::PUT, "/v1/auto-recharge", &key, &body);
        let answer = answer.await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// Waits for one.
    async fn newest_purchase(&self) -> Value {
        let started = Instant::now();
        loop {
            if let Ok(answer) = self.caller.get("/v1/purchases").await
                && answer.status == 200
                && let Some(newest) = answer.json()["data"].get(0)
            {
                return newest["id"].clone();
            }
            assert!(started.elapsed() < PATIENCE, "nothing is recharged");
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn insist(&self, path: &str, body: &Value, status: u16) -> Value {
        let answer = self.caller.insist(path, &self.key, body).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        answer.json()
    }

    /// Waits until the service knows of it, and asks it to look where nobody tells it.
    pub async fn hear(&self, act: Act, news: News) {
        let started = Instant::now();
        loop {
            if news == News::Resync {
                self.insist(&self.path("/resync"), &json!({}), 200).await;
            }
            if let Ok(answer) = self.caller.get(&self.path("")).await
                && answer.status == 200
                && is_known(&answer.json(), act)
            {
                break;
            }
            assert!(started.elapsed() < PATIENCE, "nobody hears of {act:?}");
            tokio::time::sleep(PAUSE).await;
        }
        if act == Act::Recharge {
            if news == News::Resync {
                // The card's answer was news enough: only now is there a payment to ask about.
                self.insist(&self.path("/resync"), &json!({}), 200).await;
            }
            // What goes back must not be bought again.
            self.set_recharge(Switch::Off).await;
        }
    }

    /// Its payment at Stripe: the one of its session, or the one that the saved card made.
    async fn payment(&self) -> String {
        let payment = match self.session["id"].as_str() {
            Some(id) => {
                let path = format!("/v1/checkout/sessions/{id}");
                self.stripe.get(&path).await["payment_intent"].clone()
            }
            None => {
                let shown = self.caller.get(&self.path("")).await.unwrap().json();
                let facts = shown["facts"].as_array().unwrap();
                let payment = facts.iter().find(|it| it["kind"] == "payment_intent");
                payment.unwrap()["id"].clone()
            }
        };
        payment.as_str().unwrap().to_owned()
    }

    /// How often it was paid.
    async fn payments(&self, payment: &str) -> usize {
        let id = &self.session["purchase_id"];
        if self.session["id"].is_string() {
            let all = "/v1/checkout/sessions?limit=100";
            let sessions = self.stripe.get(all).await;
            return count(&sessions, |it| it["client_reference_id"] == *id);
        }
        let made = self
            .stripe
            .get(&format!("/v1/payment_intents/{payment}"))
            .await;
        let customer = made["customer"].as_str().unwrap();
        let all = format!("/v1/payment_intents?customer={customer}");
        count(&self.stripe.get(&all).await, |_| true)
    }

    pub async fn reckoning(&self) -> Reckoning {
        let payment = self.payment().await;
        let of_payment = |list: &str| format!("/v1/{list}?payment_intent={payment}");
        let refunds = self.stripe.get(&of_payment("refunds")).await;
        let disputes = self.stripe.get(&of_payment("disputes")).await;
        let shown = self.caller.get(&self.path("")).await.unwrap().json();
        let amounts = |kind: &str| -> Vec<String> {
            let entries = shown["entries"].as_array().unwrap().iter();
            let of_kind = entries.filter(|entry| entry["kind"] == kind);
            of_kind
                .map(|entry| entry["amount"].as_str().unwrap().to_owned())
                .collect()
        };
        let balance = self.caller.get("/v1/balance").await.unwrap().json();
        Reckoning {
            payments: self.payments(&payment).await,
            refunds: count(&refunds, |it| {
                it["amount"] == REFUND_MINOR && it["status"] == "succeeded"
            }),
            lost_disputes: count(&disputes, |it| it["status"] == "lost"),
            grants: amounts("grant"),
            clawbacks: amounts("clawback"),
            available: balance["available"].as_str().unwrap().to_owned(),
        }
    }
}

fn count(list: &Value, counts: impl Fn(&Value) -> bool) -> usize {
    let all = list["data"].as_array().unwrap();
    all.iter().filter(|it| counts(it)).count()
}

fn is_known(shown: &Value, act: Act) -> bool {
    match act {
        Act::Open => true,
        Act::Pay | Act::Recharge => shown["purchase"]["status"] == "paid",
        Act::RefundHere | Act::RefundAtStripe => shown["clawed_back"] == HALF,
        Act::LoseDispute => shown["clawed_back"] == CREDITS,
    }
}

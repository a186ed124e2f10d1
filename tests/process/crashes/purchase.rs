//! One purchase of a case: what is done to it, how the service comes to know, and the reckoning of what
//! became of it at Stripe and in the ledger.

use std::fmt;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::card::Switch;
use super::cases::{Act, News};
use super::lane::Stripe;
use crate::process::caller::Caller;
use crate::process::shopping::pay;

pub const CREDITS: &str = "5000";
const PRICE_MINOR: u32 = 4_600;
const HALF: &str = "2500";
pub const PATIENCE: Duration = Duration::from_secs(60);
pub const PAUSE: Duration = Duration::from_millis(100);
pub const CARD: &str = "4242424242424242";

pub struct Purchase<'a> {
    pub caller: &'a Caller,
    pub stripe: &'a Stripe,
    /// The same for every repeat of a request.
    pub key: String,
    pub session: Value,
    price_minor: u32,
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
            price_minor: PRICE_MINOR,
        }
    }

    const fn refund_minor(&self) -> u32 {
        self.price_minor / 2
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
            Act::OpenInstead => self.open_instead().await,
            Act::SaveCard => self.save_card().await,
            Act::RemoveCard => self.remove_card().await,
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
                let body = json!({"amount": self.refund_minor(), "reason": "a crash test"});
                self.insist(&self.path("/refund"), &body, 200).await;
            }
            Act::RefundAtStripe => {
                let amount = self.refund_minor().to_string();
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

    /// Another package is chosen with a code that can be used once, and that the first choice holds.
    async fn open_instead(&mut self) {
        let code = self.key.to_uppercase();
        let terms = json!({"code": code, "percent_off": 50, "limits": {"per_account": 1}});
        self.insist("/v1/admin/promotion-codes", &terms, 201).await;
        self.price_minor = PRICE_MINOR / 2;
        let path = "/v1/checkout-sessions";
        let body = json!({"package_id": "starter", "promotion_code": code});
        let key = format!("{}-left", self.key);
        let left = self.caller.insist(path, &key, &body).await;
        assert_eq!(left.status, 201, "{}", left.text);
        let body = json!({"package_id": "plus", "promotion_code": code});
        self.session = self.insist(path, &body, 201).await;
        let left = left.json();
        let left = format!("/v1/checkout/sessions/{}", left["id"].as_str().unwrap());
        assert_eq!(self.stripe.get(&left).await["status"], "expired");
    }

    pub async fn insist(&self, path: &str, body: &Value, status: u16) -> Value {
        let answer = self.caller.insist(path, &self.key, body).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        answer.json()
    }

    /// Waits until the service knows of it, and asks it to look where nobody tells it.
    pub async fn hear(&self, act: Act, news: News) {
        match act {
            Act::SaveCard => return self.hear_of_card(news).await,
            Act::RemoveCard => return self.see_no_card().await,
            _ => {}
        }
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
                it["amount"] == self.refund_minor() && it["status"] == "succeeded"
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
        Act::Open | Act::OpenInstead | Act::SaveCard | Act::RemoveCard => true,
        Act::Pay | Act::Recharge => shown["purchase"]["status"] == "paid",
        Act::RefundHere | Act::RefundAtStripe => shown["clawed_back"] == HALF,
        Act::LoseDispute => shown["clawed_back"] == CREDITS,
    }
}

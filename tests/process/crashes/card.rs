//! The saved card of a case: saved, charged by an auto-recharge, and let go.

use std::time::Instant;

use reqwest::Method;
use serde_json::{Value, json};

use super::cases::News;
use super::purchase::{CARD, CREDITS, PATIENCE, PAUSE, Purchase};
use crate::process::shopping::pay;

const SESSIONS: &str = "/v1/payment-method-sessions";

/// Of the account's auto-recharge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    On,
    Off,
}

impl Purchase<'_> {
    /// As the card's owner does, on Stripe's page.
    pub async fn save_card(&mut self) {
        self.session = self.insist(SESSIONS, &json!({}), 201).await;
        let page = self.session["url"].as_str().unwrap();
        let saved = pay(page, CARD).await.unwrap();
        assert_eq!(saved.status, 303, "{}", saved.text);
    }

    /// Waits until the service knows the card; where no webhook tells, the page that its owner comes back
    /// to does. However often it was asked for, Stripe has one customer.
    pub async fn hear_of_card(&self, news: News) {
        let started = Instant::now();
        loop {
            if news == News::Resync {
                let path = format!("{SESSIONS}/{}", self.session["id"].as_str().unwrap());
                // Dying, it answers nothing.
                let _ = self.caller.get(&path).await;
            }
            if self.card().await["last4"] == "4242" {
                break;
            }
            assert!(started.elapsed() < PATIENCE, "nobody hears of the card");
            tokio::time::sleep(PAUSE).await;
        }
        assert_eq!(self.own_customers().await.len(), 1);
    }

    pub async fn remove_card(&self) {
        let card = self.card().await;
        let path = format!("/v1/payment-methods/{}", card["id"].as_str().unwrap());
        let nothing = json!({});
        let delete = self
            .caller
            .insist_on(Method::DELETE, &path, &self.key, &nothing);
        let deleted = delete.await;
        // The first attempt may have died with its answer.
        assert!(
            [204, 404].contains(&deleted.status.as_u16()),
            "{}",
            deleted.text
        );
    }

    /// Neither the service nor Stripe has a card any more.
    pub async fn see_no_card(&self) {
        assert_eq!(self.card().await, Value::Null);
        let customers = self.own_customers().await;
        let path = format!("/v1/customers/{}/payment_methods", customers[0]);
        assert_eq!(self.stripe.get(&path).await["data"], json!([]));
    }

    /// As the service shows it, once it is up.
    async fn card(&self) -> Value {
        let started = Instant::now();
        loop {
            if let Ok(answer) = self.caller.get("/v1/auto-recharge").await
                && answer.status == 200
            {
                return answer.json()["payment_method"].clone();
            }
            assert!(started.elapsed() < PATIENCE, "nobody shows the card");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The account's customers at Stripe.
    async fn own_customers(&self) -> Vec<String> {
        let balance = self.caller.get("/v1/balance").await.unwrap().json();
        let all = self.stripe.get("/v1/customers?limit=100").await;
        let all = all["data"].as_array().unwrap().iter();
        all.filter(|it| it["metadata"]["account_id"] == balance["account_id"])
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect()
    }

    pub async fn set_recharge(&self, switch: Switch) {
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
    pub async fn newest_purchase(&self) -> Value {
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
}

//! Saved cards and auto-recharge, as people set them up.

use serde_json::{Value, json};

use super::app::TestApp;
use super::polling::until;

pub const AUTO_RECHARGE: &str = "/v1/auto-recharge";
pub const CARD_SESSIONS: &str = "/v1/payment-method-sessions";

/// Buys a number of credits below a threshold, for a hundred dollars a month at most.
pub fn recharge_below(threshold: &str, credits: &str) -> Value {
    json!({
        "enabled": true, "threshold": threshold, "credits": credits,
        "monthly_cap": {"amount": 10_000, "currency": "usd"},
    })
}

impl TestApp {
    /// A page on which an account saves a card.
    pub async fn card_session(&self, account: &str) -> Value {
        let user = self.as_user(account);
        let answer = user.post(CARD_SESSIONS, &json!({})).fresh_key().await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()
    }

    /// Saves a card, and gives the id of its payment method.
    pub async fn save_card(&self, account: &str, card: &str) -> String {
        let session = self.card_session(account).await;
        let saved = self.pay(&session, card).await;
        assert_eq!(saved.status, 303, "{}", saved.text);
        let path = format!("{CARD_SESSIONS}/{}", session["id"].as_str().unwrap());
        let session = self.as_user(account).get(&path).await.ok();
        let id = session["payment_method"]["id"].as_str();
        id.unwrap().to_owned()
    }

    /// From now on a card is charged as one of Stripe's test cards.
    pub async fn card_behaves(&self, card: &str, like: &str) {
        let path = format!("/payment_methods/{card}/behave");
        self.order(&path, &json!({ "like": like })).await;
    }

    pub async fn set_recharge(&self, account: &str, settings: &Value) -> Value {
        let user = self.as_user(account);
        user.put(AUTO_RECHARGE, settings).fresh_key().await.ok()
    }

    pub async fn recharge(&self, account: &str) -> Value {
        self.as_user(account).get(AUTO_RECHARGE).await.ok()
    }

    /// The auto-recharge, once it stands so and has made so many attempts.
    pub async fn until_recharge(&self, account: &str, status: &str, attempts: i64) -> Value {
        until(status, || async {
            let recharge = self.recharge(account).await;
            let stands = recharge["status"] == status && recharge["attempts"] == attempts;
            stands.then_some(recharge)
        })
        .await
    }
}

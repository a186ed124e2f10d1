//! Buying, as people do it: a session is asked for, its page is paid, and credits come.

use serde_json::{Value, json};

use super::app::TestApp;
use super::client::Answer;
use super::polling::until;

pub const GOOD_CARD: &str = "4242424242424242";
pub const DECLINED_CARD: &str = "4000000000000002";
pub const SESSIONS: &str = "/v1/checkout-sessions";

impl TestApp {
    /// A new checkout session of an account.
    pub async fn checkout(&self, account: &str, body: &Value) -> Value {
        let answer = self.as_user(account).post(SESSIONS, body).fresh_key().await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()
    }

    pub async fn starter(&self, account: &str) -> Value {
        self.checkout(account, &json!({"package_id": "starter"}))
            .await
    }

    /// Fills in the pay page.
    pub async fn pay(&self, session: &Value, card: &str) -> Answer {
        let form = [
            ("card_number", card),
            ("exp", "12/34"),
            ("cvc", "123"),
            ("email", "payer@example.com"),
        ];
        self.submit(session["url"].as_str().unwrap(), &form).await
    }

    /// Pays by bank debit, which takes days.
    pub async fn pay_by_debit(&self, session: &Value) -> Answer {
        let form = [("method", "delayed"), ("email", "payer@example.com")];
        self.submit(session["url"].as_str().unwrap(), &form).await
    }

    pub async fn purchase(&self, account: &str, session: &Value) -> Value {
        let path = format!("/v1/purchases/{}", session["purchase_id"].as_str().unwrap());
        self.as_user(account).get(&path).await.ok()
    }

    /// The purchase, once it stands so. It asks only us, never Stripe.
    pub async fn until_status(&self, account: &str, session: &Value, status: &str) -> Value {
        until(status, || async {
            let purchase = self.purchase(account, session).await;
            (purchase["status"] == status).then_some(purchase)
        })
        .await
    }

    /// How many grants of credits the account's history shows.
    pub async fn grants(&self, account: &str) -> usize {
        let user = self.as_user(account);
        let page = user.get("/v1/usage-history?kind=grant&limit=100").await;
        page.ok()["data"].as_array().unwrap().len()
    }

    /// The session object as Stripe shows it.
    pub async fn stripe_session(&self, session: &Value) -> Value {
        let id = session["id"].as_str().unwrap();
        self.stripe(&format!("/v1/checkout/sessions/{id}")).await
    }

    /// How many sessions Stripe has.
    pub async fn stripe_sessions(&self) -> usize {
        let list = self.stripe("/v1/checkout/sessions?limit=100").await;
        list["data"].as_array().unwrap().len()
    }

    /// Every event of Stripe's from now on is lost.
    pub async fn lose_events(&self) {
        self.order("/webhooks/behaviour", &json!({"drop": true}))
            .await;
    }
}

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

    /// A starter package, paid: its session, and its payment at Stripe.
    pub async fn paid_starter(&self, account: &str) -> (Value, String) {
        let session = self.starter(account).await;
        self.pay(&session, GOOD_CARD).await;
        self.until_status(account, &session, "paid").await;
        let at_stripe = self.stripe_session(&session).await;
        let payment = at_stripe["payment_intent"].as_str().unwrap().to_owned();
        (session, payment)
    }

    /// Refunds at Stripe, behind our back.
    pub async fn refund_at_stripe(&self, payment: &str, amount: i64) -> Value {
        let form = [
            ("payment_intent", payment.to_owned()),
            ("amount", amount.to_string()),
        ];
        self.stripe_form("/v1/refunds", &form).await
    }

    pub async fn dispute(&self, payment: &str, inquiry: bool) -> String {
        let order = json!({"payment_intent": payment, "inquiry": inquiry});
        let dispute = self.order("/disputes", &order).await;
        dispute["id"].as_str().unwrap().to_owned()
    }

    pub async fn move_dispute(&self, dispute: &str, status: &str) {
        let path = format!("/disputes/{dispute}/move");
        self.order(&path, &json!({"status": status})).await;
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

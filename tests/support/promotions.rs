//! Promotion codes, made as an administrator makes them; sessions that end unpaid; and prices in more
//! currencies than a fresh database has.

use secrecy::ExposeSecret;
use serde_json::Value;

use super::app::TestApp;
use super::client::Answer;

pub const CODES: &str = "/v1/admin/promotion-codes";

impl TestApp {
    pub async fn code(&self, body: &Value) -> Value {
        let made = self.as_admin().post(CODES, body).fresh_key().await;
        assert_eq!(made.status, 201, "{}", made.text);
        made.json()
    }

    /// How often a code is used.
    pub async fn used(&self, code: &str) -> i64 {
        let shown = self.as_admin().get(&format!("{CODES}/{code}")).await.ok();
        shown["used"].as_i64().unwrap()
    }

    /// Has Stripe close a session, as it does when nobody pays in time.
    pub async fn expire(&self, session: &Value) {
        let id = session["id"].as_str().unwrap();
        let url = format!("{}/v1/checkout/sessions/{id}/expire", self.sandbox_url());
        let key = self.secrets.stripe_secret_key.expose_secret();
        Answer::of(self.http.post(url).bearer_auth(key)).await.ok();
    }

    /// Euros, yen and dinars beside the dollars; the largest package is not sold in yen.
    pub async fn sell_in_more_currencies(&self) {
        self.db
            .sql(
                "INSERT INTO price_lists (currency, least_charge, min_credits, max_credits) VALUES \
                    ('eur', 50, 100, 1000000), ('jpy', 50, 100, 1000000), ('kwd', 150, 100, 1000000); \
                 INSERT INTO price_slabs (currency, from_credits, price_per_credit) VALUES \
                    ('eur', 1, '0.95'), ('eur', 1001, '0.855'), \
                    ('jpy', 1, '1.5'), ('jpy', 1001, '1.35'), ('kwd', 1, '3.1'); \
                 INSERT INTO package_prices (package_id, currency, price) VALUES \
                    ('starter', 'eur', 950), ('plus', 'eur', 4370), ('pro', 'eur', 15800), ('scale', 'eur', 69000), \
                    ('starter', 'jpy', 1500), ('plus', 'jpy', 6900), ('pro', 'jpy', 24900), \
                    ('starter', 'kwd', 3100)",
            )
            .await;
    }
}

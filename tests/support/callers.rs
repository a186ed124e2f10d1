//! Who calls: users, administrators, nobody, and whoever a forged token says. Tokens are signed with
//! the sandbox's own secret, so that they are wrong only where a test makes them so.

use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::app::TestApp;
use super::client::Client;

impl TestApp {
    /// Somebody who may look and buy.
    pub fn as_user(&self, account: &str) -> Client {
        self.with_scope(account, "credits:read credits:purchase")
    }

    pub fn as_admin(&self) -> Client {
        self.with_scope("admin-1", "credits:read credits:admin")
    }

    pub fn with_scope(&self, account: &str, scope: &str) -> Client {
        self.with_claims(&self.claims(account, scope))
    }

    pub fn anonymous(&self) -> Client {
        Client::new(self.http.clone(), self.url(), None)
    }

    /// What a good token says. It outlasts whatever a test does to the clock.
    pub fn claims(&self, account: &str, scope: &str) -> Value {
        let now = self.clock.now().unix_seconds();
        json!({
            "iss": self.issuer, "aud": self.audience, "sub": account, "scope": scope,
            "iat": now, "exp": now + 10 * 366 * 86_400,
        })
    }

    /// Whatever a token signed with the right secret may say.
    pub fn with_claims(&self, claims: &Value) -> Client {
        let token = self.forge(claims);
        Client::new(self.http.clone(), self.url(), Some(token))
    }

    pub fn forge(&self, claims: &Value) -> String {
        let secret = self.secrets.jwt_secret.expose_secret().as_bytes();
        let key = jsonwebtoken::EncodingKey::from_secret(secret);
        jsonwebtoken::encode(&jsonwebtoken::Header::default(), claims, &key).unwrap()
    }
}

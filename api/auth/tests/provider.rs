//! An identity provider on a port of this machine, whose answer can be changed.

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

pub(super) struct Provider(MockServer);

impl Provider {
    pub(super) async fn start(keys: &[&Value]) -> (Provider, Authenticator) {
        let provider = Provider(MockServer::start().await);
        provider.publish(keys).await;
        let url = format!("{}/jwks.json", provider.0.uri());
        let keys = TokenKeys::Jwks(url.parse().unwrap());
        (provider, Authenticator::new(&identity(keys)).unwrap())
    }

    pub(super) async fn publish(&self, keys: &[&Value]) {
        self.answer(ResponseTemplate::new(200).set_body_json(json!({"keys": keys})))
            .await;
    }

    /// From now on, and counted from nought.
    pub(super) async fn answer(&self, response: ResponseTemplate) {
        self.0.reset().await;
        Mock::given(any())
            .respond_with(response)
            .mount(&self.0)
            .await;
    }

    pub(super) async fn times_asked(&self) -> usize {
        self.0.received_requests().await.unwrap().len()
    }
}

/// A key pair under an id, and a token that it signed.
pub(super) struct Signer {
    pub(super) key: TestKey,
    id: &'static str,
}

impl Signer {
    pub(super) fn new(id: &'static str) -> Signer {
        Signer {
            key: TestKey::ed25519(),
            id,
        }
    }

    pub(super) fn jwk(&self) -> Value {
        self.key.jwk(self.id)
    }

    /// Good for two hours after `NOW`, so that only keys can fail it.
    pub(super) fn token(&self) -> String {
        let header = json!({"alg": "EdDSA", "kid": self.id, "typ": "at+jwt"}).to_string();
        forge(&header, &claims_with("exp", json!(NOW + 7_200)), &self.key)
    }
}

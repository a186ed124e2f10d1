//! Stripe's API: the one place that knows its client and its types. It calls, translates and
//! counts; it never decides what an answer means for credits, and is never called while a
//! transaction is open.

mod event_list;
mod failure;
mod off_session;
mod request;
mod reversals;
mod saved_cards;
mod snapshot;

use std::time::Duration;

use ledger::instant::Instant;
use ledger::purchase::{Evidence, Facts, Purchase};
use metrics::counter;
use secrecy::{ExposeSecret, SecretString};
use stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_checkout::CheckoutSession;
use stripe_checkout::checkout_session::{ExpireCheckoutSession, RetrieveCheckoutSession};
use stripe_types::Expandable;
use url::Url;

use crate::steps::{self, Step};

pub use failure::StripeFailure;
pub use reversals::NewRefund;
pub use saved_cards::{CardSession, CardSessionState, NewCardSession};

/// For one call, its answer included. A call is never repeated behind the caller's back.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Cheap to clone. Its `Debug` shows no key.
#[derive(Clone, Debug)]
pub struct StripeClient {
    client: Client,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedSession {
    pub id: String,
    /// Where the buyer pays; absent once the session is closed.
    pub url: Option<String>,
}

/// Stripe's client takes the process-wide provider of TLS. Installing it again changes nothing.
pub fn install_crypto_provider() {
    // An error says that there is one already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

impl StripeClient {
    /// `base_url` is Stripe itself when absent.
    pub fn new(
        secret_key: &SecretString,
        base_url: Option<&Url>,
    ) -> Result<StripeClient, StripeFailure> {
        install_crypto_provider();
        let mut builder = ClientBuilder::new(secret_key.expose_secret())
            .request_strategy(RequestStrategy::Once)
            .timeout(TIMEOUT)
            .app_info("credits", Some(env!("CARGO_PKG_VERSION").to_owned()), None);
        if let Some(url) = base_url {
            // The client appends "v1/…" as it is.
            let url = url.as_str();
            let slash = if url.ends_with('/') { "" } else { "/" };
            builder = builder.url(format!("{url}{slash}"));
        }
        let client = builder.build().map_err(StripeFailure::misconfigured)?;
        Ok(StripeClient { client })
    }

    /// Makes the purchase's checkout session, or finds the one that an earlier call has made: all
    /// parameters and the idempotency key follow from the purchase alone.
    ///
    /// Stripe keeps its answer to a key for a day, a 500 as well. So a 500 is asked for once more,
    /// lest only the answer was lost, and then with a second key. A session that was made under
    /// the first key all the same is shown to nobody, and expires unpaid.
    pub async fn create_session(
        &self,
        purchase: &Purchase,
    ) -> Result<CreatedSession, StripeFailure> {
        let [first, second] = request::idempotency_keys(purchase);
        for key in [&first, &first] {
            match self.try_create(purchase, key).await {
                Err(StripeFailure::Unavailable { status: 500, .. }) => {}
                result => return result,
            }
        }
        self.try_create(purchase, &second).await
    }

    async fn try_create(
        &self,
        purchase: &Purchase,
        key: &str,
    ) -> Result<CreatedSession, StripeFailure> {
        let key = IdempotencyKey::new(key).map_err(StripeFailure::misconfigured)?;
        let mut call = request::create_session(purchase).build();
        call.body = call.body.map(|form| request::in_order(&form));
        let answer = call
            .customize::<CheckoutSession>()
            .request_strategy(RequestStrategy::Idempotent(key))
            .send(&self.client)
            .await;
        let session = counted("create_session", answer)?;
        Ok(CreatedSession {
            id: session.id.to_string(),
            url: session.url,
        })
    }

    /// What Stripe says about the session, about its payment as far as there is one, and about what
    /// went back of that. `now` is the moment before the question.
    pub async fn evidence(
        &self,
        session_id: &str,
        known: &Facts,
        now: Instant,
    ) -> Result<Vec<Evidence>, StripeFailure> {
        steps::reached(Step::RetrievingSession);
        let answer = RetrieveCheckoutSession::new(session_id)
            .expand(vec![
                "payment_intent.latest_charge".to_owned(),
                "invoice".to_owned(),
            ])
            .send(&self.client)
            .await;
        let session = counted("retrieve_session", answer)?;
        steps::reached(Step::SessionRetrieved);
        let payment = session.payment_intent.as_ref();
        let payment = payment.and_then(Expandable::as_object);
        let went_back = payment.map(snapshot::went_back);
        let mut evidence = snapshot::evidence(session, now);
        if let Some(paid) = went_back {
            evidence.extend(self.reversals(&paid, known).await?);
        }
        Ok(evidence)
    }

    /// Closes a session that is open, so that nobody can pay it any more.
    pub async fn close_session(
        &self,
        session_id: &str,
        now: Instant,
    ) -> Result<Vec<Evidence>, StripeFailure> {
        steps::reached(Step::ClosingSession);
        let answer = ExpireCheckoutSession::new(session_id)
            .send(&self.client)
            .await;
        let session = counted("close_session", answer)?;
        steps::reached(Step::SessionClosed);
        Ok(snapshot::evidence(session, now))
    }
}

fn counted<T>(call: &'static str, answer: Result<T, StripeError>) -> Result<T, StripeFailure> {
    let answer = answer.map_err(StripeFailure::from);
    let outcome = answer.as_ref().map_or_else(StripeFailure::label, |_| "ok");
    counter!("credits_stripe_requests_total", "call" => call, "outcome" => outcome).increment(1);
    answer
}

#[cfg(test)]
mod tests;

//! The saved card at Stripe: the customer it belongs to, the session that saves it, and how it is let
//! go. No number of a card ever comes here.

use std::collections::HashMap;

use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::money::Currency;
use ledger::recharge::Card;
use stripe::{IdempotencyKey, RequestStrategy, StripeRequest};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes,
    CreateCheckoutSessionSetupIntentData, RetrieveCheckoutSession,
};
use stripe_checkout::{CheckoutSession, CheckoutSessionMode, CheckoutSessionStatus};
use stripe_core::customer::CreateCustomer;
use stripe_payment::payment_method::DetachPaymentMethod;

use super::{StripeClient, StripeFailure, counted, request};
use crate::payments::states::{ACCOUNT_ID, storable};
use crate::steps::{self, Step};

/// What a session that saves a card is made with.
pub struct NewCardSession<'a> {
    pub account_id: &'a AccountId,
    pub customer_id: &'a str,
    /// What it will be charged in decides which cards there are.
    pub currency: Currency,
    pub success_url: &'a str,
    pub cancel_url: &'a str,
    /// The same request makes the same session.
    pub key: &'a str,
}

/// A session that saves a card, as Stripe shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSession {
    pub id: String,
    pub state: CardSessionState,
    /// Where the card is entered; absent once the session is closed.
    pub url: Option<String>,
    pub expires_at: Instant,
    /// Whose it says it is.
    pub account_id: Option<AccountId>,
    pub customer_id: Option<String>,
    /// What was saved, once it was.
    pub card: Option<Card>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardSessionState {
    Open,
    Complete,
    Expired,
}

impl StripeClient {
    /// The customer whose the cards are. It carries our account id, and nothing about a person.
    pub async fn create_customer(
        &self,
        account_id: &AccountId,
        key: &str,
    ) -> Result<String, StripeFailure> {
        let key = IdempotencyKey::new(key).map_err(StripeFailure::misconfigured)?;
        steps::reached(Step::CreatingCustomer);
        let customer = CreateCustomer::new()
            .metadata(metadata(account_id))
            .customize()
            .request_strategy(RequestStrategy::Idempotent(key))
            .send(&self.client)
            .await;
        let customer = counted("create_customer", customer)?;
        steps::reached(Step::CustomerCreated);
        Ok(customer.id.to_string())
    }

    pub async fn create_card_session(
        &self,
        new: &NewCardSession<'_>,
    ) -> Result<CardSession, StripeFailure> {
        let key = IdempotencyKey::new(new.key).map_err(StripeFailure::misconfigured)?;
        let mut setup = CreateCheckoutSessionSetupIntentData::new();
        setup.metadata = Some(metadata(new.account_id));
        let Ok(currency) = new.currency.as_str().parse::<stripe_types::Currency>();
        let mut call = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Setup)
            .customer(new.customer_id)
            .currency(currency)
            .allowed_payment_method_types(vec![
                CreateCheckoutSessionAllowedPaymentMethodTypes::Card,
            ])
            .setup_intent_data(setup)
            .metadata(metadata(new.account_id))
            .success_url(new.success_url)
            .cancel_url(new.cancel_url)
            .build();
        call.body = call.body.map(|form| request::in_order(&form));
        steps::reached(Step::CreatingCardSession);
        let session = call
            .customize::<CheckoutSession>()
            .request_strategy(RequestStrategy::Idempotent(key))
            .send(&self.client)
            .await;
        let session = counted("create_card_session", session)?;
        steps::reached(Step::CardSessionCreated);
        Ok(told(session))
    }

    /// None: not a session that saves a card.
    pub async fn card_session(&self, id: &str) -> Result<Option<CardSession>, StripeFailure> {
        steps::reached(Step::RetrievingCardSession);
        let session = RetrieveCheckoutSession::new(id)
            .expand(vec!["setup_intent.payment_method".to_owned()])
            .send(&self.client)
            .await;
        let session = counted("retrieve_card_session", session)?;
        steps::reached(Step::CardSessionRetrieved);
        Ok((session.mode == CheckoutSessionMode::Setup).then(|| told(session)))
    }

    pub async fn detach_card(&self, payment_method_id: &str) -> Result<(), StripeFailure> {
        steps::reached(Step::DetachingCard);
        let detached = DetachPaymentMethod::new(payment_method_id)
            .send(&self.client)
            .await;
        counted("detach_payment_method", detached)?;
        steps::reached(Step::CardDetached);
        Ok(())
    }
}

fn metadata(account_id: &AccountId) -> HashMap<String, String> {
    HashMap::from([(ACCOUNT_ID.to_owned(), account_id.to_string())])
}

fn told(session: CheckoutSession) -> CardSession {
    let state = match session.status {
        Some(CheckoutSessionStatus::Open) => CardSessionState::Open,
        Some(CheckoutSessionStatus::Complete) => CardSessionState::Complete,
        _ => CardSessionState::Expired,
    };
    let account_id = session
        .metadata
        .as_ref()
        .and_then(|metadata| metadata.get(ACCOUNT_ID))
        .and_then(|id| AccountId::parse(id).ok());
    let method = session
        .setup_intent
        .and_then(|setup| setup.into_object())
        .and_then(|setup| setup.payment_method)
        .and_then(|method| method.into_object());
    CardSession {
        id: session.id.to_string(),
        state,
        url: session.url.filter(|_| state == CardSessionState::Open),
        expires_at: Instant::from_unix_seconds(session.expires_at).unwrap_or(Instant::MAX),
        account_id,
        customer_id: session.customer.map(|customer| customer.id().to_string()),
        card: method
            .filter(|_| state == CardSessionState::Complete)
            .and_then(card),
    }
}

/// None: not a card.
fn card(method: stripe_payment::PaymentMethod) -> Option<Card> {
    let card = method.card?;
    Some(Card {
        payment_method_id: storable(method.id.to_string()),
        brand: storable(card.brand),
        last4: storable(card.last4),
        exp_month: i16::try_from(card.exp_month).ok()?,
        exp_year: i16::try_from(card.exp_year).ok()?,
        added_at: Instant::from_unix_seconds(method.created)?,
        removed_at: None,
    })
}

//! The saved card of an account: saved on a page of Stripe's, known by what Stripe says of it, and let
//! go when its owner wishes or Stripe has it no longer. No number of a card ever comes here.

use ledger::command::CardChange;
use ledger::ids::AccountId;
use ledger::money::Currency;
use ledger::replay::Key;

use super::events::CardNews;
use super::stripe::{CardSession, NewCardSession, StripeFailure};
use super::{Payments, PaymentsError};

impl Payments {
    /// A page of Stripe's on which a card is saved; the same request gets the same page. `currency` is
    /// the service's own: an account whose auto-recharge is set has it from there.
    pub async fn open_card_session(
        &self,
        account_id: &AccountId,
        key: &Key,
        currency: Currency,
        (success_url, cancel_url): (&str, &str),
    ) -> Result<CardSession, PaymentsError> {
        let request = hex(&[key.id.digest, key.fingerprint].concat());
        let known = self.store.recharge(account_id).await?;
        let settings = known.as_ref().and_then(|it| it.settings.as_ref());
        let currency = settings.map_or(currency, |it| it.cycle_cap.currency);
        let customer_id = match known.and_then(|recharge| recharge.customer_id) {
            Some(customer_id) => customer_id,
            None => {
                let key = format!("credits-customer-{request}");
                self.stripe.create_customer(account_id, &key).await?
            }
        };
        let new = NewCardSession {
            account_id,
            customer_id: &customer_id,
            currency,
            success_url,
            cancel_url,
            key: &format!("credits-card-{request}"),
        };
        Ok(self.stripe.create_card_session(&new).await?)
    }

    /// Asks Stripe about a session that saves a card, and keeps the card if it was saved. None: there
    /// is no such session of the account's.
    pub async fn refresh_card_session(
        &self,
        account_id: &AccountId,
        session_id: &str,
    ) -> Result<Option<CardSession>, PaymentsError> {
        let session = match self.stripe.card_session(session_id).await {
            Ok(session) => session,
            Err(StripeFailure::Refused { .. }) => None,
            Err(failure) => return Err(failure.into()),
        };
        let ours = session.filter(|session| session.account_id.as_ref() == Some(account_id));
        let Some(session) = ours else {
            return Ok(None);
        };
        if let (Some(card), Some(customer_id)) = (&session.card, &session.customer_id) {
            let saved = CardChange::Saved {
                customer_id: customer_id.clone(),
                card: card.clone(),
            };
            self.change_card(account_id, saved).await?;
        }
        Ok(Some(session))
    }

    /// Lets the card go at Stripe, and then here. One that Stripe has no longer is gone all the same.
    pub async fn remove_card(
        &self,
        account_id: &AccountId,
        payment_method_id: &str,
    ) -> Result<(), PaymentsError> {
        match self.stripe.detach_card(payment_method_id).await {
            Ok(()) | Err(StripeFailure::Refused { .. }) => {}
            Err(failure) => return Err(failure.into()),
        }
        let removed = CardChange::Removed {
            payment_method_id: payment_method_id.to_owned(),
        };
        self.change_card(account_id, removed).await
    }

    /// Applies what an event says of a card. Whether it was about any of ours.
    pub async fn hear_of_card(&self, news: CardNews) -> Result<bool, PaymentsError> {
        match news {
            CardNews::SessionCompleted {
                account_id,
                session_id,
            } => {
                let found = self.refresh_card_session(&account_id, &session_id).await?;
                Ok(found.is_some())
            }
            CardNews::Detached { payment_method_id } => {
                let owners = self.store.owners_of_card(&payment_method_id).await?;
                for account_id in &owners {
                    let removed = CardChange::Removed {
                        payment_method_id: payment_method_id.clone(),
                    };
                    self.change_card(account_id, removed).await?;
                }
                Ok(!owners.is_empty())
            }
            CardNews::CustomerDeleted {
                account_id,
                customer_id,
            } => {
                let known = self.store.recharge(&account_id).await?.is_some();
                if known {
                    let gone = CardChange::CustomerGone { customer_id };
                    self.change_card(&account_id, gone).await?;
                }
                Ok(known)
            }
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Auto-recharge: an account that ran low buys with its saved card. The purchase is committed, and
//! with it the attempt counted, before Stripe is called; a crash or an outage after that is mended by
//! the same call again, which the sweep makes. It never decides whether the card may be charged.

use ledger::command::{Action, CardChange, Command, Outcome, RechargeAttempt, RefusedRecharge};
use ledger::ids::{AccountId, PurchaseId};
use ledger::pricing::PriceList;
use ledger::purchase::{
    Evidence, PaymentIntentSnapshot, PaymentIntentState, Purchase, PurchaseStatus, SavedCard,
};
use ledger::recharge::{Consequence, Decline};
use ledger::rejection::Rejection;
use metrics::counter;
use uuid::Uuid;

use super::settle::{LEAST_SESSION_SECONDS, REPEATABLE_SECONDS};
use super::stripe::StripeFailure;
use super::{Payments, PaymentsError};

impl Payments {
    /// Buys for the account, if its auto-recharge is to: the purchase as far as it has come.
    pub async fn recharge(
        &self,
        account_id: &AccountId,
        prices: &[PriceList],
    ) -> Result<Option<Purchase>, PaymentsError> {
        let attempt = RechargeAttempt {
            purchase_id: PurchaseId::from_uuid(Uuid::now_v7()),
            prices: prices.to_vec(),
            livemode: self.livemode,
            success_url: format!("{}?session_id={{CHECKOUT_SESSION_ID}}", self.return_page),
            cancel_url: format!("{}?cancelled=1", self.return_page),
        };
        let command = Command {
            account_id: account_id.clone(),
            key: None,
            action: Action::AttemptRecharge(Box::new(attempt)),
        };
        match self.writer.submit(command, None).await?.decision {
            Ok(Outcome::RechargeOpened(purchase)) => {
                let purchase_id = purchase.terms.purchase_id;
                tracing::info!(%purchase_id, account = %account_id, "an account recharges itself");
                self.refresh(&purchase).await.map(Some)
            }
            Ok(Outcome::RechargeWaits(obstacle)) => {
                tracing::debug!(account = %account_id, ?obstacle, "no recharge");
                Ok(None)
            }
            Ok(_) => Err(PaymentsError::UnexpectedOutcome),
            Err(rejection) => Err(PaymentsError::Rejected(rejection)),
        }
    }

    /// Brings a purchase of the saved card on, as long as nobody was sent to a pay page for it.
    pub(super) async fn refresh_recharge(
        &self,
        purchase: &Purchase,
        card: &SavedCard,
    ) -> Result<Purchase, PaymentsError> {
        if purchase.terms.livemode != self.livemode {
            return Ok(self.settle(purchase, Vec::new()).await?.purchase);
        }
        if needs_authentication(purchase) {
            return self.ask_for_authentication(purchase).await;
        }
        let settled = match purchase.facts.payment_intents.keys().next() {
            Some(id) => self.look_at_payment(purchase, id).await?,
            None if purchase.status == PurchaseStatus::Created => {
                self.charge_card(purchase, card).await?
            }
            // Given up before Stripe knew of it.
            None => return Ok(purchase.clone()),
        };
        if needs_authentication(&settled) {
            return self.ask_for_authentication(&settled).await;
        }
        Ok(settled)
    }

    async fn look_at_payment(
        &self,
        purchase: &Purchase,
        payment_intent_id: &str,
    ) -> Result<Purchase, PaymentsError> {
        let purchase_id = purchase.terms.purchase_id;
        let now = self.clock.now();
        let asked = self
            .stripe
            .payment_evidence(payment_intent_id, &purchase.facts, now)
            .await;
        let evidence = match asked {
            Ok(evidence) => evidence,
            Err(failure @ StripeFailure::Refused { .. }) => {
                tracing::error!(%purchase_id, %failure, "Stripe does not show the payment");
                Vec::new()
            }
            Err(failure) => {
                tracing::warn!(%purchase_id, %failure, "Stripe did not show the payment");
                return Err(failure.into());
            }
        };
        Ok(self.settle(purchase, evidence).await?.purchase)
    }

    async fn charge_card(
        &self,
        purchase: &Purchase,
        card: &SavedCard,
    ) -> Result<Purchase, PaymentsError> {
        let purchase_id = purchase.terms.purchase_id;
        match self.charge(purchase, card).await {
            Ok(Some(told)) => self.hear(purchase, told).await,
            // Stripe never came to it: no failure of the card's.
            Ok(None) => self.abandon(purchase).await,
            Err(StripeFailure::Refused { code, message }) => {
                tracing::error!(%purchase_id, code, message, "Stripe refuses to charge a saved card");
                self.refuse(purchase, &code).await
            }
            Err(failure) => {
                tracing::warn!(%purchase_id, %failure, "a saved card was not charged yet");
                Err(failure.into())
            }
        }
    }

    /// None: the payment was never made, and will not be.
    async fn charge(
        &self,
        purchase: &Purchase,
        card: &SavedCard,
    ) -> Result<Option<PaymentIntentSnapshot>, StripeFailure> {
        let now = self.clock.now();
        // Later the same call could be another one, and charge the card twice.
        if now.seconds_since(purchase.created_at) >= REPEATABLE_SECONDS {
            return self.stripe.find_payment(purchase, card, now).await;
        }
        match self.stripe.charge(purchase, card, now).await {
            Ok(told) => Ok(Some(told)),
            // Stripe keeps a 500 under the key. What it has done all the same, only a search tells.
            Err(failure @ StripeFailure::Unavailable { status: 500, .. }) => {
                let found = self.stripe.find_payment(purchase, card, now).await?;
                found.map(Some).ok_or(failure)
            }
            Err(failure) => Err(failure),
        }
    }

    async fn hear(
        &self,
        purchase: &Purchase,
        told: PaymentIntentSnapshot,
    ) -> Result<Purchase, PaymentsError> {
        let outcome = match (&told.state, &told.decline) {
            (PaymentIntentState::Succeeded, _) => "paid",
            (_, Some(decline)) => match decline.consequence() {
                Consequence::Pause => "declined",
                Consequence::Authenticate => "needs_authentication",
                Consequence::Suspend => "refused",
            },
            _ => "pending",
        };
        counter!("credits_recharges_total", "outcome" => outcome).increment(1);
        let evidence = vec![Evidence::PaymentIntent(told)];
        Ok(self.settle(purchase, evidence).await?.purchase)
    }

    /// Makes the pay page on which the card's owner confirms what the card was to pay.
    async fn ask_for_authentication(&self, purchase: &Purchase) -> Result<Purchase, PaymentsError> {
        let time_left = purchase.request.expires_at.seconds_since(self.clock.now());
        if time_left < LEAST_SESSION_SECONDS {
            return self.abandon(purchase).await;
        }
        let written = self.ensure_session(purchase.clone(), None, None).await?;
        match written.decision {
            Ok(Outcome::SessionRecorded(recorded)) => Ok(recorded),
            Ok(_) => Err(PaymentsError::UnexpectedOutcome),
            Err(rejection) => Err(PaymentsError::Rejected(rejection)),
        }
    }

    async fn refuse(&self, purchase: &Purchase, code: &str) -> Result<Purchase, PaymentsError> {
        counter!("credits_recharges_total", "outcome" => "refused").increment(1);
        let terms = &purchase.terms;
        let command = Command {
            account_id: terms.account_id.clone(),
            key: None,
            action: Action::RefuseRecharge(RefusedRecharge {
                purchase_id: terms.purchase_id,
                decline: Decline::of_code(code),
            }),
        };
        match self.writer.submit(command, None).await?.decision {
            Ok(Outcome::PurchaseAbandoned(abandoned)) => Ok(abandoned),
            Ok(_) => Err(PaymentsError::UnexpectedOutcome),
            Err(rejection) => Err(PaymentsError::Rejected(rejection)),
        }
    }

    /// Tells the account's auto-recharge what became of its card.
    pub(super) async fn change_card(
        &self,
        account_id: &AccountId,
        change: CardChange,
    ) -> Result<(), PaymentsError> {
        let command = Command {
            account_id: account_id.clone(),
            key: None,
            action: Action::ChangeCard(change),
        };
        match self.writer.submit(command, None).await?.decision {
            // One that is gone already needs no telling.
            Ok(Outcome::RechargeChanged { .. }) | Err(Rejection::CardDoesNotExist) => Ok(()),
            Ok(_) => Err(PaymentsError::UnexpectedOutcome),
            Err(rejection) => Err(PaymentsError::Rejected(rejection)),
        }
    }
}

fn needs_authentication(purchase: &Purchase) -> bool {
    purchase.status == PurchaseStatus::Created
        && purchase
            .decline()
            .is_some_and(|decline| decline.consequence() == Consequence::Authenticate)
}

#[cfg(test)]
mod tests;

//! From a purchase to its checkout session. The purchase is committed before Stripe is called, and
//! the session recorded after: a crash in between is mended by the same call again. No transaction
//! is ever open while Stripe is asked.

use ledger::command::{Action, Command, NewSession, Outcome};
use ledger::purchase::Purchase;
use ledger::rejection::Rejection;
use ledger::replay::Key;

use super::stripe::{CreatedSession, StripeFailure};
use super::{Payments, PaymentsError};
use crate::steps::{self, Step};
use crate::writer::{Render, Written};

impl Payments {
    /// Makes the purchase's session at Stripe unless it is known, and records it. With a key, the
    /// answer that `render` makes of the record is stored under it in the same transaction.
    ///
    /// # Errors
    /// After `StripeRefused` the purchase is abandoned; after the others the same call again goes
    /// on where this one stopped.
    pub async fn ensure_session(
        &self,
        purchase: Purchase,
        key: Option<Key>,
        render: Option<Render>,
    ) -> Result<Written, PaymentsError> {
        let purchase_id = purchase.terms.purchase_id;
        let session = match &purchase.terms.session_id {
            Some(session_id) => NewSession {
                purchase_id,
                session_id: session_id.clone(),
                url: purchase.session_url.clone(),
            },
            None => match self.create_session(&purchase).await {
                Ok(created) => NewSession {
                    purchase_id,
                    session_id: created.id,
                    url: created.url,
                },
                Err(failure) => return Err(self.after_failure(&purchase, failure).await),
            },
        };
        let command = Command {
            account_id: purchase.terms.account_id,
            key,
            action: Action::RecordSession(session),
        };
        let written = self.writer.submit(command, render).await?;
        steps::reached(Step::SessionRecorded);
        Ok(written)
    }

    async fn create_session(&self, purchase: &Purchase) -> Result<CreatedSession, StripeFailure> {
        if purchase.terms.livemode != self.livemode {
            return Err(StripeFailure::Refused {
                code: "livemode_mismatch".to_owned(),
                message: "the purchase belongs to the key of the other mode".to_owned(),
            });
        }
        steps::reached(Step::CreatingSession);
        let created = self.stripe.create_session(purchase).await;
        steps::reached(Step::SessionCreated);
        created
    }

    async fn after_failure(&self, purchase: &Purchase, failure: StripeFailure) -> PaymentsError {
        let purchase_id = purchase.terms.purchase_id;
        match &failure {
            StripeFailure::Refused { .. } => {
                tracing::error!(%purchase_id, %failure, "no checkout session will be made");
                if let Err(error) = self.abandon(purchase).await {
                    // The sweep comes to it again.
                    tracing::warn!(%purchase_id, %error, "a purchase could not be abandoned");
                }
            }
            StripeFailure::Misconfigured { .. } => tracing::error!(%purchase_id, %failure),
            StripeFailure::Unavailable { .. } | StripeFailure::Busy => {
                tracing::warn!(%purchase_id, %failure, "no checkout session yet");
            }
        }
        failure.into()
    }

    /// Gives up a purchase that Stripe knows nothing of; one that Stripe knows stays as it is.
    pub(super) async fn abandon(&self, purchase: &Purchase) -> Result<Purchase, PaymentsError> {
        let terms = &purchase.terms;
        let command = Command {
            account_id: terms.account_id.clone(),
            key: None,
            action: Action::AbandonPurchase(terms.purchase_id),
        };
        match self.writer.submit(command, None).await?.decision {
            Ok(Outcome::PurchaseAbandoned(abandoned)) => Ok(abandoned),
            Ok(_) => Err(PaymentsError::UnexpectedOutcome),
            Err(Rejection::PurchaseIsNotOpen { .. }) => self
                .store
                .purchase(&terms.account_id, terms.purchase_id)
                .await?
                .ok_or(PaymentsError::Rejected(Rejection::PurchaseDoesNotExist)),
            Err(rejection) => Err(PaymentsError::Rejected(rejection)),
        }
    }
}

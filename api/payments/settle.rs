//! The one way that evidence takes, whoever brings it: a webhook, the return page or the sweep.
//! Whether it means credits is the ledger's to say; here it is only fetched and handed over.

use ledger::command::{Action, Command, Outcome, PurchaseEvidence};
use ledger::entry::Entry;
use ledger::purchase::{Evidence, Lane, Purchase, PurchaseStatus};

use super::schedule::{Expecting, next_check_at};
use super::stripe::StripeFailure;
use super::{Payments, PaymentsError};

/// Stripe keeps an idempotency key for a day at least. Later than this the same call could be
/// another call.
pub(super) const REPEATABLE_SECONDS: i64 = 20 * 3_600;

/// Stripe opens no session for less than half an hour, and our clocks may differ.
pub(super) const LEAST_SESSION_SECONDS: i64 = 32 * 60;

/// A purchase as the evidence leaves it, with the entry if credits were granted just now.
#[derive(Clone, Debug)]
pub struct Settled {
    pub purchase: Purchase,
    pub granted: Option<Entry>,
}

impl Payments {
    /// Asks Stripe about the purchase and settles it by the answer. A purchase without a session
    /// gets the one it should have, or is given up where it is too late for that.
    pub async fn refresh(&self, purchase: &Purchase) -> Result<Purchase, PaymentsError> {
        if let (Lane::Recharge(card), None) = (&purchase.terms.lane, known_session(purchase)) {
            return self.refresh_recharge(purchase, card).await;
        }
        let asked_at = self.clock.now();
        let purchase_id = purchase.terms.purchase_id;
        let Some(session_id) = known_session(purchase) else {
            return match purchase.status {
                PurchaseStatus::Created => self.make_up_for_session(purchase).await,
                // Given up before Stripe knew of it.
                _ => Ok(purchase.clone()),
            };
        };
        if purchase.terms.livemode != self.livemode {
            // Made with the key of the other mode; ours can't see it.
            return Ok(self.settle(purchase, Vec::new()).await?.purchase);
        }
        let evidence = match self
            .stripe
            .evidence(session_id, &purchase.facts, asked_at)
            .await
        {
            Ok(evidence) => evidence,
            Err(failure @ StripeFailure::Refused { .. }) => {
                tracing::error!(%purchase_id, %failure, "Stripe does not show the session");
                Vec::new()
            }
            Err(failure) => {
                tracing::warn!(%purchase_id, %failure, "Stripe did not show the session");
                return Err(failure.into());
            }
        };
        Ok(self.settle(purchase, evidence).await?.purchase)
    }

    /// Has Stripe close the purchase's session, which its buyer has left for another one. One that was
    /// paid or has closed meanwhile is brought up to date instead, and one that Stripe may be about to
    /// make stays as it is.
    pub async fn close(&self, purchase: &Purchase) -> Result<Purchase, PaymentsError> {
        let Some(session_id) = known_session(purchase) else {
            return Ok(purchase.clone());
        };
        match self
            .stripe
            .close_session(session_id, self.clock.now())
            .await
        {
            Ok(evidence) => Ok(self.settle(purchase, evidence).await?.purchase),
            Err(StripeFailure::Refused { .. }) => self.refresh(purchase).await,
            Err(failure) => Err(failure.into()),
        }
    }

    /// Looks at the purchase later, as if Stripe had said nothing new.
    pub async fn postpone(&self, purchase: &Purchase) -> Result<(), PaymentsError> {
        self.settle(purchase, Vec::new()).await.map(drop)
    }

    async fn make_up_for_session(&self, purchase: &Purchase) -> Result<Purchase, PaymentsError> {
        let now = self.clock.now();
        let age = now.seconds_since(purchase.created_at);
        let time_left = purchase.request.expires_at.seconds_since(now);
        if age >= REPEATABLE_SECONDS || time_left < LEAST_SESSION_SECONDS {
            return self.abandon(purchase).await;
        }
        let written = self.ensure_session(purchase.clone(), None, None).await?;
        match written.decision {
            Ok(Outcome::SessionRecorded(recorded)) => {
                Ok(self.settle(&recorded, Vec::new()).await?.purchase)
            }
            Ok(_) => Err(PaymentsError::UnexpectedOutcome),
            Err(rejection) => Err(PaymentsError::Rejected(rejection)),
        }
    }

    /// Applies what Stripe said to the purchase.
    pub async fn settle(
        &self,
        known: &Purchase,
        evidence: Vec<Evidence>,
    ) -> Result<Settled, PaymentsError> {
        let terms = &known.terms;
        let expecting = Expecting::after(&evidence);
        let news = PurchaseEvidence {
            purchase_id: terms.purchase_id,
            evidence,
            next_check_at: next_check_at(known.created_at, self.clock.now(), expecting),
        };
        let command = Command {
            account_id: terms.account_id.clone(),
            key: None,
            action: Action::ApplyEvidence(news),
        };
        match self.writer.submit(command, None).await?.decision {
            Ok(Outcome::PurchaseSettled {
                purchase,
                granted,
                reversed,
            }) => {
                report(known, &purchase, granted.as_deref(), &reversed);
                let granted = granted.map(|entry| *entry);
                Ok(Settled { purchase, granted })
            }
            Ok(_) => Err(PaymentsError::UnexpectedOutcome),
            Err(rejection) => Err(PaymentsError::Rejected(rejection)),
        }
    }
}

/// The recorded session, or the one that an event has named before our own call was answered.
fn known_session(purchase: &Purchase) -> Option<&str> {
    let named = purchase.facts.sessions.keys().next();
    let session = purchase.terms.session_id.as_ref().or(named);
    session.map(String::as_str)
}

/// What somebody has to know: credits were granted or went back, or a person has to look.
fn report(before: &Purchase, after: &Purchase, granted: Option<&Entry>, reversed: &[Entry]) {
    let purchase_id = after.terms.purchase_id;
    if let Some(entry) = granted {
        let late = matches!(
            before.status,
            PurchaseStatus::Expired | PurchaseStatus::Failed
        );
        tracing::info!(%purchase_id, sequence = entry.sequence, late, "a purchase was paid");
    }
    for entry in reversed {
        let (kind, sequence) = (entry.body.kind.code(), entry.sequence);
        tracing::warn!(%purchase_id, kind, sequence, status = ?after.status, "money of a purchase went back, or may");
    }
    if let Some(reason) = after.review.filter(|_| before.review != after.review) {
        tracing::error!(%purchase_id, ?reason, "a purchase needs a person's review");
    }
}

//! What Stripe says went back of a payment: its refunds and disputes; and the one call that sends money
//! back.

use std::collections::HashMap;

use ledger::ids::{AccountId, PurchaseId};
use ledger::purchase::{DisputeSnapshot, Evidence, Purchase, RefundSnapshot};
use stripe::{IdempotencyKey, RequestStrategy, StripeRequest};
use stripe_core::dispute::ListDispute;
use stripe_core::payment_intent::RetrievePaymentIntent;
use stripe_core::refund::{CreateRefund, ListRefund};
use stripe_shared::{Dispute, Refund};
use uuid::Uuid;

use super::{StripeClient, StripeFailure, counted, request};
use crate::payments::states::{ACCOUNT_ID, PURCHASE_ID, dispute_state, refund_state, storable};
use crate::steps::{self, Step};

/// Which of our requests a refund was made for.
const REQUEST: &str = "refund_request";
const MOST_IN_A_PAGE: i64 = 100;

/// Money to send back.
#[derive(Clone, Debug)]
pub struct NewRefund {
    pub payment_intent_id: String,
    /// None: all that is left of it.
    pub amount_minor: Option<i64>,
    pub reason: String,
    /// Names the request: made again, it finds the refund that it made before.
    pub request: String,
}

impl StripeClient {
    /// Whose payment it is, by the names that we put on it. None: not one of ours.
    pub async fn owner_of_payment(
        &self,
        payment_intent_id: &str,
    ) -> Result<Option<(AccountId, PurchaseId)>, StripeFailure> {
        steps::reached(Step::AskingForOwner);
        let answer = RetrievePaymentIntent::new(payment_intent_id)
            .send(&self.client)
            .await;
        let names = counted("retrieve_payment_intent", answer)?.metadata;
        steps::reached(Step::OwnerTold);
        let purchase = names
            .get(PURCHASE_ID)
            .and_then(|id| Uuid::try_parse(id).ok());
        let account = names
            .get(ACCOUNT_ID)
            .and_then(|id| AccountId::parse(id).ok());
        Ok(account.zip(purchase.map(PurchaseId::from_uuid)))
    }

    /// All refunds of a payment, the failed ones too.
    pub async fn refunds(&self, payment_intent_id: &str) -> Result<Vec<Evidence>, StripeFailure> {
        let refunds = self.list_refunds(payment_intent_id).await?;
        Ok(refunds.into_iter().filter_map(refund_evidence).collect())
    }

    async fn list_refunds(&self, payment_intent_id: &str) -> Result<Vec<Refund>, StripeFailure> {
        let mut all: Vec<Refund> = Vec::new();
        loop {
            let mut list = ListRefund::new()
                .payment_intent(payment_intent_id)
                .limit(MOST_IN_A_PAGE);
            if let Some(last) = all.last() {
                list = list.starting_after(last.id.to_string());
            }
            steps::reached(Step::ListingRefunds);
            let page = counted("list_refunds", list.send(&self.client).await)?;
            steps::reached(Step::RefundsListed);
            let is_last = !page.has_more || page.data.is_empty();
            all.extend(page.data);
            if is_last {
                return Ok(all);
            }
        }
    }

    /// All disputes of a payment, inquiries and the decided ones too.
    pub async fn disputes(&self, payment_intent_id: &str) -> Result<Vec<Evidence>, StripeFailure> {
        let mut all: Vec<Dispute> = Vec::new();
        loop {
            let mut list = ListDispute::new()
                .payment_intent(payment_intent_id)
                .limit(MOST_IN_A_PAGE);
            if let Some(last) = all.last() {
                list = list.starting_after(last.id.to_string());
            }
            steps::reached(Step::ListingDisputes);
            let page = counted("list_disputes", list.send(&self.client).await)?;
            steps::reached(Step::DisputesListed);
            let is_last = !page.has_more || page.data.is_empty();
            all.extend(page.data);
            if is_last {
                return Ok(all.into_iter().filter_map(dispute_evidence).collect());
            }
        }
    }

    /// Sends money of the purchase back, or finds that the same request has done so. Stripe keeps a
    /// key for a day at least; the refund's own metadata says for ever what it was made for.
    pub async fn refund(
        &self,
        purchase: &Purchase,
        new: &NewRefund,
    ) -> Result<Vec<Evidence>, StripeFailure> {
        let made = self.list_refunds(&new.payment_intent_id).await?;
        let ours = |refund: &Refund| {
            let names = refund.metadata.as_ref();
            names.and_then(|names| names.get(REQUEST)) == Some(&new.request)
        };
        if let Some(known) = made.into_iter().find(ours) {
            return Ok(refund_evidence(known).into_iter().collect());
        }
        let key = format!("credits-refund-{}", new.request);
        let key = IdempotencyKey::new(key).map_err(StripeFailure::misconfigured)?;
        let mut call = create_refund(purchase, new).build();
        call.body = call.body.map(|form| request::in_order(&form));
        steps::reached(Step::CreatingRefund);
        let answer = call
            .customize::<Refund>()
            .request_strategy(RequestStrategy::Idempotent(key))
            .send(&self.client)
            .await;
        let refund = counted("create_refund", answer)?;
        steps::reached(Step::RefundCreated);
        Ok(refund_evidence(refund).into_iter().collect())
    }
}

fn create_refund(purchase: &Purchase, new: &NewRefund) -> CreateRefund {
    let terms = &purchase.terms;
    let call = CreateRefund::new()
        .payment_intent(new.payment_intent_id.clone())
        .metadata(HashMap::from([
            (PURCHASE_ID.to_owned(), terms.purchase_id.to_string()),
            (ACCOUNT_ID.to_owned(), terms.account_id.to_string()),
            (REQUEST.to_owned(), new.request.clone()),
            ("reason".to_owned(), new.reason.clone()),
        ]));
    match new.amount_minor {
        Some(amount) => call.amount(amount),
        None => call,
    }
}

fn refund_evidence(refund: Refund) -> Option<Evidence> {
    Some(Evidence::Refund(RefundSnapshot {
        id: refund.id.to_string(),
        state: refund_state(refund.status.as_deref()),
        amount_minor: refund.amount,
        currency: storable(refund.currency.to_string()),
        payment_intent_id: refund.payment_intent?.id().to_string(),
    }))
}

fn dispute_evidence(dispute: Dispute) -> Option<Evidence> {
    Some(Evidence::Dispute(DisputeSnapshot {
        id: dispute.id.to_string(),
        state: dispute_state(dispute.status.as_str()),
        amount_minor: dispute.amount,
        currency: storable(dispute.currency.to_string()),
        payment_intent_id: dispute.payment_intent?.id().to_string(),
    }))
}

//! Charging the saved card while its owner is away: one payment intent for a purchase, the same call
//! every time. A card that says no is an answer, and not a failure of Stripe's.

use std::collections::HashMap;

use ledger::instant::Instant;
use ledger::purchase::{Evidence, Facts, PaymentIntentSnapshot, Purchase, SavedCard};
use stripe::{IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_core::PaymentIntent;
use stripe_core::payment_intent::{
    CreatePaymentIntent, CreatePaymentIntentAutomaticPaymentMethods,
    CreatePaymentIntentAutomaticPaymentMethodsAllowRedirects, CreatePaymentIntentOffSession,
    ListPaymentIntent, RetrievePaymentIntent,
};

use super::snapshot::{payment_snapshot, went_back};
use super::{StripeClient, StripeFailure, counted, request};
use crate::payments::states::PURCHASE_ID;
use crate::steps::{self, Step};

/// One page: a customer has few payments beside the one that is looked for.
const NEWEST_PAYMENTS: i64 = 100;
/// Our clocks may differ from Stripe's.
const CLOCK_LEEWAY_SECONDS: i64 = 3_600;

impl StripeClient {
    /// What came of it, declined or not. The same call again is the same payment for a day. `now` is
    /// the moment before it.
    pub async fn charge(
        &self,
        purchase: &Purchase,
        card: &SavedCard,
        now: Instant,
    ) -> Result<PaymentIntentSnapshot, StripeFailure> {
        let id = purchase.terms.purchase_id;
        let key = IdempotencyKey::new(format!("credits-recharge-{id}"));
        let key = key.map_err(StripeFailure::misconfigured)?;
        let mut call = create(purchase, card).build();
        call.body = call.body.map(|form| request::in_order(&form));
        steps::reached(Step::ChargingCard);
        let answer = call
            .customize::<PaymentIntent>()
            .request_strategy(RequestStrategy::Idempotent(key))
            .send(&self.client)
            .await;
        steps::reached(Step::CardCharged);
        let answer = match answer {
            // The error of a declined card carries its payment.
            Err(StripeError::Stripe(mut error, 402)) if error.payment_intent.is_some() => {
                let declined = error.payment_intent.take();
                declined
                    .map(|mut payment| {
                        payment.last_payment_error.get_or_insert(error.clone());
                        payment
                    })
                    .ok_or(StripeError::Stripe(error, 402))
            }
            other => other,
        };
        Ok(payment_snapshot(counted("create_payment", answer)?, now))
    }

    /// What Stripe says about a payment that is known by its id, and about what went back of it.
    pub async fn payment_evidence(
        &self,
        payment_intent_id: &str,
        known: &Facts,
        now: Instant,
    ) -> Result<Vec<Evidence>, StripeFailure> {
        steps::reached(Step::RetrievingPayment);
        let answer = RetrievePaymentIntent::new(payment_intent_id)
            .expand(vec!["latest_charge".to_owned()])
            .send(&self.client)
            .await;
        let payment = counted("retrieve_payment", answer)?;
        steps::reached(Step::PaymentRetrieved);
        let went_back = went_back(&payment);
        let mut evidence = vec![Evidence::PaymentIntent(payment_snapshot(payment, now))];
        evidence.extend(self.reversals(&went_back, known).await?);
        Ok(evidence)
    }

    /// The payment for a purchase, where no answer ever named it.
    pub async fn find_payment(
        &self,
        purchase: &Purchase,
        card: &SavedCard,
        now: Instant,
    ) -> Result<Option<PaymentIntentSnapshot>, StripeFailure> {
        let made_at = purchase.created_at.unix_seconds();
        let list = ListPaymentIntent::new()
            .customer(card.customer_id.clone())
            .limit(NEWEST_PAYMENTS);
        steps::reached(Step::ListingPayments);
        let list = list.send(&self.client).await;
        steps::reached(Step::PaymentsListed);
        let id = purchase.terms.purchase_id.to_string();
        let ours = counted("list_payments", list)?.data.into_iter();
        let ours = ours.filter(|payment| {
            payment.created >= made_at.saturating_sub(CLOCK_LEEWAY_SECONDS)
                && payment.metadata.get(PURCHASE_ID) == Some(&id)
        });
        Ok(ours.map(|payment| payment_snapshot(payment, now)).next())
    }
}

fn create(purchase: &Purchase, card: &SavedCard) -> CreatePaymentIntent {
    let terms = &purchase.terms;
    // A currency Stripe's client doesn't know is passed on as it is.
    let Ok(currency) = terms
        .price
        .currency
        .as_str()
        .parse::<stripe_types::Currency>();
    // Nobody is there to be sent anywhere.
    let mut automatic = CreatePaymentIntentAutomaticPaymentMethods::new(true);
    automatic.allow_redirects =
        Some(CreatePaymentIntentAutomaticPaymentMethodsAllowRedirects::Never);
    let metadata: HashMap<String, String> = request::metadata(purchase);
    CreatePaymentIntent::new(terms.price.amount_minor, currency)
        .customer(card.customer_id.clone())
        .payment_method(card.payment_method_id.clone())
        .automatic_payment_methods(automatic)
        .off_session(CreatePaymentIntentOffSession::Bool(true))
        .confirm(true)
        .description(purchase.request.title.clone())
        .expand(vec!["latest_charge".to_owned()])
        .metadata(metadata)
}

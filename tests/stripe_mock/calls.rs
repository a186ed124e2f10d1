//! All calls of the client, each in every form that it can take. Whether an answer can be read is not asked:
//! stripe-mock answers with objects that are none of ours.

use credits::payments::stripe::{NewCardSession, NewRefund, StripeClient};
use ledger::credits::Credits;
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::purchase::{
    CheckoutRequest, Clawed, Facts, Lane, Purchase, PurchaseStatus, SavedCard, Tax, Terms,
};
use url::Url;
use uuid::Uuid;

const PAYMENT: &str = "pi_1ABC";
const SESSION: &str = "cs_test_1ABC";

pub async fn make_all(url: &Url) {
    let key = "sk_test_123".to_owned().into();
    let stripe = StripeClient::new(&key, Some(url)).unwrap();
    checkouts(&stripe).await;
    reversals(&stripe).await;
    saved_cards(&stripe).await;
    charges(&stripe).await;
    events(&stripe).await;
}

async fn checkouts(stripe: &StripeClient) {
    let plain = purchase();
    let mut free = plain.clone();
    free.terms.price.amount_minor = 0;
    let mut with_all = plain.clone();
    with_all.request.with_invoice = true;
    with_all.terms.tax = Tax::OnTop;
    let mut in_yen = plain.clone();
    in_yen.terms.price.currency = Currency::parse("jpy").unwrap();
    in_yen.terms.tax = Tax::Included;
    for purchase in [plain, free, with_all, in_yen] {
        let _ = stripe.create_session(&purchase).await;
    }
    let _ = stripe.evidence(SESSION, &Facts::default(), now()).await;
    let _ = stripe.close_session(SESSION, now()).await;
    let _ = stripe.owner_of_payment(PAYMENT).await;
}

async fn reversals(stripe: &StripeClient) {
    let _ = stripe.refunds(PAYMENT).await;
    let _ = stripe.disputes(PAYMENT).await;
    for amount_minor in [None, Some(100)] {
        let refund = NewRefund {
            payment_intent_id: PAYMENT.to_owned(),
            amount_minor,
            reason: "not wanted".to_owned(),
            request: "r-1".to_owned(),
        };
        let _ = stripe.refund(&purchase(), &refund).await;
    }
}

async fn saved_cards(stripe: &StripeClient) {
    let account_id = &account();
    let _ = stripe.create_customer(account_id, "customer-1").await;
    let new = NewCardSession {
        account_id,
        customer_id: "cus_1ABC",
        currency: Currency::USD,
        success_url: "https://platform.test/saved?session_id={CHECKOUT_SESSION_ID}",
        cancel_url: "https://platform.test/credits",
        key: "card-1",
    };
    let _ = stripe.create_card_session(&new).await;
    let _ = stripe.card_session(SESSION).await;
    let _ = stripe.detach_card("pm_1ABC").await;
}

async fn charges(stripe: &StripeClient) {
    let card = SavedCard {
        customer_id: "cus_1ABC".to_owned(),
        payment_method_id: "pm_1ABC".to_owned(),
    };
    let mut purchase = purchase();
    purchase.terms.lane = Lane::Recharge(card.clone());
    let _ = stripe.charge(&purchase, &card, now()).await;
    let _ = stripe.find_payment(&purchase, &card, now()).await;
    let _ = stripe
        .payment_evidence(PAYMENT, &purchase.facts, now())
        .await;
}

async fn events(stripe: &StripeClient) {
    let kinds = ["checkout.session.completed", "refund.created"];
    for after in [None, Some("evt_1ABC")] {
        let _ = stripe.events(now(), &kinds, after).await;
    }
}

fn account() -> AccountId {
    AccountId::parse("user|1").unwrap()
}

fn now() -> Instant {
    Instant::from_unix_seconds(1_790_000_000).unwrap()
}

fn purchase() -> Purchase {
    Purchase {
        terms: Terms {
            purchase_id: PurchaseId::from_uuid(Uuid::from_u128(7)),
            account_id: account(),
            credits: Credits::from_whole(500).unwrap(),
            bonus: Credits::ZERO,
            price: Money {
                amount_minor: 500,
                currency: Currency::USD,
            },
            tax: Tax::Off,
            promotion: None,
            livemode: false,
            lane: Lane::Checkout,
            session_id: None,
        },
        request: CheckoutRequest {
            package_id: None,
            title: "500 credits & <more>".to_owned(),
            success_url: "https://platform.test/credits?session_id={CHECKOUT_SESSION_ID}"
                .to_owned(),
            cancel_url: "https://platform.test/credits".to_owned(),
            with_invoice: false,
            expires_at: now().plus_seconds(3_600).unwrap(),
        },
        session_url: None,
        status: PurchaseStatus::Created,
        review: None,
        facts: Facts::default(),
        posted: Credits::ZERO,
        clawed: Clawed::default(),
        created_at: now(),
        updated_at: now(),
        paid_at: None,
        next_check_at: None,
    }
}

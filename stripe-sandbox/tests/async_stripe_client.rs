//! The client that production uses reads everything the sandbox says.

use stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    ListCheckoutSession, ProductData, RetrieveCheckoutSession,
};
use stripe_checkout::{CheckoutSessionMode, CheckoutSessionPaymentStatus, CheckoutSessionStatus};

use crate::support::{KEY, TestSandbox};

fn client(sandbox: &TestSandbox) -> Client {
    ClientBuilder::new(KEY)
        .url(sandbox.url.clone())
        .build()
        .unwrap()
}

fn new_session() -> CreateCheckoutSession {
    let mut price = CreateCheckoutSessionLineItemsPriceData::new(stripe_types::Currency::USD);
    price.unit_amount = Some(1_250);
    price.product_data = Some(ProductData::new("500 credits"));
    let mut line = CreateCheckoutSessionLineItems::new();
    line.price_data = Some(price);
    line.quantity = Some(2);
    CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .success_url("https://shop.test/ok")
        .client_reference_id("purchase-1")
        .metadata([("purchase_id".to_owned(), "purchase-1".to_owned())])
        .line_items(vec![line])
}

#[tokio::test]
async fn it_creates_pays_retrieves_and_lists() {
    let sandbox = TestSandbox::start().await;
    let client = client(&sandbox);
    let strategy = || RequestStrategy::Idempotent(IdempotencyKey::new("purchase-1").unwrap());
    let made = new_session()
        .customize()
        .request_strategy(strategy())
        .send(&client)
        .await
        .unwrap();
    let again = new_session()
        .customize()
        .request_strategy(strategy())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(made.id, again.id);
    assert!(made.payment_intent.is_none());
    let id = made.id.to_string();
    let session = sandbox.fetch(&format!("/v1/checkout/sessions/{id}")).await;
    sandbox.pay(&session, "4000000000000002").await;
    sandbox.pay(&session, "4242424242424242").await;
    let expand = vec![
        "payment_intent.latest_charge".to_owned(),
        "line_items".to_owned(),
    ];
    let paid = RetrieveCheckoutSession::new(id)
        .expand(expand)
        .send(&client)
        .await
        .unwrap();
    assert_eq!(paid.status, Some(CheckoutSessionStatus::Complete));
    assert_eq!(paid.payment_status, CheckoutSessionPaymentStatus::Paid);
    assert_eq!(paid.line_items.unwrap().data.len(), 1);
    let intent = paid.payment_intent.unwrap().into_object().unwrap();
    assert_eq!(intent.amount_received, 2_500);
    assert!(intent.latest_charge.unwrap().into_object().unwrap().paid);
    let list = ListCheckoutSession::new()
        .limit(5)
        .send(&client)
        .await
        .unwrap();
    assert_eq!(list.data.len(), 1);
}

#[tokio::test]
async fn it_reads_errors() {
    let sandbox = TestSandbox::start().await;
    let error = RetrieveCheckoutSession::new("cs_test_no")
        .send(&client(&sandbox))
        .await
        .unwrap_err();
    match error {
        StripeError::Stripe(error, status) => {
            assert_eq!(status, 404);
            assert_eq!(error.param.as_deref(), Some("session"));
        }
        other => panic!("{other}"),
    }
}

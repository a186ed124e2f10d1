//! The calls as Stripe receives them, and what is made of its answers and of its silence.

use ledger::purchase::{Evidence, Facts, PaymentIntentState, SessionState};
use secrecy::SecretString;
use serde_json::json;
use url::Url;
use wiremock::matchers::{any, header};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::payments::bench::Bench;

async fn states(bench: &Bench, id: &str) -> (SessionState, Option<PaymentIntentState>) {
    let evidence = bench
        .payments
        .stripe
        .evidence(id, &Facts::default(), bench.clock.now())
        .await;
    let evidence = evidence.unwrap();
    let Evidence::Session(session) = &evidence[0] else {
        panic!("{evidence:?}");
    };
    let payment = evidence.get(1).map(|evidence| match evidence {
        Evidence::PaymentIntent(payment) => payment.state,
        _ => panic!("{evidence:?}"),
    });
    (session.state, payment)
}

#[tokio::test]
async fn the_session_carries_our_terms_and_our_names() {
    let bench = Bench::start().await;
    let purchase = bench.open().await;
    let made = bench.payments.stripe.create_session(&purchase).await;
    let made = made.unwrap();
    let path = format!("/v1/checkout/sessions/{}?expand[]=line_items", made.id);
    let session = bench.fetch(&path).await;
    let purchase_id = purchase.terms.purchase_id.to_string();
    let names = json!({ "purchase_id": purchase_id, "account_id": "user|1" });
    assert_eq!(session["mode"], "payment");
    assert_eq!(session["amount_total"], 2_500);
    assert_eq!(session["currency"], "usd");
    assert_eq!(session["client_reference_id"], purchase_id);
    assert_eq!(session["metadata"], names);
    assert_eq!(session["success_url"], purchase.request.success_url);
    assert_eq!(session["cancel_url"], purchase.request.cancel_url);
    assert_eq!(
        session["expires_at"],
        purchase.request.expires_at.unix_seconds()
    );
    assert_eq!(session["url"], made.url.unwrap());
    assert_eq!(session["adaptive_pricing"]["enabled"], false);
    let lines = session["line_items"]["data"].as_array().unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["description"], "500 credits & <more>");
    assert_eq!(lines[0]["quantity"], 1);
}

#[tokio::test]
async fn the_payment_carries_our_names_as_well() {
    let bench = Bench::start().await;
    let purchase = bench.open_at_stripe().await;
    bench.pay(&purchase).await;
    let id = purchase.terms.session_id.unwrap();
    let path = format!("/v1/checkout/sessions/{id}?expand[]=payment_intent");
    let session = bench.fetch(&path).await;
    let names = &session["payment_intent"]["metadata"];
    assert_eq!(names["purchase_id"], purchase.terms.purchase_id.to_string());
    assert_eq!(names["account_id"], "user|1");
}

#[tokio::test]
async fn the_same_call_again_finds_the_same_session() {
    let bench = Bench::start().await;
    let purchase = bench.open().await;
    let first = bench.payments.stripe.create_session(&purchase).await;
    let again = bench.payments.stripe.create_session(&purchase).await;
    assert_eq!(first, again);
    assert!(first.is_ok());
    assert_eq!(bench.sessions().await.len(), 1);
}

#[tokio::test]
async fn the_call_is_the_same_to_the_byte() {
    let bench = Bench::start().await;
    let purchase = bench.open().await;
    let forms: std::collections::BTreeSet<String> = (0..50)
        .map(|_| request::create_session(&purchase).build().body.unwrap())
        .map(|form| request::in_order(&form))
        .collect();
    assert_eq!(forms.len(), 1);
}

#[tokio::test]
async fn a_free_purchase_is_complete_without_a_payment() {
    let bench = Bench::start().await;
    let mut purchase = bench.open_priced(0).await;
    let made = bench.payments.stripe.create_session(&purchase).await;
    let id = made.unwrap().id;
    assert_eq!(states(&bench, &id).await, (SessionState::Open, None));
    purchase.terms.session_id = Some(id.clone());
    bench.submit(&purchase, &[("email", "a@example.com")]).await;
    let complete = (SessionState::CompleteNoPaymentRequired, None);
    assert_eq!(states(&bench, &id).await, complete);
}

#[tokio::test]
async fn each_state_at_stripe_is_read_as_what_it_is() {
    use PaymentIntentState::{Failed, Processing, Succeeded};
    use SessionState::{CompletePaid, CompleteUnpaid, Expired, Open};
    let bench = Bench::start().await;
    let purchase = bench.open_at_stripe().await;
    let id = purchase.terms.session_id.clone().unwrap();
    assert_eq!(states(&bench, &id).await, (Open, None));
    bench.pay(&purchase).await;
    assert_eq!(states(&bench, &id).await, (CompletePaid, Some(Succeeded)));

    for (outcome, session, payment) in [
        ("succeeded", CompletePaid, Succeeded),
        ("failed", CompleteUnpaid, Failed),
    ] {
        let delayed = bench.open_at_stripe().await;
        let id = delayed.terms.session_id.clone().unwrap();
        bench.submit(&delayed, &[("method", "delayed")]).await;
        let waiting = (CompleteUnpaid, Some(Processing));
        assert_eq!(states(&bench, &id).await, waiting);
        bench.settle_delayed(&delayed, outcome).await;
        assert_eq!(states(&bench, &id).await, (session, Some(payment)));
    }

    let late = bench.open_at_stripe().await;
    let id = late.terms.session_id.unwrap();
    let day = Some(json!({ "seconds": 86_400 }));
    bench
        .call(reqwest::Method::POST, "/_sandbox/clock/advance", day)
        .await;
    assert_eq!(states(&bench, &id).await.0, Expired);
}

#[tokio::test]
async fn a_lost_answer_is_found_by_the_same_call() {
    for fault in [
        json!({ "status": "close_after" }),
        json!({ "status": "close_before" }),
        json!({ "status": 429 }),
    ] {
        let bench = Bench::start().await;
        let purchase = bench.open().await;
        bench.spoil(json!([fault])).await;
        let lost = bench.payments.stripe.create_session(&purchase).await;
        assert!(
            matches!(lost, Err(StripeFailure::Unavailable { .. })),
            "{fault}: {lost:?}"
        );
        let found = bench.payments.stripe.create_session(&purchase).await;
        assert!(found.is_ok(), "{fault}: {found:?}");
        assert_eq!(bench.sessions().await.len(), 1, "{fault}");
    }
}

#[tokio::test]
async fn a_500_that_had_its_effect_makes_no_second_session() {
    let bench = Bench::start().await;
    let purchase = bench.open().await;
    bench
        .spoil(json!([{ "status": 500, "when": "after" }]))
        .await;
    let made = bench.payments.stripe.create_session(&purchase).await;
    assert!(made.is_ok(), "{made:?}");
    assert_eq!(bench.sessions().await.len(), 1);
}

/// Stripe keeps its answer to a key for a day, a 500 as well.
#[tokio::test]
async fn a_500_that_stripe_keeps_under_the_key_is_got_round() {
    let bench = Bench::start().await;
    let purchase = bench.open_at_stripe().await;
    let made = &bench.sessions().await[0];
    let [first, second] = request::idempotency_keys(&purchase);
    let server = MockServer::start().await;
    for (key, calls, answer) in [
        (
            &first,
            2,
            ResponseTemplate::new(500).set_body_json(error("kept")),
        ),
        (&second, 1, ResponseTemplate::new(200).set_body_json(made)),
    ] {
        Mock::given(header("idempotency-key", key.as_str()))
            .respond_with(answer)
            .expect(calls)
            .mount(&server)
            .await;
    }
    let url = Url::parse(&server.uri()).unwrap();
    let client = StripeClient::new(&SecretString::from("sk_test_x"), Some(&url)).unwrap();
    let found = client.create_session(&purchase).await.unwrap();
    assert_eq!(Some(found.id), purchase.terms.session_id);
}

#[tokio::test]
async fn a_lasting_outage_is_told_after_three_calls() {
    let bench = Bench::start().await;
    let purchase = bench.open().await;
    bench
        .spoil(json!([{ "status": 500 }, { "status": 500 }, { "status": 500 }]))
        .await;
    let down = bench.payments.stripe.create_session(&purchase).await;
    assert!(matches!(
        down,
        Err(StripeFailure::Unavailable { status: 500, .. })
    ));
    assert_eq!(bench.sessions().await.len(), 0);
}

#[tokio::test]
async fn what_is_wrong_for_good_is_refused() {
    let bench = Bench::start().await;
    let mut purchase = bench.open().await;
    purchase.request.expires_at = bench.clock.now();
    let refused = bench.payments.stripe.create_session(&purchase).await;
    assert!(
        matches!(refused, Err(StripeFailure::Refused { .. })),
        "{refused:?}"
    );
    let unknown = bench
        .payments
        .stripe
        .evidence("cs_test_none", &Facts::default(), bench.clock.now())
        .await;
    assert!(
        matches!(&unknown, Err(StripeFailure::Refused { code, .. }) if code == "resource_missing"),
        "{unknown:?}"
    );
}

/// Stripe's answer is `status` with `body`: how that is taken.
async fn taken(status: u16, body: serde_json::Value) -> StripeFailure {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(any())
        .and(header("authorization", "Bearer sk_test_x"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let url = Url::parse(&format!("{}/prefix", server.uri())).unwrap();
    let client = StripeClient::new(&SecretString::from("sk_test_x"), Some(&url)).unwrap();
    let failure = client
        .evidence("cs_1", &Facts::default(), Instant::from_micros(0))
        .await
        .unwrap_err();
    let calls = server.received_requests().await.unwrap();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].url.path(), "/prefix/v1/checkout/sessions/cs_1");
    failure
}

fn error(code: &str) -> serde_json::Value {
    json!({ "error": { "type": "invalid_request_error", "code": code, "message": "no" } })
}

#[tokio::test]
async fn every_status_has_its_consequence() {
    for (status, code, label) in [
        (400, "parameter_missing", "refused"),
        (402, "card_declined", "refused"),
        (404, "resource_missing", "refused"),
        (401, "api_key_expired", "misconfigured"),
        (403, "account_invalid", "misconfigured"),
        (409, "idempotency_key_in_use", "busy"),
        (424, "external", "unavailable"),
        (429, "rate_limit", "rate_limited"),
        (500, "whatever", "unavailable"),
        (503, "whatever", "unavailable"),
    ] {
        assert_eq!(taken(status, error(code)).await.label(), label, "{status}");
    }
}

#[tokio::test]
async fn an_answer_nobody_can_read_is_no_refusal() {
    for (status, body) in [
        (502, json!("a gateway's page")),
        (404, json!("a gateway's page")),
        (200, json!({ "id": "cs_1" })),
        (200, json!([])),
    ] {
        assert_eq!(taken(status, body.clone()).await.label(), "no_answer");
    }
}

#[test]
fn the_key_shows_nowhere() {
    let client = StripeClient::new(&SecretString::from("sk_live_canary"), None).unwrap();
    assert!(!format!("{client:?}").contains("canary"));
}

#[test]
fn a_key_that_is_no_header_is_a_misconfiguration() {
    let client = StripeClient::new(&SecretString::from("sk_test\n"), None);
    assert_eq!(client.unwrap_err().label(), "misconfigured");
}

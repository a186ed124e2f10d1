//! Each kind of event as what it is evidence of; and what is hostile, foreign or broken as that.

use ledger::purchase::{DisputeState, PaymentIntentState, RefundState, SessionState};
use serde_json::{Value, json};

use super::*;

const PURCHASE: &str = "019ab0c1-0000-7000-8000-000000000001";
const CREATED: i64 = 1_790_000_000;

fn event(kind: &str, object: Value) -> Value {
    json!({
        "id": "evt_1", "object": "event", "type": kind, "livemode": false, "created": CREATED,
        "api_version": "2026-09-30.endive", "a_new_field": { "of": ["Stripe's"] },
        "data": { "object": object, "previous_attributes": {} },
    })
}

fn names() -> Value {
    json!({ "purchase_id": PURCHASE, "account_id": "user|1", "more": "of somebody" })
}

fn session(status: &str, payment_status: &str) -> Value {
    json!({
        "object": "checkout.session", "id": "cs_1", "status": status,
        "payment_status": payment_status, "amount_total": 2500, "currency": "usd",
        "livemode": false, "client_reference_id": PURCHASE, "metadata": names(),
        "payment_intent": "pi_1", "unknown": null,
    })
}

fn payment(status: &str, error: Value) -> Value {
    json!({
        "object": "payment_intent", "id": "pi_1", "status": status,
        "last_payment_error": error, "metadata": names(), "amount": 2500,
    })
}

fn charge(status: &str, captured: bool) -> Value {
    json!({
        "object": "charge", "id": "ch_1", "status": status, "captured": captured,
        "payment_intent": "pi_1", "metadata": names(),
    })
}

#[track_caller]
fn evidence(event: &Value) -> Evidence {
    match read_evidence(&event.to_string()) {
        Reading::About {
            purchase_id,
            account_id,
            mut evidence,
        } => {
            assert_eq!(purchase_id.to_string(), PURCHASE);
            assert_eq!(account_id.as_str(), "user|1");
            assert_eq!(evidence.len(), 1);
            evidence.remove(0)
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn state_of_session(kind: &str, object: Value) -> SessionState {
    match evidence(&event(&format!("checkout.session.{kind}"), object)) {
        Evidence::Session(session) => session.state,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn state_of_payment(kind: &str, object: Value) -> PaymentIntentState {
    match evidence(&event(kind, object)) {
        Evidence::PaymentIntent(payment) => {
            assert_eq!(payment.id, "pi_1");
            assert_eq!(payment.purchase_id.as_deref(), Some(PURCHASE));
            assert_eq!(payment.observed_at.unix_seconds(), CREATED);
            payment.state
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn unreadable(event: &Value) {
    let reading = read_evidence(&event.to_string());
    assert!(matches!(reading, Reading::Unreadable(_)), "{reading:?}");
}

#[track_caller]
fn ignored(event: &Value, why: &'static str) {
    assert_eq!(read_evidence(&event.to_string()), Reading::Ignored(why));
}

#[test]
fn a_session_is_read_whole() {
    let read = evidence(&event(
        "checkout.session.completed",
        session("complete", "paid"),
    ));
    let Evidence::Session(read) = read else {
        panic!("{read:?}");
    };
    assert_eq!(read.id, "cs_1");
    assert_eq!(read.amount_total_minor, Some(2_500));
    assert_eq!(read.currency.as_deref(), Some("usd"));
    assert!(!read.livemode);
    assert_eq!(read.client_reference_id.as_deref(), Some(PURCHASE));
    assert_eq!(read.metadata_purchase_id.as_deref(), Some(PURCHASE));
    assert_eq!(read.metadata_account_id.as_deref(), Some("user|1"));
    assert_eq!(read.payment_intent_id.as_deref(), Some("pi_1"));
}

#[test]
fn a_session_event_says_what_its_object_says() {
    use SessionState::*;
    for (kind, status, payment_status, state) in [
        ("completed", "complete", "paid", CompletePaid),
        ("completed", "complete", "unpaid", CompleteUnpaid),
        (
            "completed",
            "complete",
            "no_payment_required",
            CompleteNoPaymentRequired,
        ),
        ("completed", "complete", "paid_in_part", CompleteUnknown),
        ("completed", "half", "paid", CompleteUnknown),
        // The name promises more than the object holds.
        ("completed", "open", "unpaid", Open),
        ("completed", "open", "no_payment_required", Open),
        ("expired", "expired", "no_payment_required", Expired),
        ("async_payment_succeeded", "complete", "paid", CompletePaid),
        (
            "async_payment_succeeded",
            "complete",
            "unpaid",
            CompleteUnpaid,
        ),
        (
            "async_payment_failed",
            "complete",
            "unpaid",
            CompletePaymentFailed,
        ),
        ("async_payment_failed", "complete", "paid", CompletePaid),
        ("expired", "expired", "unpaid", Expired),
        ("expired", "complete", "paid", CompletePaid),
    ] {
        let read = state_of_session(kind, session(status, payment_status));
        assert_eq!(read, state, "{kind} {status} {payment_status}");
    }
}

#[test]
fn a_payment_event_says_what_its_object_says() {
    use PaymentIntentState::*;
    let declined = || json!({ "code": "card_declined" });
    for (kind, status, error, state) in [
        (
            "created",
            "requires_payment_method",
            json!(null),
            AwaitingCustomer,
        ),
        ("processing", "processing", json!(null), Processing),
        (
            "payment_failed",
            "requires_payment_method",
            declined(),
            Failed,
        ),
        (
            "payment_failed",
            "requires_payment_method",
            json!(null),
            Failed,
        ),
        ("canceled", "canceled", declined(), Canceled),
        ("succeeded", "succeeded", json!(null), Succeeded),
        // The name promises more than the object holds.
        ("succeeded", "processing", json!(null), Processing),
        ("succeeded", "something_new", json!(null), AwaitingCustomer),
    ] {
        let kind = format!("payment_intent.{kind}");
        assert_eq!(
            state_of_payment(&kind, payment(status, error)),
            state,
            "{kind} {status}"
        );
    }
}

#[test]
fn a_charge_speaks_for_its_payment() {
    use PaymentIntentState::{Processing, Succeeded};
    let kind = "charge.succeeded";
    assert_eq!(state_of_payment(kind, charge("succeeded", true)), Succeeded);
    assert_eq!(
        state_of_payment(kind, charge("succeeded", false)),
        Processing
    );
    let mut alone = charge("succeeded", true);
    alone["payment_intent"] = json!(null);
    ignored(&event(kind, alone), "foreign");
}

#[test]
fn an_expanded_reference_is_its_id() {
    let mut object = session("complete", "paid");
    object["payment_intent"] = json!({ "id": "pi_7", "object": "payment_intent" });
    let read = evidence(&event("checkout.session.completed", object));
    let Evidence::Session(read) = read else {
        panic!("{read:?}");
    };
    assert_eq!(read.payment_intent_id.as_deref(), Some("pi_7"));
}

#[test]
fn what_another_application_made_is_passed_over() {
    for (reference, metadata) in [
        (json!(null), json!(null)),
        (json!(null), json!({})),
        (json!("order-17"), json!({ "order": "17" })),
        (json!(PURCHASE), json!({})),
        (json!(PURCHASE), json!({ "account_id": "with space" })),
        (json!("order-17"), json!({ "account_id": "user|1" })),
        // A UUID, and not as we write it.
        (
            json!(PURCHASE.to_uppercase()),
            json!({ "account_id": "user|1" }),
        ),
        (
            json!(format!("{{{PURCHASE}}}")),
            json!({ "account_id": "user|1" }),
        ),
    ] {
        let mut object = session("complete", "paid");
        object["client_reference_id"] = reference;
        object["metadata"] = metadata;
        ignored(&event("checkout.session.completed", object), "foreign");
    }
    let mut object = payment("succeeded", json!(null));
    object["metadata"] = json!({});
    ignored(&event("payment_intent.succeeded", object), "foreign");
}

#[test]
fn a_reference_goes_before_metadata_that_was_edited() {
    let mut object = session("complete", "paid");
    object["metadata"]["purchase_id"] = json!("019ab0c1-0000-7000-8000-00000000beef");
    let read = evidence(&event("checkout.session.completed", object));
    let Evidence::Session(read) = read else {
        panic!("{read:?}");
    };
    // Kept as it was said, so that the ledger sees the mismatch.
    assert_ne!(read.metadata_purchase_id.as_deref(), Some(PURCHASE));
}

#[test]
fn other_kinds_are_passed_over_whatever_they_carry() {
    for kind in [
        "charge.captured",
        "customer.created",
        "checkout.session.new",
        "x",
    ] {
        ignored(&event(kind, json!(17)), "kind");
    }
    let thin = json!({
        "id": "evt_test_65", "object": "v2.core.event", "type": "v1.billing.meter.no_meter_found",
        "livemode": false, "created": "2026-09-17T06:20:52.246Z",
        "related_object": { "id": "mtr_1" },
    });
    ignored(&thin, "kind");
    let envelope = Envelope::read(&thin.to_string()).unwrap();
    assert_eq!(envelope.created.to_string(), "2026-09-17T06:20:52.246000Z");
}

#[test]
fn what_lacks_a_needed_field_or_has_it_in_another_type_is_unreadable() {
    let kind = "checkout.session.completed";
    for field in ["object", "id", "payment_status", "livemode"] {
        let mut object = session("complete", "paid");
        object.as_object_mut().unwrap().remove(field);
        unreadable(&event(kind, object));
    }
    for (field, wrong) in [
        ("object", json!("charge")),
        ("id", json!(1)),
        ("status", json!(["complete"])),
        ("payment_status", json!(null)),
        ("amount_total", json!("2500")),
        ("amount_total", json!(25.5)),
        ("amount_total", json!(1e300)),
        ("currency", json!(840)),
        ("livemode", json!("false")),
        ("client_reference_id", json!(7)),
        ("metadata", json!([["purchase_id", PURCHASE]])),
        ("metadata", json!({ "purchase_id": 1 })),
        ("payment_intent", json!(1)),
    ] {
        let mut object = session("complete", "paid");
        object[field] = wrong.clone();
        unreadable(&event(kind, object));
    }
    for object in [json!(null), json!([]), json!("cs_1"), json!(1)] {
        unreadable(&event(kind, object));
    }
    let mut without = event(kind, json!(null));
    without.as_object_mut().unwrap().remove("data");
    unreadable(&without);
}

#[test]
fn an_envelope_is_plain_or_none() {
    let good = || event("charge.succeeded", charge("succeeded", true));
    let read = Envelope::read(&good().to_string()).unwrap();
    assert_eq!((read.id.as_str(), read.livemode), ("evt_1", false));
    assert_eq!(read.account, None);
    for (field, wrong) in [
        ("id", json!("")),
        ("id", json!("evt\u{0}1")),
        ("id", json!("é")),
        ("id", json!("e".repeat(256))),
        ("id", json!(null)),
        ("type", json!("a b")),
        ("type", json!(1)),
        ("livemode", json!(0)),
        ("created", json!(-1e18)),
        ("created", json!(i64::MAX)),
        ("created", json!("yesterday")),
        ("account", json!(1)),
    ] {
        let mut event = good();
        event[field] = wrong.clone();
        assert!(
            Envelope::read(&event.to_string()).is_err(),
            "{field} {wrong}"
        );
    }
    for text in ["", "null", "[]", "{", "{}", "\u{feff}{}", "{\"id\":\"a\"}x"] {
        assert!(Envelope::read(text).is_err(), "{text}");
    }
    let twice = r#"{"id":"a","id":"b","type":"x","livemode":false,"created":1}"#;
    assert!(Envelope::read(twice).is_err());
}

#[test]
fn deep_and_large_payloads_end_as_unreadable() {
    let deep = format!(
        r#"{{"id":"e","type":"charge.succeeded","livemode":false,"created":1,"data":{{"object":{}{}}}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000),
    );
    assert!(matches!(read_evidence(&deep), Reading::Unreadable(_)));
    let mut object = session("complete", "paid");
    object["metadata"]["purchase_id"] = json!("x".repeat(1_000_000));
    object["client_reference_id"] = json!(null);
    ignored(&event("checkout.session.completed", object), "foreign");
}

#[test]
fn a_nul_never_reaches_the_database() {
    let mut object = session("complete", "paid");
    object["id"] = json!("cs\u{0}1");
    object["currency"] = json!("u\u{0}d");
    object["metadata"]["purchase_id"] = json!("\u{0}");
    object["payment_intent"] = json!("pi\u{0}");
    let read = evidence(&event("checkout.session.completed", object));
    assert!(!format!("{read:?}").contains("\\0"), "{read:?}");
}

fn refund(status: Value, metadata: Value) -> Value {
    json!({
        "object": "refund", "id": "re_1", "status": status, "amount": 300, "currency": "usd",
        "payment_intent": "pi_1", "charge": "ch_1", "metadata": metadata,
    })
}

fn dispute(status: &str) -> Value {
    json!({
        "object": "dispute", "id": "du_1", "status": status, "amount": 2500, "currency": "usd",
        "payment_intent": { "id": "pi_1", "object": "payment_intent" }, "charge": "ch_1",
        "metadata": {}, "reason": "fraudulent",
    })
}

/// What went back of a payment that only Stripe can name the purchase of.
#[track_caller]
fn of_payment(event: &Value) -> Evidence {
    match read_evidence(&event.to_string()) {
        Reading::OfPayment {
            payment_intent_id,
            mut evidence,
        } => {
            assert_eq!((payment_intent_id.as_str(), evidence.len()), ("pi_1", 1));
            evidence.remove(0)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_refund_event_says_what_its_object_says() {
    for kind in [
        "refund.created",
        "refund.updated",
        "refund.failed",
        "charge.refund.updated",
    ] {
        for (status, state) in [
            (json!("pending"), RefundState::Pending),
            (json!("requires_action"), RefundState::RequiresAction),
            (json!("succeeded"), RefundState::Succeeded),
            (json!("failed"), RefundState::Failed),
            (json!("canceled"), RefundState::Canceled),
            // A word we do not know takes nothing away.
            (json!("reversed"), RefundState::Pending),
            (json!(null), RefundState::Pending),
        ] {
            let Evidence::Refund(told) = of_payment(&event(kind, refund(status, json!({})))) else {
                panic!("{kind}");
            };
            assert_eq!((told.state, told.id.as_str()), (state, "re_1"));
            assert_eq!((told.amount_minor, told.currency.as_str()), (300, "usd"));
            assert_eq!(told.payment_intent_id, "pi_1");
        }
    }
}

#[test]
fn a_refund_that_we_asked_for_says_whose_it_is() {
    let ours = event("refund.created", refund(json!("succeeded"), names()));
    assert!(matches!(evidence(&ours), Evidence::Refund(_)));
}

#[test]
fn a_dispute_event_says_what_its_object_says() {
    for kind in [
        "created",
        "updated",
        "closed",
        "funds_withdrawn",
        "funds_reinstated",
    ] {
        for (status, state) in [
            ("warning_needs_response", DisputeState::Inquiry),
            ("warning_under_review", DisputeState::Inquiry),
            ("warning_closed", DisputeState::Inquiry),
            ("needs_response", DisputeState::NeedsResponse),
            ("under_review", DisputeState::UnderReview),
            ("prevented", DisputeState::Prevented),
            ("won", DisputeState::Won),
            ("lost", DisputeState::Lost),
            ("a_future_word", DisputeState::Unknown),
        ] {
            let told = event(&format!("charge.dispute.{kind}"), dispute(status));
            let Evidence::Dispute(told) = of_payment(&told) else {
                panic!("{kind}");
            };
            assert_eq!((told.state, told.amount_minor), (state, 2_500));
        }
    }
}

#[test]
fn what_went_back_without_a_payment_of_ours_is_passed_over() {
    let mut refund = refund(json!("succeeded"), json!({}));
    refund["payment_intent"] = json!(null);
    ignored(&event("refund.created", refund), "foreign");
    let mut dispute = dispute("lost");
    dispute["payment_intent"] = json!(null);
    ignored(&event("charge.dispute.closed", dispute), "foreign");
    let mut foreign = charge("succeeded", true);
    foreign["metadata"] = json!({});
    ignored(&event("charge.refunded", foreign), "foreign");
}

#[test]
fn a_refunded_charge_says_only_that_somebody_must_ask() {
    let told = event("charge.refunded", charge("succeeded", true));
    match read_evidence(&told.to_string()) {
        Reading::AskAbout { purchase_id, .. } => assert_eq!(purchase_id.to_string(), PURCHASE),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_warning_of_fraud_moves_nothing() {
    let warning = json!({ "object": "radar.early_fraud_warning", "id": "issfr_1" });
    let told = event("radar.early_fraud_warning.created", warning);
    ignored(&told, "early_fraud_warning");
}

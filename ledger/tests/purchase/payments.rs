//! What a payment intent can say about a purchase, and what it can't.

use ledger::credits::Credits;
use ledger::instant::Instant;
use ledger::purchase::{
    CheckoutRequest, Clawed, Evidence, PaymentIntentSnapshot, PaymentIntentState, Purchase,
    PurchaseStatus, SessionState,
};

use super::{PAYMENT, facts, odd, ours, paying, payment, status, target_of, terms};

#[test]
fn a_failed_payment_fails_only_a_complete_session() {
    use PaymentIntentState::{Canceled, Failed};
    for state in [Failed, Canceled] {
        let with = |session| status(&terms(), &[ours(session), paying(state, 0)]);
        assert_eq!(with(SessionState::Open), PurchaseStatus::Open);
        assert_eq!(with(SessionState::Expired), PurchaseStatus::Expired);
        assert_eq!(with(SessionState::CompleteUnpaid), PurchaseStatus::Failed);
        assert_eq!(
            with(SessionState::CompletePaymentFailed),
            PurchaseStatus::Failed
        );
        assert_eq!(with(SessionState::CompletePaid), PurchaseStatus::Paid);
        assert_eq!(status(&terms(), &[paying(state, 0)]), PurchaseStatus::Open);
    }
}

#[test]
fn a_payment_that_succeeded_is_neither_a_grant_nor_a_failure() {
    let with = |session| {
        let evidence = [ours(session), paying(PaymentIntentState::Succeeded, 0)];
        status(&terms(), &evidence)
    };
    assert_eq!(with(SessionState::Open), PurchaseStatus::Open);
    assert_eq!(with(SessionState::Expired), PurchaseStatus::AwaitingFunds);
    assert_eq!(
        with(SessionState::CompleteUnpaid),
        PurchaseStatus::AwaitingFunds
    );
    assert_eq!(
        with(SessionState::CompletePaymentFailed),
        PurchaseStatus::AwaitingFunds
    );
}

#[test]
fn the_payment_of_another_session_decides_nothing() {
    let elsewhere = odd(SessionState::CompleteUnpaid, |it| {
        it.payment_intent_id = Some("pi_other".into());
    });
    let evidence = [
        Evidence::Session(elsewhere),
        paying(PaymentIntentState::Failed, 0),
    ];
    assert_eq!(status(&terms(), &evidence), PurchaseStatus::AwaitingFunds);
}

#[test]
fn a_payment_is_mapped_before_its_session_is_heard_of() {
    let processing = paying(PaymentIntentState::Processing, 0);
    let mapped = target_of(&terms(), std::slice::from_ref(&processing));
    assert_eq!(mapped.payment_intent_id.as_deref(), Some(PAYMENT));
    let Evidence::PaymentIntent(mut foreign) = processing else {
        unreachable!()
    };
    foreign.purchase_id = None;
    let unmapped = target_of(&terms(), &[Evidence::PaymentIntent(foreign)]);
    assert_eq!(unmapped.payment_intent_id, None);
}

#[test]
fn a_purchase_shows_the_receipt_of_the_payment_that_was_granted() {
    let now = Instant::from_unix_seconds(1_800_000_000).unwrap();
    let receipt_of = |evidence: &[Evidence]| {
        let purchase = Purchase {
            terms: terms(),
            request: CheckoutRequest {
                package_id: None,
                title: "1000 credits".to_owned(),
                success_url: "https://platform.test/done".to_owned(),
                cancel_url: "https://platform.test/credits".to_owned(),
                with_invoice: false,
                expires_at: now,
            },
            session_url: None,
            status: status(&terms(), evidence),
            review: None,
            facts: facts(evidence),
            posted: Credits::ZERO,
            clawed: Clawed::default(),
            created_at: now,
            updated_at: now,
            paid_at: None,
            next_check_at: None,
        };
        purchase.receipt_url().map(ToOwned::to_owned)
    };
    let receipt = Evidence::PaymentIntent(PaymentIntentSnapshot {
        receipt_url: Some("https://receipt/1".to_owned()),
        ..payment(PaymentIntentState::Succeeded, 0)
    });
    let paid = ours(SessionState::CompletePaid);
    assert_eq!(receipt_of(std::slice::from_ref(&paid)), None);
    let shown = receipt_of(&[paid, receipt]);
    assert_eq!(shown.as_deref(), Some("https://receipt/1"));
}

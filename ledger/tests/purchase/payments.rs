//! What a payment intent can say about a purchase, and what it can't.

use ledger::purchase::{Evidence, PaymentIntentState, PurchaseStatus, SessionState};

use super::{PAYMENT, odd, ours, paying, status, target_of, terms};

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

//! What sessions mean for a purchase, one sentence each.

use ledger::credits::Credits;
use ledger::purchase::{
    Evidence, PurchaseStatus, ReviewReason, SessionSnapshot, SessionState, Terms,
};

use super::{
    OTHER, OURS, PAYMENT, free_terms, odd, other, ours, session, status, target_of, terms,
    without_session_id,
};

fn review(terms: &Terms, session: SessionSnapshot) -> Option<ReviewReason> {
    let target = target_of(terms, &[Evidence::Session(session)]);
    assert_eq!(
        target.review.is_some(),
        target.status == PurchaseStatus::Review
    );
    target.review
}

#[test]
fn a_purchase_without_facts_is_created_or_open() {
    assert_eq!(
        status(&without_session_id(&terms()), &[]),
        PurchaseStatus::Created
    );
    assert_eq!(status(&terms(), &[]), PurchaseStatus::Open);
}

#[test]
fn each_state_of_our_session_has_its_status() {
    let table = [
        (SessionState::Open, PurchaseStatus::Open),
        (SessionState::Expired, PurchaseStatus::Expired),
        (SessionState::CompleteUnpaid, PurchaseStatus::AwaitingFunds),
        (SessionState::CompletePaymentFailed, PurchaseStatus::Failed),
        (SessionState::CompleteUnknown, PurchaseStatus::Review),
        (
            SessionState::CompleteNoPaymentRequired,
            PurchaseStatus::Review,
        ),
        (SessionState::CompletePaid, PurchaseStatus::Paid),
    ];
    for (state, expected) in table {
        assert_eq!(status(&terms(), &[ours(state)]), expected, "{state:?}");
        let nameless = without_session_id(&terms());
        assert_eq!(status(&nameless, &[ours(state)]), expected, "{state:?}");
    }
}

#[test]
fn a_paid_session_grants_what_the_terms_say() {
    let target = target_of(&terms(), &[ours(SessionState::CompletePaid)]);
    assert_eq!(target.credits, terms().credits);
    assert_eq!(target.bonus, terms().bonus);
    assert_eq!(target.paid_by.as_deref(), Some(OURS));
    assert_eq!(target.payment_intent_id.as_deref(), Some(PAYMENT));
    assert_eq!(target.review, None);
}

#[test]
fn a_currency_that_is_not_written_as_stripe_writes_it_is_a_mismatch() {
    for text in ["USD", "Usd", "us dollar", ""] {
        let paid = odd(SessionState::CompletePaid, |it| {
            it.currency = Some(text.into())
        });
        let reason = review(&terms(), paid);
        assert_eq!(reason, Some(ReviewReason::CurrencyMismatch), "{text}");
    }
}

#[test]
fn a_free_purchase_is_granted_only_for_nothing() {
    let free = |amount| {
        odd(SessionState::CompleteNoPaymentRequired, |it| {
            it.amount_total_minor = Some(amount)
        })
    };
    assert_eq!(review(&free_terms(), free(0)), None);
    assert_eq!(
        review(&free_terms(), free(1)),
        Some(ReviewReason::AmountMismatch)
    );
    let priced = Some(ReviewReason::NoPaymentRequiredForPricedPurchase);
    assert_eq!(review(&terms(), free(0)), priced);
    assert_eq!(review(&terms(), free(1_000)), priced);
}

#[test]
fn a_session_known_by_its_id_need_not_repeat_ours() {
    let silent = odd(SessionState::CompletePaid, |it| {
        it.client_reference_id = None;
        it.metadata_purchase_id = None;
        it.metadata_account_id = None;
    });
    assert_eq!(review(&terms(), silent), None);
}

#[test]
fn a_session_unknown_by_its_id_must_name_our_purchase_and_account() {
    let nameless = without_session_id(&terms());
    let paid = SessionState::CompletePaid;
    let one_name = odd(paid, |it| it.client_reference_id = None);
    assert_eq!(review(&nameless, one_name), None);
    let other_name = odd(paid, |it| it.metadata_purchase_id = None);
    assert_eq!(review(&nameless, other_name), None);
    let no_purchase = odd(paid, |it| {
        it.client_reference_id = None;
        it.metadata_purchase_id = None;
    });
    assert_eq!(
        review(&nameless, no_purchase),
        Some(ReviewReason::PurchaseMismatch)
    );
    let no_account = odd(paid, |it| it.metadata_account_id = None);
    assert_eq!(
        review(&nameless, no_account),
        Some(ReviewReason::AccountMismatch)
    );
}

#[test]
fn of_several_mismatches_the_gravest_is_named() {
    let mut wrong = session(OTHER, SessionState::CompletePaid);
    wrong.amount_total_minor = Some(1);
    assert_eq!(
        review(&terms(), wrong.clone()),
        Some(ReviewReason::SessionMismatch)
    );
    wrong.livemode = false;
    assert_eq!(review(&terms(), wrong), Some(ReviewReason::ModeMismatch));
    let two = [
        Evidence::Session(odd(SessionState::CompletePaid, |it| {
            it.amount_total_minor = None
        })),
        other(SessionState::CompletePaid),
    ];
    let target = target_of(&terms(), &two);
    assert_eq!(target.review, Some(ReviewReason::SessionMismatch));
    assert_eq!(target.credits, Credits::ZERO);
}

#[test]
fn another_session_without_money_is_nothing_to_us() {
    for state in [
        SessionState::Open,
        SessionState::Expired,
        SessionState::CompleteUnpaid,
        SessionState::CompletePaymentFailed,
    ] {
        assert_eq!(status(&terms(), &[other(state)]), PurchaseStatus::Open);
        let paid = [ours(SessionState::CompletePaid), other(state)];
        assert_eq!(target_of(&terms(), &paid), target_of(&terms(), &paid[..1]));
    }
}

#[test]
fn a_second_payment_is_noted_even_if_it_does_not_match() {
    let mut wrong = session(OTHER, SessionState::CompletePaid);
    wrong.amount_total_minor = Some(1);
    let target = target_of(
        &terms(),
        &[ours(SessionState::CompletePaid), Evidence::Session(wrong)],
    );
    assert_eq!(target.status, PurchaseStatus::Paid);
    assert_eq!(target.credits, terms().credits);
    assert_eq!(target.review, Some(ReviewReason::DuplicatePayment));
}

#[test]
fn of_two_payments_the_lesser_id_is_the_one_granted() {
    let nameless = without_session_id(&terms());
    let paid = [
        other(SessionState::CompletePaid),
        ours(SessionState::CompletePaid),
    ];
    let target = target_of(&nameless, &paid);
    assert_eq!(target.paid_by.as_deref(), Some(OTHER.min(OURS)));
    assert_eq!(target.credits, nameless.credits);
}

#[test]
fn of_several_sessions_under_way_the_most_hopeful_counts() {
    use PurchaseStatus as To;
    use SessionState::{CompletePaymentFailed, CompleteUnpaid, Expired, Open};
    let nameless = without_session_id(&terms());
    let table = [
        (Expired, Open, To::Open),
        (CompletePaymentFailed, Open, To::Open),
        (CompleteUnpaid, Open, To::AwaitingFunds),
        (Expired, CompleteUnpaid, To::AwaitingFunds),
        (Expired, CompletePaymentFailed, To::Failed),
    ];
    for (one, two, expected) in table {
        assert_eq!(status(&nameless, &[ours(one), other(two)]), expected);
        assert_eq!(status(&nameless, &[ours(two), other(one)]), expected);
    }
}

//! Merging is a join: order, grouping and repetition make no difference.

use ledger::instant::Instant;
use ledger::purchase::{
    Charged, Evidence, Facts, Merge, PaymentIntentSnapshot, PaymentIntentState, SessionSnapshot,
    SessionState, target,
};
use ledger::recharge::Decline;
use proptest::prelude::*;

use super::{OTHER, OURS, PAYMENT, facts, ours, paying, payment, purchase_id, session, terms};

/// From first to last of the lattice.
const SESSION_STATES: [SessionState; 7] = [
    SessionState::Open,
    SessionState::Expired,
    SessionState::CompleteUnpaid,
    SessionState::CompletePaymentFailed,
    SessionState::CompleteUnknown,
    SessionState::CompleteNoPaymentRequired,
    SessionState::CompletePaid,
];

const PAYMENT_STATES: [PaymentIntentState; 5] = [
    PaymentIntentState::AwaitingCustomer,
    PaymentIntentState::Processing,
    PaymentIntentState::Failed,
    PaymentIntentState::Canceled,
    PaymentIntentState::Succeeded,
];

#[test]
fn a_session_never_goes_back() {
    for (rank, earlier) in SESSION_STATES.iter().enumerate() {
        for later in &SESSION_STATES[rank..] {
            for order in [
                [ours(*earlier), ours(*later)],
                [ours(*later), ours(*earlier)],
            ] {
                assert_eq!(facts(&order).sessions[OURS].state, *later);
            }
        }
    }
}

#[test]
fn a_present_field_is_never_lost_to_an_absent_one() {
    let full = session(OURS, SessionState::CompletePaid);
    let absences: [fn(&mut SessionSnapshot); 6] = [
        |it| it.amount_total_minor = None,
        |it| it.currency = None,
        |it| it.client_reference_id = None,
        |it| it.metadata_purchase_id = None,
        |it| it.metadata_account_id = None,
        |it| it.payment_intent_id = None,
    ];
    for remove in absences {
        let mut sparse = full.clone();
        remove(&mut sparse);
        let mut known = facts(&[Evidence::Session(full.clone())]);
        assert_eq!(known.merge(Evidence::Session(sparse)), Merge::Unchanged);
        assert_eq!(known.sessions[OURS], full);
    }
}

#[test]
fn a_payment_that_is_tried_again_follows_time() {
    use PaymentIntentState::{Failed, Processing};
    for (first, second) in [(Failed, Processing), (Processing, Failed)] {
        let order = [paying(first, 10), paying(second, 20)];
        let reversed = [paying(second, 20), paying(first, 10)];
        assert_eq!(facts(&order).payment_intents[PAYMENT].state, second);
        assert_eq!(facts(&reversed).payment_intents[PAYMENT].state, second);
    }
}

#[test]
fn nothing_follows_the_success_of_a_payment_and_only_success_its_cancellation() {
    use PaymentIntentState::{Canceled, Succeeded};
    for state in PAYMENT_STATES {
        let order = [paying(Succeeded, 10), paying(state, 20)];
        assert_eq!(facts(&order).payment_intents[PAYMENT].state, Succeeded);
        let order = [paying(Canceled, 10), paying(state, 20)];
        let expected = if state == Succeeded {
            Succeeded
        } else {
            Canceled
        };
        assert_eq!(facts(&order).payment_intents[PAYMENT].state, expected);
    }
}

#[test]
fn merging_says_whether_anything_is_new() {
    let mut known = Facts::default();
    assert_eq!(known.merge(ours(SessionState::Open)), Merge::Changed);
    assert_eq!(known.merge(ours(SessionState::Open)), Merge::Unchanged);
    assert_eq!(
        known.merge(ours(SessionState::CompletePaid)),
        Merge::Changed
    );
    assert_eq!(known.merge(ours(SessionState::Open)), Merge::Unchanged);
    let created = Evidence::PaymentIntent(payment(PaymentIntentState::Processing, 0));
    assert_eq!(known.merge(created.clone()), Merge::Changed);
    assert_eq!(known.merge(created), Merge::Unchanged);
}

/// Few values for each field, so that snapshots collide in every way.
fn any_session() -> impl Strategy<Value = SessionSnapshot> {
    let ours_or_not = || {
        prop_oneof![
            Just(None),
            Just(Some(purchase_id().to_string())),
            Just(Some("another".to_owned()))
        ]
    };
    let currency = prop_oneof![
        Just(None),
        Just(Some("usd".to_owned())),
        Just(Some("eur".to_owned()))
    ];
    let account = prop_oneof![
        Just(None),
        Just(Some("acct-7".to_owned())),
        Just(Some("acct-8".to_owned()))
    ];
    (
        prop::sample::select(vec![OURS, OTHER]),
        prop::sample::select(SESSION_STATES.to_vec()),
        (
            prop::option::of(999_i64..=1_001),
            prop::option::of(0_i64..2),
        ),
        currency,
        any::<bool>(),
        (ours_or_not(), ours_or_not(), account),
        prop::option::of(prop::sample::select(vec!["pi_ours", "pi_other"])),
    )
        .prop_map(
            |(id, state, amount, currency, livemode, named, payment)| SessionSnapshot {
                id: id.to_owned(),
                state,
                amount_total_minor: amount.0,
                amount_tax_minor: amount.1,
                currency,
                livemode,
                client_reference_id: named.0,
                metadata_purchase_id: named.1,
                metadata_account_id: named.2,
                payment_intent_id: payment.map(str::to_owned),
            },
        )
}

fn any_payment() -> impl Strategy<Value = PaymentIntentSnapshot> {
    (
        prop::sample::select(vec!["pi_ours", "pi_other"]),
        prop::sample::select(PAYMENT_STATES.to_vec()),
        0_i64..3,
        prop::option::of(Just(purchase_id().to_string())),
        prop::option::of(prop::sample::select(vec![
            "https://receipt/1",
            "https://receipt/2",
        ])),
        prop::option::of(prop::sample::select(vec![499, 500])),
        prop::option::of(prop::sample::select(vec![
            "lost_card",
            "authentication_required",
        ])),
    )
        .prop_map(
            |(id, state, second, purchase_id, receipt, charged, decline)| PaymentIntentSnapshot {
                id: id.to_owned(),
                state,
                observed_at: Instant::from_micros(second),
                purchase_id,
                receipt_url: receipt.map(str::to_owned),
                charged: charged.map(charged_amount),
                decline: decline.map(Decline::of_code),
            },
        )
}

fn charged_amount(amount_minor: i64) -> Charged {
    Charged {
        amount_minor,
        currency: "usd".to_owned(),
        livemode: true,
        account_id: Some("acct-7".to_owned()),
    }
}

pub fn any_evidence() -> impl Strategy<Value = Vec<Evidence>> {
    let one = prop_oneof![
        2 => any_session().prop_map(Evidence::Session),
        1 => any_payment().prop_map(Evidence::PaymentIntent),
    ];
    prop::collection::vec(one, 0..8)
}

/// All that is known, as evidence again.
fn told_again(facts: &Facts) -> Vec<Evidence> {
    let sessions = facts.sessions.values().cloned().map(Evidence::Session);
    let payments = facts.payment_intents.values().cloned();
    sessions
        .chain(payments.map(Evidence::PaymentIntent))
        .collect()
}

proptest! {
    #[test]
    fn the_order_of_evidence_makes_no_difference(
        (told, shuffled) in any_evidence().prop_flat_map(|told| {
            (Just(told.clone()), Just(told).prop_shuffle())
        })
    ) {
        prop_assert_eq!(facts(&told), facts(&shuffled));
        prop_assert_eq!(target(&terms(), &facts(&told)), target(&terms(), &facts(&shuffled)));
    }

    #[test]
    fn the_grouping_of_evidence_makes_no_difference(
        a in any_evidence(), b in any_evidence(), c in any_evidence()
    ) {
        let join = |left: &Facts, right: &Facts| {
            facts(&[told_again(left), told_again(right)].concat())
        };
        let (a, b, c) = (facts(&a), facts(&b), facts(&c));
        prop_assert_eq!(join(&join(&a, &b), &c), join(&a, &join(&b, &c)));
        prop_assert_eq!(join(&a, &b), join(&b, &a));
        prop_assert_eq!(join(&a, &a), a);
    }

    #[test]
    fn evidence_told_again_changes_nothing(told in any_evidence()) {
        let mut known = facts(&told);
        for evidence in told {
            prop_assert_eq!(known.merge(evidence), Merge::Unchanged);
        }
    }
}

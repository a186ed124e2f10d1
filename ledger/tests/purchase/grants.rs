//! What no facts whatever can bring about: credits without paid evidence, or other credits than
//! the terms say.

use ledger::credits::Credits;
use ledger::purchase::{
    Evidence, Facts, PurchaseStatus, SessionSnapshot, SessionState, Terms, target,
};
use proptest::prelude::*;

use super::lattice::any_evidence;
use super::{OTHER, OURS, facts, session, target_of, terms, without_session_id};

/// Written from the rule and not from the code: paid evidence, equal in everything that counts.
fn is_paid_evidence(terms: &Terms, session: &SessionSnapshot) -> bool {
    let ours = Some(terms.purchase_id.to_string());
    session.state == SessionState::CompletePaid
        && session.amount_total_minor == Some(terms.price.amount_minor)
        && session.currency.as_deref() == Some("usd")
        && session.livemode == terms.livemode
        && (session.client_reference_id == ours || session.client_reference_id.is_none())
        && (session.metadata_purchase_id == ours || session.metadata_purchase_id.is_none())
        && session
            .metadata_account_id
            .as_deref()
            .is_none_or(|id| id == "acct-7")
        && terms.session_id.as_ref().is_none_or(|id| *id == session.id)
        && (terms.session_id.is_some()
            || ((session.client_reference_id == ours || session.metadata_purchase_id == ours)
                && session.metadata_account_id.is_some()))
}

/// Mostly right, so that grants are common.
fn mostly_ours() -> impl Strategy<Value = Vec<Evidence>> {
    let nearly = (0..12_usize, any::<bool>()).prop_map(|(flaw, is_other)| {
        let mut it = session(
            if is_other { OTHER } else { OURS },
            SessionState::CompletePaid,
        );
        match flaw {
            0 => it.amount_total_minor = Some(999),
            1 => it.currency = Some("eur".into()),
            2 => it.livemode = false,
            3 => it.client_reference_id = Some("another".into()),
            4 => it.metadata_purchase_id = Some("another".into()),
            5 => it.metadata_account_id = Some("acct-8".into()),
            6 => it.state = SessionState::CompleteUnpaid,
            7 => it.state = SessionState::CompleteNoPaymentRequired,
            8 => it.metadata_account_id = None,
            _ => {}
        }
        vec![Evidence::Session(it)]
    });
    (prop_oneof![nearly, Just(vec![])], any_evidence())
        .prop_map(|(first, rest)| [first, rest].concat())
}

proptest! {
    #[test]
    fn credits_are_granted_exactly_for_paid_evidence_that_matches(
        told in mostly_ours(), knows_session: bool
    ) {
        let terms = if knows_session { terms() } else { without_session_id(&terms()) };
        let facts = facts(&told);
        let target = target(&terms, &facts);
        let is_paid = facts.sessions.values().any(|session| is_paid_evidence(&terms, session));
        prop_assert_eq!(target.status == PurchaseStatus::Paid, is_paid);
        let granted = if is_paid { (terms.credits, terms.bonus) } else { Default::default() };
        prop_assert_eq!((target.credits, target.bonus), granted);
        prop_assert_eq!(target.paid_by.is_some(), is_paid);
        prop_assert!(target.status != PurchaseStatus::Review || target.review.is_some());
    }

    #[test]
    fn payment_intents_never_change_what_is_granted(told in mostly_ours()) {
        let with = facts(&told);
        let without = Facts { payment_intents: Default::default(), ..with.clone() };
        let (with, without) = (target(&terms(), &with), target(&terms(), &without));
        prop_assert_eq!((with.credits, with.bonus), (without.credits, without.bonus));
        prop_assert_eq!(with.review, without.review);
    }

    #[test]
    fn the_terms_alone_say_how_many_credits(told in mostly_ours(), whole in 0_i64..9_000_000_000) {
        let mut terms = terms();
        terms.credits = Credits::from_whole(whole).unwrap();
        let target = target_of(&terms, &told);
        prop_assert!(target.credits == terms.credits || target.credits == Credits::ZERO);
    }
}

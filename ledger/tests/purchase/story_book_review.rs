//! The stories in which a session says something else than our terms.

use ledger::purchase::PaymentIntentState::{AwaitingCustomer, Processing, Succeeded};
use ledger::purchase::PurchaseStatus::{Paid, Review};
use ledger::purchase::SessionState::{CompletePaid, CompleteUnknown, Expired, Open};
use ledger::purchase::{Evidence, ReviewReason, SessionSnapshot};

use super::story_book::{Story, story};
use super::{odd, ours, paying};

const ANOTHER_PURCHASE: &str = "01980000-0000-7000-8000-000000000002";

/// One session paid as `change` makes it, in five events.
fn for_review(name: &'static str, reason: ReviewReason, change: fn(&mut SessionSnapshot)) -> Story {
    let changed = |state| Evidence::Session(odd(state, change));
    Story {
        review: Some(reason),
        ..story(
            name,
            vec![
                changed(Open),
                paying(AwaitingCustomer, 0),
                paying(Succeeded, 60),
                changed(CompletePaid),
                changed(Expired),
            ],
            vec![changed(CompletePaid), paying(Succeeded, 90)],
            Review,
        )
    }
}

pub fn stories_for_review() -> Vec<Story> {
    let mut stories = mismatch_stories();
    stories.extend(stories_of_unknown_status());
    stories
}

fn mismatch_stories() -> Vec<Story> {
    use ReviewReason::{
        AccountMismatch, AmountMismatch, CurrencyMismatch, ModeMismatch, PurchaseMismatch,
    };
    vec![
        for_review("a cent too little", AmountMismatch, |it| {
            it.amount_total_minor = Some(999)
        }),
        for_review("a cent too much", AmountMismatch, |it| {
            it.amount_total_minor = Some(1_001)
        }),
        for_review("no amount", AmountMismatch, |it| {
            it.amount_total_minor = None
        }),
        for_review("another currency", CurrencyMismatch, |it| {
            it.currency = Some("eur".into())
        }),
        for_review("no currency", CurrencyMismatch, |it| it.currency = None),
        for_review("test mode", ModeMismatch, |it| it.livemode = false),
        for_review("another account", AccountMismatch, |it| {
            it.metadata_account_id = Some("acct-8".into());
        }),
        for_review("another reference", PurchaseMismatch, |it| {
            it.client_reference_id = Some(ANOTHER_PURCHASE.into());
        }),
        for_review("another purchase in the metadata", PurchaseMismatch, |it| {
            it.metadata_purchase_id = Some(ANOTHER_PURCHASE.into());
        }),
    ]
}

fn stories_of_unknown_status() -> Vec<Story> {
    vec![
        Story {
            review: Some(ReviewReason::UnknownPaymentStatus),
            ..story(
                "a payment status of the future",
                vec![ours(Open), ours(CompleteUnknown), paying(Processing, 30)],
                vec![ours(CompleteUnknown), paying(Processing, 30)],
                Review,
            )
        },
        story(
            "a payment status of the future, then paid",
            vec![
                ours(Open),
                ours(CompleteUnknown),
                paying(Succeeded, 30),
                ours(CompletePaid),
            ],
            vec![ours(CompletePaid), paying(Succeeded, 30)],
            Paid,
        ),
    ]
}

//! The canonical stories: what Stripe says, what is true in the end, and what must come of it.

use ledger::purchase::PaymentIntentState::{
    AwaitingCustomer, Canceled, Failed, Processing, Succeeded,
};
use ledger::purchase::PurchaseStatus::{self, AwaitingFunds, Paid, Review};
use ledger::purchase::ReviewReason::{self, DuplicatePayment};
use ledger::purchase::SessionState::{
    CompleteNoPaymentRequired, CompletePaid, CompletePaymentFailed, CompleteUnpaid, Expired, Open,
};
use ledger::purchase::{Evidence, Terms};

use super::story_book_review::stories_for_review;
use super::{free_terms, odd, other, ours, paying, terms, without_session_id};

pub struct Story {
    pub name: &'static str,
    pub terms: Terms,
    /// At most five, in the order in which Stripe makes them.
    pub events: Vec<Evidence>,
    /// The objects as Stripe answers when it is asked at the end.
    pub truth: Vec<Evidence>,
    pub status: PurchaseStatus,
    pub review: Option<ReviewReason>,
}

pub fn story(
    name: &'static str,
    events: Vec<Evidence>,
    truth: Vec<Evidence>,
    status: PurchaseStatus,
) -> Story {
    Story {
        name,
        terms: terms(),
        events,
        truth,
        status,
        review: None,
    }
}

pub fn stories() -> Vec<Story> {
    let mut stories = card_stories();
    stories.extend(delayed_stories());
    stories.extend(stories_without_payment());
    stories.extend(stories_of_two_sessions());
    stories.extend(stories_for_review());
    stories
}

fn card_stories() -> Vec<Story> {
    vec![
        story(
            "paid by card, with the expiry of the session coming late",
            vec![
                paying(AwaitingCustomer, 0),
                paying(Succeeded, 60), // payment_intent.succeeded
                paying(Succeeded, 61), // charge.succeeded
                ours(CompletePaid),
                ours(Expired),
            ],
            vec![ours(CompletePaid), paying(Succeeded, 90)],
            Paid,
        ),
        story(
            "paid with the second card",
            vec![
                ours(Open),
                paying(AwaitingCustomer, 0),
                paying(Failed, 30),
                paying(Succeeded, 60),
                ours(CompletePaid),
            ],
            vec![ours(CompletePaid), paying(Succeeded, 90)],
            Paid,
        ),
        story(
            "declined, and the session still open",
            vec![ours(Open), paying(AwaitingCustomer, 0), paying(Failed, 30)],
            vec![ours(Open), paying(Failed, 90)],
            PurchaseStatus::Open,
        ),
    ]
}

fn delayed_stories() -> Vec<Story> {
    vec![
        story(
            "delayed payment arrives",
            vec![
                paying(AwaitingCustomer, 0),
                ours(CompleteUnpaid),
                paying(Processing, 30),
                paying(Succeeded, 60),
                ours(CompletePaid), // async_payment_succeeded
            ],
            vec![ours(CompletePaid), paying(Succeeded, 90)],
            Paid,
        ),
        story(
            "delayed payment fails",
            vec![
                paying(AwaitingCustomer, 0),
                ours(CompleteUnpaid),
                paying(Processing, 30),
                paying(Failed, 60),
                ours(CompletePaymentFailed), // async_payment_failed
            ],
            // Asked, Stripe shows the session unpaid as before: only the payment tells.
            vec![ours(CompleteUnpaid), paying(Failed, 90)],
            PurchaseStatus::Failed,
        ),
        story(
            "delayed payment fails, and the retry is paid",
            vec![
                ours(CompleteUnpaid),
                paying(Failed, 60),
                ours(CompletePaymentFailed),
                paying(Succeeded, 80),
                ours(CompletePaid),
            ],
            vec![ours(CompletePaid), paying(Succeeded, 90)],
            Paid,
        ),
        story(
            "card declined, then a direct debit under way",
            vec![
                paying(AwaitingCustomer, 0),
                paying(Failed, 20),
                ours(CompleteUnpaid),
                paying(Processing, 30),
            ],
            vec![ours(CompleteUnpaid), paying(Processing, 90)],
            AwaitingFunds,
        ),
        story(
            "delayed payment cancelled",
            vec![
                ours(Open),
                ours(CompleteUnpaid),
                paying(Processing, 30),
                paying(Canceled, 60),
            ],
            vec![ours(CompleteUnpaid), paying(Canceled, 60)],
            PurchaseStatus::Failed,
        ),
    ]
}

fn stories_without_payment() -> Vec<Story> {
    let free =
        |state| Evidence::Session(odd(state, |session| session.amount_total_minor = Some(0)));
    vec![
        story(
            "expired",
            vec![
                ours(Open),
                paying(AwaitingCustomer, 0),
                ours(Expired),
                paying(Canceled, 60),
            ],
            vec![ours(Expired), paying(Canceled, 60)],
            PurchaseStatus::Expired,
        ),
        story(
            "expired, then paid",
            vec![
                ours(Open),
                paying(AwaitingCustomer, 0),
                ours(Expired),
                paying(Succeeded, 60),
                ours(CompletePaid),
            ],
            vec![ours(CompletePaid), paying(Succeeded, 90)],
            Paid,
        ),
        Story {
            terms: free_terms(),
            ..story(
                "nothing to pay for a free purchase",
                vec![free(Open), free(CompleteNoPaymentRequired), free(Expired)],
                vec![free(CompleteNoPaymentRequired)],
                Paid,
            )
        },
        Story {
            review: Some(ReviewReason::NoPaymentRequiredForPricedPurchase),
            ..story(
                "nothing to pay for a purchase with a price",
                vec![free(Open), free(CompleteNoPaymentRequired), free(Expired)],
                vec![free(CompleteNoPaymentRequired)],
                Review,
            )
        },
    ]
}

fn stories_of_two_sessions() -> Vec<Story> {
    vec![
        Story {
            review: Some(DuplicatePayment),
            ..story(
                "both sessions paid",
                vec![
                    ours(Open),
                    other(Open),
                    paying(Succeeded, 60),
                    ours(CompletePaid),
                    other(CompletePaid),
                ],
                vec![ours(CompletePaid), other(CompletePaid)],
                Paid,
            )
        },
        Story {
            terms: without_session_id(&terms()),
            review: Some(DuplicatePayment),
            ..story(
                "both sessions paid, and neither known as ours by its id",
                vec![
                    ours(Open),
                    other(Open),
                    paying(Succeeded, 60),
                    ours(CompletePaid),
                    other(CompletePaid),
                ],
                vec![ours(CompletePaid), other(CompletePaid)],
                Paid,
            )
        },
        Story {
            terms: without_session_id(&terms()),
            ..story(
                "the first session fails and the second is paid",
                vec![
                    ours(CompleteUnpaid),
                    ours(CompletePaymentFailed),
                    other(Open),
                    other(CompletePaid),
                ],
                vec![ours(CompletePaymentFailed), other(CompletePaid)],
                Paid,
            )
        },
        Story {
            review: Some(ReviewReason::SessionMismatch),
            ..story(
                "ours expires, and a session we don't know is paid",
                vec![ours(Open), ours(Expired), other(Open), other(CompletePaid)],
                vec![ours(Expired), other(CompletePaid)],
                Review,
            )
        },
    ]
}

//! What the payer sees of a session in each of its states.

use super::html::{escape, frame, notice};
use super::{Reply, order};
use crate::objects::money::format_amount;
use crate::objects::session::{Mode, PaymentStatus, Session, SessionStatus};

/// The page for the session as it is, or the way on when nothing is left to do.
pub(super) fn current(session: &Session) -> Reply {
    match session.status {
        SessionStatus::Open if session.awaiting_approval.is_some() => {
            Reply::Page(200, approval(session))
        }
        SessionStatus::Open => Reply::Page(200, order::page(session, None)),
        SessionStatus::Complete => Reply::Page(200, complete(session)),
        SessionStatus::Expired => Reply::Page(410, expired(session)),
    }
}

pub(super) fn missing() -> Reply {
    Reply::Page(
        404,
        notice(
            "There is nothing to pay here",
            "This checkout doesn't exist. Check the link.",
            None,
        ),
    )
}

fn complete(session: &Session) -> String {
    let (title, text) = match session.payment_status {
        _ if session.mode == Mode::Setup => (
            "Your card has been saved",
            "Nothing has been charged. Nothing is left to do here.",
        ),
        PaymentStatus::Unpaid => (
            "Your payment is on its way",
            "It can take days to arrive. Nothing is left to do here.",
        ),
        _ => (
            "You have paid already",
            "This checkout is complete. You were charged once.",
        ),
    };
    notice(title, text, Some((&session.return_url(), "Continue")))
}

fn expired(session: &Session) -> String {
    let back = session.cancel_url.as_deref().map(|url| (url, "Go back"));
    notice(
        "This checkout has expired",
        "You have not been charged. Go back and start again.",
        back,
    )
}

/// The page of the payer's bank, as far as a sandbox has one.
fn approval(session: &Session) -> String {
    match session.mode {
        Mode::Payment => approval_of_payment(session.amount_total, &session.currency),
        Mode::Setup => approval_form("Approve that your card is saved, or refuse it."),
    }
}

pub(super) fn approval_of_payment(amount: i64, currency: &str) -> String {
    let total = format_amount(amount, currency);
    approval_form(&format!("Approve the payment of {total} or refuse it."))
}

pub(super) fn approval_form(question: &str) -> String {
    let main = format!(
        r#"<section class="card notice"><h1>Your bank asks: is this you?</h1>
<p>{}</p>
<form method="post">
<button name="authentication" value="approve">Approve</button>
<button name="authentication" value="refuse" class="second">Refuse</button>
</form></section>"#,
        escape(question)
    );
    frame("Approve", &main)
}

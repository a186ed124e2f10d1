//! What the payer sees of a session in each of its states.

use super::Reply;
use super::card_form::Complaint;
use super::html::{escape, frame, notice};
use crate::objects::money::format_amount;
use crate::objects::session::{PaymentStatus, Session, SessionStatus};
use crate::objects::test_cards;

/// The page for the session as it is, or the way on when nothing is left to do.
pub(super) fn current(session: &Session) -> Reply {
    match session.status {
        SessionStatus::Open if session.awaiting_approval.is_some() => {
            Reply::Page(200, approval(session))
        }
        SessionStatus::Open => Reply::Page(200, order(session, None)),
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
    approval_form(&format_amount(session.amount_total, &session.currency))
}

pub(super) fn approval_form(total: &str) -> String {
    let main = format!(
        r#"<section class="card notice"><h1>Your bank asks: is this you?</h1>
<p>Approve the payment of <strong>{}</strong> or refuse it.</p>
<form method="post">
<button name="authentication" value="approve">Approve</button>
<button name="authentication" value="refuse" class="second">Refuse</button>
</form></section>"#,
        escape(total)
    );
    frame("Approve the payment", &main)
}

/// Why the form is shown again.
pub(super) struct Trouble<'a> {
    pub(super) field: Option<&'static str>,
    pub(super) message: &'a str,
}

impl<'a> From<&'a Complaint> for Trouble<'a> {
    fn from(complaint: &'a Complaint) -> Trouble<'a> {
        Trouble {
            field: Some(complaint.field),
            message: complaint.message,
        }
    }
}

pub(super) fn order(session: &Session, trouble: Option<Trouble<'_>>) -> String {
    let total = format_amount(session.amount_total, &session.currency);
    let main = format!(
        "{}{}",
        summary(session, &total),
        payment(session, &total, trouble)
    );
    frame(&format!("Pay {total}"), &main)
}

fn summary(session: &Session, total: &str) -> String {
    let mut lines = String::new();
    for item in &session.line_items {
        let each = format_amount(item.unit_amount, &item.currency);
        let count = if item.quantity > 1 {
            format!("<br><small>{} × {}</small>", item.quantity, escape(&each))
        } else {
            String::new()
        };
        let about = item
            .description
            .as_deref()
            .map_or_else(String::new, |text| {
                format!("<br><small>{}</small>", escape(text))
            });
        let price = escape(&format_amount(item.amount, &item.currency));
        lines.push_str(&format!(
            r#"<li><span>{}{about}{count}</span><span class="price">{price}</span></li>"#,
            escape(&item.name)
        ));
    }
    let back = session
        .cancel_url
        .as_deref()
        .map_or_else(String::new, |url| {
            format!(r#"<p><a href="{}">&larr; Back</a></p>"#, escape(url))
        });
    format!(
        r#"<section class="order">{back}<h1>Your order</h1><p class="total">{}</p><ul class="lines">{lines}</ul></section>"#,
        escape(total)
    )
}

fn payment(session: &Session, total: &str, trouble: Option<Trouble<'_>>) -> String {
    let field = trouble.as_ref().and_then(|trouble| trouble.field);
    let error = trouble.map_or_else(String::new, |trouble| {
        format!(
            r#"<p class="error" role="alert" id="error">{}</p>"#,
            escape(trouble.message)
        )
    });
    let email = email_field(session, field);
    let mut forms = String::new();
    if session.amount_total == 0 {
        forms.push_str(&format!(
            r#"<form method="post">{email}<button>Complete order</button></form>"#
        ));
    } else {
        // One form, so that the address is typed once; the second button leaves the card's fields unchecked.
        forms.push_str(&format!(r#"<form method="post">{email}"#));
        if session.takes_cards() {
            forms.push_str(&card_fields(total, field));
        }
        if session.delayed_method().is_some() {
            forms.push_str(delayed_button());
        }
        forms.push_str("</form>");
        if session.takes_cards() {
            forms.push_str(&test_cards());
        }
    }
    format!(r#"<section class="card">{error}<h1>Payment</h1>{forms}</section>"#)
}

fn email_field(session: &Session, wrong: Option<&str>) -> String {
    match session.fixed_email() {
        Some(email) => format!(
            r#"<label>Email<input name="email" type="email" value="{}" readonly></label>"#,
            escape(email)
        ),
        None => format!(
            r#"<label>Email<input name="email" type="email" value="{}" autocomplete="email" required{}></label>"#,
            escape(session.payer_email.as_deref().unwrap_or_default()),
            mark("email", wrong)
        ),
    }
}

fn mark(field: &str, wrong: Option<&str>) -> &'static str {
    if wrong == Some(field) {
        r#" aria-invalid="true" aria-describedby="error""#
    } else {
        ""
    }
}

fn card_fields(total: &str, wrong: Option<&str>) -> String {
    format!(
        r#"
<label>Card number<input name="card_number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" required{}></label>
<div class="pair">
<label>Expiry<input name="exp" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" required{}></label>
<label>CVC<input name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" required{}></label>
</div>
<button>Pay {}</button>"#,
        mark("card_number", wrong),
        mark("exp", wrong),
        mark("cvc", wrong),
        escape(total)
    )
}

fn delayed_button() -> &'static str {
    r#"<hr><button name="method" value="delayed" class="second" formnovalidate>Pay by bank debit (delayed)</button>
<small>The order completes unpaid; the payment succeeds or fails later.</small>"#
}

fn test_cards() -> String {
    let mut rows = String::new();
    for (number, note) in test_cards::shown() {
        rows.push_str(&format!(
            "<tr><td>{number}</td><td>{}</td></tr>",
            escape(note)
        ));
    }
    format!(
        r#"<h2>Test cards</h2><p class="soft">Any date ahead, any CVC.</p><table><tbody>{rows}</tbody></table>"#
    )
}

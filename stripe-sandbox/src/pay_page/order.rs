//! The form of an open session: what is bought, and how it can be paid.

use super::card_form::Complaint;
use super::html::{escape, frame};
use crate::objects::money::format_amount;
use crate::objects::session::{Mode, Session};
use crate::objects::tax::percent;
use crate::objects::test_cards;

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

pub(super) fn page(session: &Session, trouble: Option<Trouble<'_>>) -> String {
    if session.mode == Mode::Setup {
        let main = format!(
            "{}{}",
            setup_summary(session),
            payment(session, "Save card", trouble)
        );
        return frame("Save a card", &main);
    }
    let total = format_amount(session.amount_total, &session.currency);
    let main = format!(
        "{}{}",
        summary(session, &total),
        payment(session, &format!("Pay {total}"), trouble)
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
    let back = back(session);
    if session.amount_tax() > 0 {
        let tax = escape(&format_amount(session.amount_tax(), &session.currency));
        lines.push_str(&format!(
            r#"<li><span>Tax</span><span class="price">{tax}</span></li>"#
        ));
    }
    format!(
        r#"<section class="order">{back}<h1>Your order</h1><p class="total">{}</p><ul class="lines">{lines}</ul></section>"#,
        escape(total)
    )
}

fn setup_summary(session: &Session) -> String {
    format!(
        r#"<section class="order">{}<h1>Save a card</h1><p>Nothing is charged now.</p></section>"#,
        back(session)
    )
}

fn back(session: &Session) -> String {
    let url = session.cancel_url.as_deref();
    url.map_or_else(String::new, |url| {
        format!(r#"<p><a href="{}">&larr; Back</a></p>"#, escape(url))
    })
}

/// Where the payer is, and what that adds to the price.
fn country_field(session: &Session) -> String {
    if !session.asks_country() {
        return String::new();
    }
    let mut options = String::new();
    for (code, name) in [
        ("US", "United States"),
        ("DE", "Germany"),
        ("FR", "France"),
        ("JP", "Japan"),
    ] {
        let added = match percent(Some(code)) {
            0 => "no tax".to_owned(),
            percent => format!("{percent} % tax"),
        };
        let chosen = match session.payer_country.as_deref() == Some(code) {
            true => " selected",
            false => "",
        };
        options.push_str(&format!(
            r#"<option value="{code}"{chosen}>{name} ({added})</option>"#
        ));
    }
    format!(r#"<label>Country<select name="country" required>{options}</select></label>"#)
}

fn payment(session: &Session, action: &str, trouble: Option<Trouble<'_>>) -> String {
    let field = trouble.as_ref().and_then(|trouble| trouble.field);
    let error = trouble.map_or_else(String::new, |trouble| {
        format!(
            r#"<p class="error" role="alert" id="error">{}</p>"#,
            escape(trouble.message)
        )
    });
    let email = format!("{}{}", email_field(session, field), country_field(session));
    let mut forms = String::new();
    if session.mode == Mode::Payment && session.amount_total == 0 {
        forms.push_str(&format!(
            r#"<form method="post">{email}<button>Complete order</button></form>"#
        ));
    } else {
        // One form, so that the address is typed once; the second button leaves the card's fields unchecked.
        forms.push_str(&format!(r#"<form method="post">{email}"#));
        if session.takes_cards() {
            forms.push_str(&card_fields(action, field));
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

fn card_fields(action: &str, wrong: Option<&str>) -> String {
    format!(
        r#"
<label>Card number<input name="card_number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" required{}></label>
<div class="pair">
<label>Expiry<input name="exp" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" required{}></label>
<label>CVC<input name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" required{}></label>
</div>
<button>{}</button>"#,
        mark("card_number", wrong),
        mark("exp", wrong),
        mark("cvc", wrong),
        escape(action)
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

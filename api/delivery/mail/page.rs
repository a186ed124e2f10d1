//! The page that shows every mail, made from the templates themselves.

use std::fmt::Write;

use ledger::calendar::Zone;
use ledger::money::{Currency, Money};
use minijinja::Error;

use super::House;
use super::letter::Letter;
use super::templates::Templates;
use crate::delivery::samples;
use crate::store::Locale;

const HEAD: &str = "\
# Mails

<!-- Made from api/delivery/mail by `make generate`; a test holds it to that. -->

What the owner of an account is written, in each language. Every mail goes out as text, which is shown here,
and as HTML: [a receipt](mails/receipt.png), [a reminder on a phone in the dark](mails/reminder-phone-dark.png). Times are
those of the account's time zone. Only reminders of credits that end have a link that stops them without signing in
(RFC 8058).
";

/// `docs/MAILS.md`, in full.
pub fn mails_page() -> Result<String, Error> {
    let templates = Templates::new()?;
    let house = House {
        product: "Acme".to_owned(),
        page_url: "https://acme.example/credits".to_owned(),
        public_url: "https://credits.acme.example".to_owned(),
    };
    let mut page = HEAD.to_owned();
    for locale in [Locale::English, Locale::German] {
        for letter in letters(locale) {
            let unsubscribe = letter.is_reminder().then(|| {
                let link = &house.public_url;
                format!("{link}/unsubscribe/…")
            });
            let written = templates.render(&letter, &house, unsubscribe.as_deref())?;
            // Writing into a String cannot fail.
            _ = write!(
                page,
                "\n## `{}` ({})\n\n**{}**\n\n```text\n{}\n```\n",
                letter.kind_name(),
                locale.as_str(),
                written.subject,
                written.text.trim_end()
            );
        }
    }
    Ok(page)
}

fn letters(locale: Locale) -> Vec<Letter> {
    let zone = Zone::parse("Europe/Berlin").unwrap_or_else(|_| Zone::utc());
    let Some(account) = samples::account() else {
        return Vec::new();
    };
    let notices = samples::notices().into_iter();
    notices
        .map(|notice| {
            let mut letter = Letter::of(&account, &notice, locale, &zone, notice.at);
            let price = Money {
                amount_minor: 4_600,
                currency: Currency::USD,
            };
            letter.tell_of_payment(price, Some(notice.at), &zone);
            letter
        })
        .collect()
}

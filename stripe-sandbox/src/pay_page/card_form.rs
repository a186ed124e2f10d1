//! Checking what the payer typed; it says what is wrong in words a payer understands, and charges nobody.

use serde::Deserialize;
use time::OffsetDateTime;

use crate::objects::card::Card;
use crate::objects::test_cards;

/// Everything the page's forms can post. Unknown fields are ignored, as a browser's extensions add some.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PayForm {
    pub(super) card_number: String,
    pub(super) exp: String,
    pub(super) cvc: String,
    pub(super) email: String,
    /// Where the payer is, if the session asks.
    pub(super) country: String,
    /// `delayed` for a bank debit; a card otherwise.
    pub(super) method: String,
    /// `approve` or `refuse`, on the page of the payer's bank.
    pub(super) authentication: String,
}

/// What was wrong, and with which field.
#[derive(Debug)]
pub(super) struct Complaint {
    pub(super) field: &'static str,
    pub(super) message: &'static str,
}

impl PayForm {
    /// The card, if every field is right.
    pub(super) fn card(&self, now: i64) -> Result<Card, Complaint> {
        let number: String = self
            .card_number
            .chars()
            .filter(|letter| !matches!(letter, ' ' | '-'))
            .collect();
        let complain = |field, message| Err(Complaint { field, message });
        if number.is_empty() {
            return complain("card_number", "Enter a card number.");
        }
        if !(12..=19).contains(&number.len())
            || !number.bytes().all(|byte| byte.is_ascii_digit())
            || !luhn(&number)
        {
            return complain("card_number", "Your card number is invalid.");
        }
        let Some((month, year)) = expiry(&self.exp) else {
            return complain("exp", "Enter the expiry date as MM/YY.");
        };
        if (year, month) < this_month(now) {
            return complain("exp", "Your card's expiration date is in the past.");
        }
        let Some(card) = test_cards::by_number(&number, month, year) else {
            return complain(
                "card_number",
                "This sandbox takes test cards only. Use one of those listed below.",
            );
        };
        let cvc = self.cvc.trim();
        let length = if card.brand == "amex" { 4 } else { 3 };
        if cvc.len() != length || !cvc.bytes().all(|byte| byte.is_ascii_digit()) {
            return complain("cvc", "Your card's security code is incomplete.");
        }
        Ok(card)
    }

    /// Two capital letters, where the payer said so.
    pub(super) fn country(&self) -> Option<&str> {
        let country = self.country.as_str();
        let shaped = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        shaped.then_some(country)
    }

    /// The e-mail address, where one was typed.
    pub(super) fn email(&self) -> Result<Option<String>, Complaint> {
        let email = self.email.trim();
        if email.is_empty() {
            return Ok(None);
        }
        let shaped = email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if !shaped
            || email.len() > 800
            || email
                .chars()
                .any(|letter| letter.is_whitespace() || letter.is_control())
        {
            return Err(Complaint {
                field: "email",
                message: "Your email address is invalid.",
            });
        }
        Ok(Some(email.to_owned()))
    }
}

/// The checksum every card number satisfies.
fn luhn(number: &str) -> bool {
    let mut sum = 0_u32;
    for (place, digit) in number
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .enumerate()
    {
        let weighted = if place % 2 == 1 {
            digit.saturating_mul(2)
        } else {
            digit
        };
        sum = sum.saturating_add(if weighted > 9 {
            weighted.saturating_sub(9)
        } else {
            weighted
        });
    }
    sum.is_multiple_of(10)
}

/// `12/34`, `12 / 2034`, `1234`: month and year.
fn expiry(text: &str) -> Option<(i64, i64)> {
    let compact: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let (month, year) = match compact.split_once(['/', '-']) {
        Some(parts) => parts,
        None => compact.split_at_checked(2)?,
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(month) || !digits(year) {
        return None;
    }
    let month = month
        .parse::<i64>()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let year = match year.len() {
        2 => year.parse::<i64>().ok()?.checked_add(2_000)?,
        4 => year.parse::<i64>().ok()?,
        _ => return None,
    };
    Some((month, year))
}

/// Year and month of an instant.
pub(super) fn this_month(now: i64) -> (i64, i64) {
    let date = OffsetDateTime::from_unix_timestamp(now).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    (i64::from(date.year()), i64::from(u8::from(date.month())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 23 November 2026.
    const NOW: i64 = 1_795_392_000;

    fn complaint(card_number: &str, exp: &str, cvc: &str) -> Option<&'static str> {
        let form = PayForm {
            card_number: card_number.into(),
            exp: exp.into(),
            cvc: cvc.into(),
            ..PayForm::default()
        };
        form.card(NOW).err().map(|complaint| complaint.field)
    }

    #[test]
    fn a_wrong_field_is_named() {
        assert_eq!(complaint("4242 4242 4242 4242", "12 / 34", "123"), None);
        assert_eq!(complaint("4242424242424242", "11/26", "123"), None);
        assert_eq!(complaint("4242424242424242", "1134", "123"), None);
        assert_eq!(
            complaint("4242424242424241", "12/34", "123"),
            Some("card_number")
        );
        assert_eq!(complaint("", "12/34", "123"), Some("card_number"));
        assert_eq!(
            complaint("4111111111111111", "12/34", "123"),
            Some("card_number")
        );
        assert_eq!(complaint("4242424242424242", "10/26", "123"), Some("exp"));
        assert_eq!(complaint("4242424242424242", "13/34", "123"), Some("exp"));
        assert_eq!(complaint("4242424242424242", "é", "123"), Some("exp"));
        assert_eq!(complaint("4242424242424242", "12/34", "12"), Some("cvc"));
        assert_eq!(complaint("378282246310005", "12/34", "123"), Some("cvc"));
    }
}

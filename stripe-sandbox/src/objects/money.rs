//! Currencies: which exist, how many decimals they show, and the least that Stripe charges.

use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

/// The most that one payment may be, in minor units.
const MAX_AMOUNT: i64 = 99_999_999;

/// Code, symbol, decimals, least amount in minor units. Not every currency in the world, but the ones Stripe's
/// minimum table names and their neighbours.
const CURRENCIES: [(&str, &str, u32, i64); 30] = [
    ("usd", "$", 2, 50),
    ("eur", "€", 2, 50),
    ("gbp", "£", 2, 30),
    ("aed", "AED ", 2, 200),
    ("aud", "A$", 2, 50),
    ("bgn", "BGN ", 2, 100),
    ("brl", "R$", 2, 50),
    ("cad", "CA$", 2, 50),
    ("chf", "CHF ", 2, 50),
    ("clp", "CLP ", 0, 500),
    ("cny", "CN¥", 2, 400),
    ("cop", "COP ", 2, 200_000),
    ("czk", "CZK ", 2, 1_500),
    ("dkk", "DKK ", 2, 250),
    ("hkd", "HK$", 2, 400),
    ("huf", "HUF ", 2, 17_500),
    ("idr", "IDR ", 2, 800_000),
    ("ils", "₪", 2, 200),
    ("inr", "₹", 2, 50),
    ("jpy", "¥", 0, 50),
    ("krw", "₩", 0, 500),
    ("mxn", "MX$", 2, 1_000),
    ("myr", "RM ", 2, 200),
    ("nok", "NOK ", 2, 300),
    ("nzd", "NZ$", 2, 50),
    ("pln", "PLN ", 2, 200),
    ("ron", "RON ", 2, 200),
    ("sek", "SEK ", 2, 300),
    ("sgd", "S$", 2, 50),
    ("thb", "THB ", 2, 1_000),
];

fn find(currency: &str) -> Option<&'static (&'static str, &'static str, u32, i64)> {
    CURRENCIES.iter().find(|(code, ..)| *code == currency)
}

/// A currency code in lower case, as Stripe keeps it.
pub(crate) fn read_currency(fields: &mut Fields) -> Result<String, ApiError> {
    let given = fields.needed_text("currency")?;
    let currency = given.to_ascii_lowercase();
    if find(&currency).is_some() {
        return Ok(currency);
    }
    let known: Vec<&str> = CURRENCIES.iter().map(|(code, ..)| *code).collect();
    Err(ApiError::invalid(format!(
        "Invalid currency: {given}. The sandbox knows these: {}",
        known.join(", ")
    ))
    .about(fields.path_of("currency")))
}

/// Whether a payment of this amount can be made at all.
pub(crate) fn check_amount(amount: i64, currency: &str, param: &str) -> Result<(), ApiError> {
    let least = find(currency).map_or(0, |(.., least)| *least);
    if amount < least {
        let message = format!(
            "Amount must be at least {} {currency}",
            format_amount(least, currency)
        );
        return Err(ApiError::invalid(message)
            .coded("amount_too_small")
            .about(param));
    }
    if amount > MAX_AMOUNT {
        let message = format!(
            "Amount must be no more than {}",
            format_amount(MAX_AMOUNT, currency)
        );
        return Err(ApiError::invalid(message)
            .coded("amount_too_large")
            .about(param));
    }
    Ok(())
}

/// `1234567` of `usd` as `$12,345.67`.
pub(crate) fn format_amount(amount: i64, currency: &str) -> String {
    let (symbol, decimals) =
        find(currency).map_or(("", 2), |(_, symbol, decimals, _)| (*symbol, *decimals));
    let unit = 10_u64.saturating_pow(decimals);
    let minor = amount.unsigned_abs();
    let whole = group(minor.checked_div(unit).unwrap_or(0));
    let sign = if amount < 0 { "-" } else { "" };
    if decimals == 0 {
        return format!("{sign}{symbol}{whole}");
    }
    let cents = minor.checked_rem(unit).unwrap_or(0);
    let width = usize::try_from(decimals).unwrap_or(2);
    format!("{sign}{symbol}{whole}.{cents:0width$}")
}

fn group(whole: u64) -> String {
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(index);
        if index > 0 && left % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::format_amount;

    #[test]
    fn amounts_read_like_prices() {
        assert_eq!(format_amount(1_234_567, "usd"), "$12,345.67");
        assert_eq!(format_amount(5, "eur"), "€0.05");
        assert_eq!(format_amount(1_500, "jpy"), "¥1,500");
        assert_eq!(format_amount(0, "gbp"), "£0.00");
    }
}

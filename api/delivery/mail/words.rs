//! Amounts, money and times as people of a language write them.

use ledger::calendar::Zone;
use ledger::credits::Credits;
use ledger::instant::Instant;
use ledger::money::Money;

use crate::store::Locale;

const MONTHS: [(&str, &str); 12] = [
    ("January", "Januar"),
    ("February", "Februar"),
    ("March", "März"),
    ("April", "April"),
    ("May", "Mai"),
    ("June", "Juni"),
    ("July", "Juli"),
    ("August", "August"),
    ("September", "September"),
    ("October", "Oktober"),
    ("November", "November"),
    ("December", "Dezember"),
];

/// `1,250.5 credits`, or `1.250,5 Credits`.
pub fn credits(amount: Credits, locale: Locale) -> String {
    let is_one = Some(amount) == Credits::from_whole(1);
    let unit = match (locale, is_one) {
        (Locale::English, true) => "credit",
        (Locale::English, false) => "credits",
        (Locale::German, true) => "Credit",
        (Locale::German, false) => "Credits",
    };
    format!("{} {unit}", number(&amount.to_string(), locale))
}

/// `40.00 USD`, or `40,00 USD`: what a currency's sign stands for depends on where one is.
pub fn money(money: Money, locale: Locale) -> String {
    let decimals = money.currency.decimals();
    let digits = format!(
        "{:0>width$}",
        money.amount_minor,
        width = decimals.saturating_add(1)
    );
    let (whole, rest) = digits.split_at(digits.len().saturating_sub(decimals));
    let plain = match rest {
        "" => whole.to_owned(),
        rest => format!("{whole}.{rest}"),
    };
    let currency = money.currency.as_str().to_uppercase();
    format!("{} {currency}", number(&plain, locale))
}

/// `24 November 2026, 10:02 (Europe/Berlin)`, or `24. November 2026, 10:02 Uhr (Europe/Berlin)`.
pub fn moment(instant: Instant, zone: &Zone, locale: Locale) -> String {
    let Some((date, minutes)) = zone.clocks_show(instant) else {
        return instant.to_string();
    };
    let (year, month, day) = date.civil();
    let names = MONTHS.get(usize::from(month).saturating_sub(1));
    let (english, german) = names.copied().unwrap_or_default();
    let (hour, minute) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    let zone = zone.name();
    match locale {
        Locale::English => format!("{day} {english} {year}, {hour:02}:{minute:02} ({zone})"),
        Locale::German => format!("{day}. {german} {year}, {hour:02}:{minute:02} Uhr ({zone})"),
    }
}

/// Groups the digits before the point by three.
fn number(plain: &str, locale: Locale) -> String {
    let (group, point) = match locale {
        Locale::English => (',', '.'),
        Locale::German => ('.', ','),
    };
    let (sign, plain) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain),
    };
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let mut said = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(index);
        if index > 0 && left.is_multiple_of(3) {
            said.push(group);
        }
        said.push(digit);
    }
    if !decimals.is_empty() {
        said.push(point);
        said.push_str(decimals);
    }
    said
}

#[cfg(test)]
mod tests {
    use ledger::money::Currency;

    use super::*;

    fn money_of(amount_minor: i64, currency: &str, locale: Locale) -> String {
        let currency = Currency::parse(currency).unwrap();
        let amount = Money {
            amount_minor,
            currency,
        };
        money(amount, locale)
    }

    #[test]
    fn amounts_are_written_as_the_language_does() {
        for (amount, english, german) in [
            ("0", "0", "0"),
            ("999", "999", "999"),
            ("1000", "1,000", "1.000"),
            ("1250.5", "1,250.5", "1.250,5"),
            ("-1234567.000001", "-1,234,567.000001", "-1.234.567,000001"),
        ] {
            let amount = Credits::parse_signed(amount).unwrap();
            assert_eq!(
                credits(amount, Locale::English),
                format!("{english} credits")
            );
            assert_eq!(credits(amount, Locale::German), format!("{german} Credits"));
        }
        let one = Credits::from_whole(1).unwrap();
        assert_eq!(credits(one, Locale::English), "1 credit");
        assert_eq!(credits(one, Locale::German), "1 Credit");
    }

    #[test]
    fn money_has_the_decimals_of_its_currency() {
        assert_eq!(money_of(4000, "usd", Locale::English), "40.00 USD");
        assert_eq!(money_of(5, "eur", Locale::German), "0,05 EUR");
        assert_eq!(money_of(123_456, "jpy", Locale::English), "123,456 JPY");
        assert_eq!(money_of(12_500, "kwd", Locale::English), "12.500 KWD");
    }

    #[test]
    fn times_are_those_that_the_owners_clocks_show() {
        let instant = Instant::from_micros(1_795_597_320_000_000);
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let english = moment(instant, &berlin, Locale::English);
        assert_eq!(english, "25 November 2026, 10:02 (Europe/Berlin)");
        let german = moment(instant, &berlin, Locale::German);
        assert_eq!(german, "25. November 2026, 10:02 Uhr (Europe/Berlin)");
        let utc = moment(instant, &Zone::utc(), Locale::English);
        assert_eq!(utc, "25 November 2026, 09:02 (UTC)");
    }
}

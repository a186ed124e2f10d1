//! Real money: an integer of minor units with its currency, as it stands on the wire and at
//! Stripe. Never a float, and never two currencies in one sum.

use std::fmt;
use std::str::FromStr;

/// An ISO 4217 code, three letters, lower case as Stripe writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a currency is three letters, such as \"usd\"")]
pub struct CurrencyIsNotThreeLetters;

/// An amount in minor units (cents for `usd`, yen for `jpy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    pub amount_minor: i64,
    pub currency: Currency,
}

impl Currency {
    pub const USD: Currency = Currency(*b"usd");

    /// Reads three ASCII letters in either case: `"USD"` and `"usd"` are one currency.
    pub fn parse(text: &str) -> Result<Currency, CurrencyIsNotThreeLetters> {
        let letters: [u8; 3] = text
            .as_bytes()
            .try_into()
            .map_err(|_| CurrencyIsNotThreeLetters)?;
        if letters.iter().all(u8::is_ascii_alphabetic) {
            Ok(Currency(letters.map(|letter| letter.to_ascii_lowercase())))
        } else {
            Err(CurrencyIsNotThreeLetters)
        }
    }

    /// The smallest amount that Stripe can charge, and what every charge is a multiple of, in the minor
    /// units that Stripe counts in: of currencies with three decimals it takes no third, and of the two
    /// that it still writes with decimals though they have none it takes whole ones.
    /// Source: docs.stripe.com/currencies, "Zero-decimal", "Three-decimal" and "Special cases".
    pub const fn charge_step(self) -> i64 {
        match &self.0 {
            b"bhd" | b"jod" | b"kwd" | b"omr" | b"tnd" => 10,
            b"isk" | b"ugx" => 100,
            _ => 1,
        }
    }

    /// A fraction of minor units as an amount that can be charged, rounded half up. Neither part is
    /// negative, nor is the denominator zero.
    pub fn round_to_charge(self, numerator: i128, denominator: i128) -> i64 {
        let step = i128::from(self.charge_step());
        let per_step = denominator.saturating_mul(step);
        let steps = numerator
            .saturating_add(per_step / 2)
            .checked_div_euclid(per_step)
            .unwrap_or(0);
        i64::try_from(steps.saturating_mul(step)).unwrap_or(i64::MAX)
    }

    /// How many of the digits of an amount stand behind the point, as Stripe writes them.
    /// Source: docs.stripe.com/currencies, "Zero-decimal" and "Three-decimal".
    pub const fn decimals(self) -> usize {
        match &self.0 {
            b"bif" | b"clp" | b"djf" | b"gnf" | b"jpy" | b"kmf" | b"krw" | b"mga" | b"pyg"
            | b"rwf" | b"vnd" | b"vuv" | b"xaf" | b"xof" | b"xpf" => 0,
            b"bhd" | b"jod" | b"kwd" | b"omr" | b"tnd" => 3,
            _ => 2,
        }
    }

    pub fn as_str(&self) -> &str {
        // Three ASCII letters by construction, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Currency {
    type Err = CurrencyIsNotThreeLetters;

    fn from_str(text: &str) -> Result<Currency, CurrencyIsNotThreeLetters> {
        Currency::parse(text)
    }
}

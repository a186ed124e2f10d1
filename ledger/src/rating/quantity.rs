//! How much of something: an exact number of millionths, read from the text of a JSON number and
//! never through a float.

use std::fmt;
use std::str::FromStr;

use super::error::QuantityError;

/// 0 to 1 000 000 000 000, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity(i64);

const DECIMALS: i64 = 6;
/// Every number with more digits is beyond the maximum.
const MOST_DIGITS: usize = 19;

impl Quantity {
    pub const MILLIONTHS_PER_UNIT: i64 = 1_000_000;
    pub const ZERO: Quantity = Quantity(0);
    pub const ONE: Quantity = Quantity(Self::MILLIONTHS_PER_UNIT);
    /// 1 000 000 000 000.
    pub const MAX: Quantity = Quantity(1_000_000_000_000_000_000);

    /// `None` outside `ZERO..=MAX`.
    pub fn from_millionths(millionths: i64) -> Option<Quantity> {
        (0..=Self::MAX.0)
            .contains(&millionths)
            .then_some(Quantity(millionths))
    }

    /// `None` outside `ZERO..=MAX`.
    pub fn from_units(units: i64) -> Option<Quantity> {
        let millionths = units.checked_mul(Self::MILLIONTHS_PER_UNIT)?;
        Self::from_millionths(millionths)
    }

    pub const fn millionths(self) -> i64 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// A plain number: no exponent, no trailing zeros.
impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_unit = Self::MILLIONTHS_PER_UNIT;
        let whole = self.0.checked_div(per_unit).unwrap_or_default();
        let millionths = self.0.checked_rem(per_unit).unwrap_or_default();
        if millionths == 0 {
            return write!(formatter, "{whole}");
        }
        let decimals = format!("{millionths:06}");
        write!(formatter, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

/// Reads a number as JSON writes it (RFC 8259 §6): `1200`, `2.5` and `1e3` alike. Only the value
/// counts, so `1.0000000` is 1, and `-0` is 0.
impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Quantity, QuantityError> {
        let number = JsonNumber::read(text).ok_or(QuantityError::QuantityIsNotANumber)?;
        let digits = format!("{}{}", number.whole, number.decimals);
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Ok(Quantity::ZERO);
        }
        if number.is_negative {
            return Err(QuantityError::QuantityIsNegative);
        }
        let significant = digits.trim_end_matches('0');
        // How many zeros make the significant digits a number of millionths.
        let zeros = length(digits)
            .saturating_sub(length(significant))
            .saturating_sub(length(number.decimals))
            .saturating_add(number.exponent)
            .saturating_add(DECIMALS);
        let zeros = usize::try_from(zeros).map_err(|_| QuantityError::QuantityIsTooFine)?;
        if significant.len().saturating_add(zeros) > MOST_DIGITS {
            return Err(QuantityError::QuantityIsTooLarge);
        }
        format!("{significant}{:0<zeros$}", "")
            .parse()
            .ok()
            .and_then(Quantity::from_millionths)
            .ok_or(QuantityError::QuantityIsTooLarge)
    }
}

/// The parts of a JSON number's text.
struct JsonNumber<'a> {
    is_negative: bool,
    whole: &'a str,
    decimals: &'a str,
    exponent: i64,
}

impl JsonNumber<'_> {
    /// `None` for what JSON's grammar does not call a number.
    fn read(text: &str) -> Option<JsonNumber<'_>> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, decimals) = match mantissa.split_once('.') {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (mantissa, None),
        };
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        let well_formed = is_digits(whole) && !leading_zero && decimals.is_none_or(is_digits);
        well_formed.then_some(JsonNumber {
            is_negative,
            whole,
            decimals: decimals.unwrap_or_default(),
            exponent,
        })
    }
}

/// An exponent beyond an `i64` is as good as the largest: both are out of range of anything.
fn read_exponent(text: &str) -> Option<i64> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !is_digits(digits) {
        return None;
    }
    let size: i64 = digits.parse().unwrap_or(i64::MAX);
    Some(if is_negative {
        size.saturating_neg()
    } else {
        size
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn length(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}

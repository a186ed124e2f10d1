//! An exact amount of credits: micro-credits in an `i64`, a plain decimal as text. Never a float,
//! and never a sum beyond what an account may own.

use std::fmt;
use std::str::FromStr;

/// Micro-credits, signed: what an account owns is never negative, a change of it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Credits(i64);

/// Why a text is no amount of credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseCreditsError {
    #[error("credits are a plain decimal such as \"12.5\", without exponent or leading zeros")]
    CreditsAreNotAPlainDecimal,
    #[error("credits have at most 6 decimals, not {decimals}")]
    CreditsHaveTooManyDecimals { decimals: usize },
    #[error("credits are at most {maximum}")]
    CreditsExceedTheMaximum { maximum: Credits },
}

const DECIMALS: usize = 6;

impl Credits {
    pub const MICRO_PER_CREDIT: i64 = 1_000_000;
    pub const ZERO: Credits = Credits(0);
    /// 9 000 000 000 credits. Any two amounts within it add up without overflow, and every sum
    /// is checked against it.
    pub const MAX: Credits = Credits(9_000_000_000_000_000);

    /// Takes any number, for what the database holds; the checked operations keep the bound.
    pub const fn from_micro(micro: i64) -> Credits {
        Credits(micro)
    }

    pub const fn micro(self) -> i64 {
        self.0
    }

    /// `None` outside ±`MAX`.
    pub fn from_whole(credits: i64) -> Option<Credits> {
        credits
            .checked_mul(Self::MICRO_PER_CREDIT)
            .and_then(Self::within_bounds)
    }

    /// `None` outside ±`MAX`.
    pub fn checked_add(self, other: Credits) -> Option<Credits> {
        self.0.checked_add(other.0).and_then(Self::within_bounds)
    }

    /// `None` outside ±`MAX`.
    pub fn checked_sub(self, other: Credits) -> Option<Credits> {
        self.0.checked_sub(other.0).and_then(Self::within_bounds)
    }

    /// `None` outside ±`MAX`.
    pub fn checked_neg(self) -> Option<Credits> {
        self.0.checked_neg().and_then(Self::within_bounds)
    }

    /// The amount without its sign. `None` outside ±`MAX`.
    pub fn abs(self) -> Option<Credits> {
        self.0.checked_abs().and_then(Self::within_bounds)
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Reads a change: `"+100"`, `"-5"` or `"5"`. A signed zero is refused, so that each change
    /// is written in one sense only.
    pub fn parse_signed(text: &str) -> Result<Credits, ParseCreditsError> {
        let (unsigned, sign) = if let Some(rest) = text.strip_prefix('+') {
            (rest, Some('+'))
        } else if let Some(rest) = text.strip_prefix('-') {
            (rest, Some('-'))
        } else {
            (text, None)
        };
        let amount: Credits = unsigned.parse()?;
        match sign {
            Some(_) if amount.is_zero() => Err(ParseCreditsError::CreditsAreNotAPlainDecimal),
            Some('-') => amount.checked_neg().ok_or(Self::too_many()),
            _ => Ok(amount),
        }
    }

    fn within_bounds(micro: i64) -> Option<Credits> {
        (-Self::MAX.0..=Self::MAX.0)
            .contains(&micro)
            .then_some(Credits(micro))
    }

    const fn too_many() -> ParseCreditsError {
        ParseCreditsError::CreditsExceedTheMaximum { maximum: Self::MAX }
    }
}

impl fmt::Display for Credits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micro_per_credit = Self::MICRO_PER_CREDIT.unsigned_abs();
        let magnitude = self.0.unsigned_abs();
        let whole = magnitude.checked_div(micro_per_credit).unwrap_or_default();
        let micro = magnitude.checked_rem(micro_per_credit).unwrap_or_default();
        let sign = if self.is_negative() { "-" } else { "" };
        if micro == 0 {
            return write!(formatter, "{sign}{whole}");
        }
        let decimals = format!("{micro:06}");
        write!(
            formatter,
            "{sign}{whole}.{}",
            decimals.trim_end_matches('0')
        )
    }
}

/// `^(0|[1-9][0-9]{0,9})(\.[0-9]{1,6})?$`, at most `MAX`: one spelling on the wire, so that a
/// request's hash and its meaning agree.
impl FromStr for Credits {
    type Err = ParseCreditsError;

    fn from_str(text: &str) -> Result<Credits, ParseCreditsError> {
        let (whole, decimals) = match text.split_once('.') {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (text, None),
        };
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        if !is_digits(whole) || leading_zero || !decimals.is_none_or(is_digits) {
            return Err(ParseCreditsError::CreditsAreNotAPlainDecimal);
        }
        let decimals = decimals.unwrap_or_default();
        if decimals.len() > DECIMALS {
            return Err(ParseCreditsError::CreditsHaveTooManyDecimals {
                decimals: decimals.len(),
            });
        }
        // Digits alone by now: what doesn't fit an i64 is beyond the maximum all the more.
        format!("{whole}{decimals:0<DECIMALS$}")
            .parse()
            .ok()
            .and_then(Self::within_bounds)
            .ok_or(Self::too_many())
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

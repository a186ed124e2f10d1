//! The names that rates are made of: of quantities, operations and variants. Plain enough to stand
//! unescaped in JSON, in a URL and in a log line.

use std::fmt;
use std::str::FromStr;

use super::error::QuantitiesError;

/// `[a-z][a-z0-9_]{0,62}`, such as `input_tokens`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuantityName(String);

/// How the fixed part of a price is named among the shares of a cost; no quantity is called so.
pub const BASE: &str = "base";

const LONGEST: usize = 63;

impl QuantityName {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn base() -> QuantityName {
        QuantityName(BASE.to_owned())
    }
}

impl FromStr for QuantityName {
    type Err = QuantitiesError;

    fn from_str(text: &str) -> Result<QuantityName, QuantitiesError> {
        if is_word(text) {
            Ok(QuantityName(text.to_owned()))
        } else {
            Err(QuantitiesError::NameIsNotOne)
        }
    }
}

impl fmt::Display for QuantityName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// `[a-z][a-z0-9_]{0,62}`: quantities and operations.
pub fn is_word(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// `[a-z0-9][a-z0-9._-]{0,62}`: variants, since models are called like `sonar-4.5`.
pub fn is_variant(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-'))
}

/// Names in a sentence.
pub fn listed(names: &[impl fmt::Display]) -> String {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    names.join(", ")
}

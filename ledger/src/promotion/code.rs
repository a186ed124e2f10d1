//! The code itself, as people type it: in either case, and with blanks around it.

use std::fmt;
use std::str::FromStr;

/// 3 to 32 of `A`–`Z`, `0`–`9`, `-` and `_`, in upper case: `welcome10` and `WELCOME10` are one code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PromotionCode(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a promotion code is 3 to 32 letters, digits, hyphens and underscores")]
pub struct CodeIsMalformed;

impl PromotionCode {
    pub fn parse(text: &str) -> Result<PromotionCode, CodeIsMalformed> {
        let text = text.trim_matches(' ');
        let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !(3..=32).contains(&text.len()) || !text.bytes().all(is_fine) {
            return Err(CodeIsMalformed);
        }
        Ok(PromotionCode(text.to_ascii_uppercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PromotionCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for PromotionCode {
    type Err = CodeIsMalformed;

    fn from_str(text: &str) -> Result<PromotionCode, CodeIsMalformed> {
        PromotionCode::parse(text)
    }
}

//! The names of things, each a type of its own.

/// Who owns credits: one user or one organisation of the platform.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(String);

/// The text is not an account id: 1 to 255 visible ASCII characters, no spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an account id is 1 to 255 visible ASCII characters without spaces")]
pub struct InvalidAccountId;

impl AccountId {
    /// Takes `text` for an account id if it has the form of one.
    pub fn parse(text: &str) -> Result<AccountId, InvalidAccountId> {
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        if text.is_empty() || text.len() > 255 || !visible {
            return Err(InvalidAccountId);
        }
        Ok(AccountId(text.to_owned()))
    }

    /// The id as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

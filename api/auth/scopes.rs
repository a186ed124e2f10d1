//! What a token allows, in the four words that this service knows.
//!
//! Read from `scope`; from `scp` only when there is no `scope`, never from both. Either is a string
//! of words with single spaces between them (RFC 8693, RFC 9068) or an array of strings, one word
//! each. Words we do not know are passed over: tokens carry other services' scopes too. Words
//! match exactly, case included. No other claim gives rights, and none gives no rights.

use serde_json::{Map, Value};

use super::AuthError;

/// One right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// See one's own account.
    Read,
    /// Buy credits for one's own account.
    Purchase,
    /// Take credits from any account: for the platform's services.
    Consume,
    /// Operate the service.
    Admin,
}

impl Scope {
    pub const ALL: [Scope; 4] = [Scope::Read, Scope::Purchase, Scope::Consume, Scope::Admin];

    /// The word for it in a token.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Read => "credits:read",
            Scope::Purchase => "credits:purchase",
            Scope::Consume => "credits:consume",
            Scope::Admin => "credits:admin",
        }
    }

    pub fn parse(word: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.as_str() == word)
    }
}

/// A set of rights; no right includes another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }

    pub(super) fn from_claims(claims: &Map<String, Value>) -> Result<Scopes, AuthError> {
        let Some(claim) = claims.get("scope").or_else(|| claims.get("scp")) else {
            return Ok(Scopes::default());
        };
        match claim {
            Value::String(words) => Ok(words.split(' ').collect()),
            Value::Array(words) => words
                .iter()
                .map(|word| word.as_str().ok_or(AuthError::ClaimsMalformed))
                .collect(),
            _ => Err(AuthError::ClaimsMalformed),
        }
    }
}

impl<'a> FromIterator<&'a str> for Scopes {
    fn from_iter<Words: IntoIterator<Item = &'a str>>(words: Words) -> Scopes {
        let known: Vec<Scope> = words.into_iter().filter_map(Scope::parse).collect();
        Scopes(
            Scope::ALL
                .into_iter()
                .filter(|scope| known.contains(scope))
                .collect(),
        )
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<Given: IntoIterator<Item = Scope>>(given: Given) -> Scopes {
        given.into_iter().map(Scope::as_str).collect()
    }
}

//! Pages of histories as they were shown before: who looks again, and nothing of the account has
//! changed, is shown the same bytes.

use std::sync::{Mutex, PoisonError};

use actix_web::web::Bytes;
use ledger::ids::AccountId;

use crate::generations::Generations;

/// How many bytes are remembered at least; at most twice as many are, and one page more.
const BYTES: usize = 8 * 1024 * 1024;

/// Which page of an account's entries, and to whom it is shown: a cursor is made for one caller.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageKey {
    pub account_id: AccountId,
    pub subject: String,
    pub before: Option<i64>,
    pub limit: i64,
}

struct Shown {
    /// The account's, when the page was read or before.
    version: i64,
    body: Bytes,
}

pub struct ShownPages {
    pages: Mutex<Generations<PageKey, Shown>>,
}

impl Default for ShownPages {
    fn default() -> ShownPages {
        ShownPages {
            pages: Mutex::new(Generations::new(BYTES)),
        }
    }
}

impl ShownPages {
    /// The page as it is while the account has that version.
    pub fn recall(&self, key: &PageKey, version: i64) -> Option<Bytes> {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let shown = pages.get(key)?;
        (shown.version == version).then(|| shown.body.clone())
    }

    /// A page that was read after the account was seen to have that version.
    pub fn keep(&self, key: PageKey, version: i64, body: Bytes) {
        let weight = body.len();
        let shown = Shown { version, body };
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.keep(key, shown, weight);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(subject: &str) -> PageKey {
        PageKey {
            account_id: AccountId::parse("user-1").unwrap(),
            subject: subject.to_owned(),
            before: None,
            limit: 25,
        }
    }

    #[test]
    fn a_page_is_shown_again_to_the_same_caller_while_nothing_has_changed() {
        let pages = ShownPages::default();
        pages.keep(key("ada"), 7, Bytes::from_static(b"page"));
        assert_eq!(pages.recall(&key("ada"), 7).unwrap(), "page");
        assert_eq!(pages.recall(&key("ada"), 8), None);
        assert_eq!(pages.recall(&key("eve"), 7), None);
        let deeper = PageKey {
            before: Some(3),
            ..key("ada")
        };
        assert_eq!(pages.recall(&deeper, 7), None);
    }
}

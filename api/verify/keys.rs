//! I7, as far as rows can tell. A key is one row by its primary key, so it has one effect or none;
//! what can go wrong is that the row stands for nothing: it names a purchase that does not exist, or
//! keeps an answer that says nothing was done. Which entry a key made is not stored, so a second
//! effect without the key cannot be seen here; the sequence and the chain of I12 stand against it.

use super::{Report, Violation};
use crate::store::{Store, StoreError, StoredKey};

const KEYS_AT_A_TIME: i64 = 1000;

/// Keys are read apart from the accounts: their owner may be a service that owns no credits.
pub async fn check(store: &Store, report: &mut Report) -> Result<(), StoreError> {
    let mut last: Option<StoredKey> = None;
    loop {
        let page = store.keys_after(last.as_ref(), KEYS_AT_A_TIME).await?;
        // Read after the keys: a purchase is committed with its key or before it, and stays.
        let named: Vec<_> = page.iter().filter_map(|key| key.purchase_id).collect();
        let known = store.known_purchases(&named).await?;
        for key in &page {
            let missing = key.purchase_id.filter(|id| !known.contains(id));
            if let Some(purchase) = missing {
                report_key(
                    report,
                    key,
                    format!("names purchase {purchase}, which does not exist"),
                );
            }
            if let Some(status) = key.status.filter(|status| is_never_stored(*status)) {
                let detail = format!("keeps the answer {status}, which may be asked for again");
                report_key(report, key, detail);
            }
        }
        match page.into_iter().next_back() {
            Some(key) => last = Some(key),
            None => return Ok(()),
        }
    }
}

/// Answers to requests that had no effect and were no decision on the account either.
const fn is_never_stored(status: i16) -> bool {
    matches!(status, 400 | 401 | 403 | 413 | 429) || status < 200 || status >= 500
}

fn report_key(report: &mut Report, key: &StoredKey, detail: String) {
    let digest: String = key
        .digest
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    report.violations.push(Violation {
        invariant: "I7",
        account_id: key.owner.clone(),
        place: format!("key {digest}"),
        detail,
    });
}

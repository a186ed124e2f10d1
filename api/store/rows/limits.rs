//! The limits of an account, as its row keeps them: a small JSON array that most accounts leave
//! empty.

use ledger::credits::Credits;
use ledger::limit::{Limit, LimitWindow};
use serde::{Deserialize, Serialize};

use crate::store::StoreError;

#[derive(Serialize, Deserialize)]
struct StoredLimit {
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    window: StoredWindow,
    /// In micro-credits.
    most: i64,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredWindow {
    Day,
    Week,
    Cycle,
}

pub fn to_json(limits: &[Limit]) -> String {
    let stored = limits.iter().map(|limit| StoredLimit {
        operation: limit.operation.clone(),
        window: match limit.window {
            LimitWindow::Day => StoredWindow::Day,
            LimitWindow::Week => StoredWindow::Week,
            LimitWindow::Cycle => StoredWindow::Cycle,
        },
        most: limit.credits.micro(),
    });
    let stored: Vec<StoredLimit> = stored.collect();
    // Plain data with string keys: there is nothing in it that JSON cannot say.
    serde_json::to_string(&stored).unwrap_or_default()
}

pub fn from_json(text: &str) -> Result<Vec<Limit>, StoreError> {
    if text == "[]" {
        return Ok(Vec::new());
    }
    let stored: Vec<StoredLimit> = serde_json::from_str(text)
        .map_err(|error| StoreError::corrupt(format!("accounts.limits: {error}")))?;
    let limits = stored.into_iter().map(|limit| Limit {
        operation: limit.operation,
        window: match limit.window {
            StoredWindow::Day => LimitWindow::Day,
            StoredWindow::Week => LimitWindow::Week,
            StoredWindow::Cycle => LimitWindow::Cycle,
        },
        credits: Credits::from_micro(limit.most),
    });
    Ok(limits.collect())
}

//! The limits of an account, and of which its owner was told, as its row keeps them: small JSON arrays
//! that most accounts leave empty.

use ledger::credits::Credits;
use ledger::instant::Instant;
use ledger::limit::{Limit, LimitWindow, ToldLimit};
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
pub enum StoredWindow {
    Day,
    Week,
    Cycle,
}

impl From<LimitWindow> for StoredWindow {
    fn from(window: LimitWindow) -> StoredWindow {
        match window {
            LimitWindow::Day => StoredWindow::Day,
            LimitWindow::Week => StoredWindow::Week,
            LimitWindow::Cycle => StoredWindow::Cycle,
        }
    }
}

impl From<StoredWindow> for LimitWindow {
    fn from(window: StoredWindow) -> LimitWindow {
        match window {
            StoredWindow::Day => LimitWindow::Day,
            StoredWindow::Week => LimitWindow::Week,
            StoredWindow::Cycle => LimitWindow::Cycle,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct StoredTold {
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    window: StoredWindow,
    /// In microseconds.
    until: i64,
}

pub fn to_json(limits: &[Limit]) -> String {
    let stored = limits.iter().map(|limit| StoredLimit {
        operation: limit.operation.clone(),
        window: limit.window.into(),
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
        window: limit.window.into(),
        credits: Credits::from_micro(limit.most),
    });
    Ok(limits.collect())
}

pub fn told_to_json(told: &[ToldLimit]) -> String {
    let stored = told.iter().map(|told| StoredTold {
        operation: told.operation.clone(),
        window: told.window.into(),
        until: told.until.micros(),
    });
    let stored: Vec<StoredTold> = stored.collect();
    // As above.
    serde_json::to_string(&stored).unwrap_or_default()
}

pub fn told_from_json(text: &str) -> Result<Vec<ToldLimit>, StoreError> {
    if text == "[]" {
        return Ok(Vec::new());
    }
    let stored: Vec<StoredTold> = serde_json::from_str(text)
        .map_err(|error| StoreError::corrupt(format!("accounts.limits_told: {error}")))?;
    let told = stored.into_iter().map(|told| ToldLimit {
        operation: told.operation,
        window: told.window.into(),
        until: Instant::from_micros(told.until),
    });
    Ok(told.collect())
}

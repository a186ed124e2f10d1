//! The thresholds of a low balance, as an account's row keeps them: a small JSON array of
//! micro-credits.

use ledger::credits::Credits;

use crate::store::StoreError;

pub fn to_json(thresholds: &[Credits]) -> String {
    let micro: Vec<i64> = thresholds.iter().map(|it| it.micro()).collect();
    // Numbers alone: there is nothing in it that JSON cannot say.
    serde_json::to_string(&micro).unwrap_or_default()
}

pub fn from_json(text: &str) -> Result<Vec<Credits>, StoreError> {
    let micro: Vec<i64> = serde_json::from_str(text)
        .map_err(|error| StoreError::corrupt(format!("accounts.low_thresholds: {error}")))?;
    Ok(micro.into_iter().map(Credits::from_micro).collect())
}

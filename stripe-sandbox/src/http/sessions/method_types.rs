//! Which types of payment a session takes.

use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

/// The types of payment whose money arrives later, and the currency each belongs to.
const DELAYED: [(&str, &str); 5] = [
    ("us_bank_account", "usd"),
    ("sepa_debit", "eur"),
    ("bacs_debit", "gbp"),
    ("au_becs_debit", "aud"),
    ("acss_debit", "cad"),
];

/// Without a choice of the caller's: cards, and the delayed type of the currency.
pub(super) fn read(fields: &mut Fields, currency: &str) -> Result<Vec<String>, ApiError> {
    let given = fields.texts("payment_method_types")?;
    for (index, kind) in given.iter().enumerate() {
        let param = format!("payment_method_types[{index}]");
        match DELAYED.iter().find(|(name, _)| name == kind) {
            None if kind == "card" => {}
            None => {
                let known: Vec<&str> = DELAYED.iter().map(|(name, _)| *name).collect();
                let message = format!("Invalid {param}: must be one of card, {}", known.join(", "));
                return Err(ApiError::invalid(message).about(param));
            }
            Some((_, only)) if *only == currency => {}
            Some((_, only)) => {
                let message = format!(
                    "The payment method `{kind}` takes payments in {only} only, not in {currency}."
                );
                return Err(ApiError::invalid(message).about(param));
            }
        }
    }
    if !given.is_empty() {
        return Ok(given);
    }
    let delayed = DELAYED
        .iter()
        .find(|(_, only)| *only == currency)
        .map(|(name, _)| (*name).to_owned());
    Ok([Some("card".to_owned()), delayed]
        .into_iter()
        .flatten()
        .collect())
}

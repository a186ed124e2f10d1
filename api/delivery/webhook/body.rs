//! What a webhook says: the notice as the feed shows it, and whose it is. Each kind has its own members
//! and none but these.

use ledger::ids::AccountId;
use ledger::notice::{Kind, Notice};
use serde_json::{Map, Value, json};

use crate::wire::{NotificationKind, NotificationView};

/// The body of a webhook.
pub fn event(account_id: &AccountId, notice: &Notice) -> Value {
    let view = NotificationView::unread(account_id, notice);
    let mut data = match serde_json::to_value(&view) {
        Ok(Value::Object(members)) => members,
        // It is made of strings and numbers alone.
        _ => Map::new(),
    };
    // These stand beside the data, and what the owner has read is the feed's to say.
    data.remove("kind");
    data.remove("read_at");
    let timestamp = data.remove("created_at");
    data.insert("account_id".to_owned(), json!(account_id.as_str()));
    let name = NotificationKind::from(notice.news.kind()).as_str();
    json!({"type": name, "timestamp": timestamp, "data": data})
}

/// Members of every kind's data.
pub const COMMON: [&str; 3] = ["account_id", "id", "number"];

/// Those that a kind has beside them: first what it always has, then what it may have.
pub fn members(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::PurchasePaid
        | Kind::PaymentReversed
        | Kind::ReversalUndone
        | Kind::PaymentDisputed
        | Kind::DisputeEnded => (&["credits", "purchase_id", "entry_sequence"], &[]),
        Kind::CreditsGiven | Kind::CreditsTaken => (&["credits", "entry_sequence"], &[]),
        Kind::CreditsExpiring => (&["credits", "days", "expires_at"], &[]),
        Kind::CreditsExpired => (&["credits", "lot_id", "entry_sequence"], &[]),
        Kind::BalanceLow | Kind::BalanceRecovered => (&["credits", "threshold"], &[]),
        Kind::LimitReached => (&["credits", "window", "resets_at"], &["operation"]),
        Kind::DebtIncurred => (&["credits", "debt", "entry_sequence"], &[]),
        Kind::RechargeFailed => (&["purchase_id", "decline_code"], &[]),
        Kind::RechargeSuspended => (&["suspended_because"], &[]),
        Kind::RechargeNeedsAuthentication => (&["purchase_id"], &[]),
        Kind::RechargeCap => (&["percent"], &[]),
        Kind::EndpointDisabled => (&["endpoint_id", "url"], &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::samples;

    #[test]
    fn every_kind_has_the_members_that_the_document_says_and_none_but_these() {
        let account = samples::account().unwrap();
        let mut kinds = Vec::new();
        for notice in samples::notices() {
            let kind = notice.news.kind();
            kinds.push(kind);
            let (always, sometimes) = members(kind);
            let body = event(&account, &notice);
            let data = body["data"].as_object().unwrap();
            for member in COMMON.iter().chain(always) {
                assert!(
                    data.contains_key(*member),
                    "{kind:?} says no {member}: {body}"
                );
            }
            for member in data.keys() {
                let known = [COMMON.as_slice(), always, sometimes].concat();
                assert!(
                    known.contains(&member.as_str()),
                    "{kind:?} says {member}: {body}"
                );
            }
            assert_eq!(body["type"], NotificationKind::from(kind).as_str());
            assert_eq!(body["timestamp"], "2026-11-24T09:02:00Z");
        }
        assert!(Kind::ALL.iter().all(|kind| kinds.contains(kind)));
    }
}

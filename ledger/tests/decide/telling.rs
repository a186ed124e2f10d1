//! How a table tells what came of a command, and how things stand.

use std::collections::BTreeMap;

use ledger::command::{Outcome, Preferences};
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryKind, LotChange};
use ledger::hold::{Hold, HoldStatus};
use ledger::notice::{Channel, Choices, Kind};
use ledger::purchase::Purchase;
use ledger::rejection::Rejection;
use ledger::usage::{UsageKey, Used};

use super::recharge_words;

pub fn decision(decision: &Result<Outcome, Rejection>) -> String {
    match decision {
        Ok(told) => outcome(told),
        Err(rejection) => format!("! {rejection}{}", detail(rejection)),
    }
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::AnsweredBefore => "answered before".to_owned(),
        Outcome::Adjusted { available, .. } => format!("{available} available"),
        Outcome::PurchaseOpened(it) => format!("opened {}", state_of(it)),
        Outcome::SessionRecorded(it) => format!("recorded {}", state_of(it)),
        Outcome::PurchaseAbandoned(it) => format!("abandoned {}", state_of(it)),
        Outcome::PurchaseSettled {
            purchase, granted, ..
        } => match granted {
            Some(entry) => format!("granted {} {}", entry.body.amount, state_of(purchase)),
            None => format!("settled {}", state_of(purchase)),
        },
        Outcome::Debited { entry, .. } => format!("debited {}", entry.sequence),
        Outcome::DebitedMany(results) => {
            let each: Vec<String> = results.iter().map(decision).collect();
            each.join("; ")
        }
        Outcome::Refunded {
            credits, available, ..
        } => format!("refunded {credits}, {available} available"),
        Outcome::HoldChanged { hold, available } => {
            format!("{}, {available} available", brief(hold))
        }
        Outcome::Captured {
            hold,
            charged,
            uncovered,
            available,
            ..
        } => {
            let beyond = if uncovered.is_zero() {
                String::new()
            } else {
                format!(", {uncovered} uncovered")
            };
            let hold = brief(hold);
            format!("charged {charged}{beyond}, {hold}, {available} available")
        }
        Outcome::DueBooked => "booked".to_owned(),
        Outcome::Reminded => "reminded".to_owned(),
        Outcome::LimitNoted => "noted".to_owned(),
        Outcome::PreferencesSet(preferences) => preferences_of(preferences),
        Outcome::EndpointNoted => "noted".to_owned(),
        Outcome::Configured(_) => "configured".to_owned(),
        Outcome::RechargeChanged { recharge, .. } => recharge_words::changed(recharge),
        Outcome::RechargeOpened(it) => format!("recharging {}", state_of(it)),
        Outcome::RechargeWaits(obstacle) => recharge_words::waits(obstacle),
        Outcome::Given { available, .. } => format!("{available} available"),
        Outcome::PromotionSet(it) => format!("{}, used {}", it.code, it.used),
    }
}

/// The thresholds, and where a kind is told otherwise than usual: `mail +7,-6`.
fn preferences_of(preferences: &Preferences) -> String {
    let thresholds = preferences.low_balance.iter().map(ToString::to_string);
    let mut said = format!("thresholds {}", list(thresholds));
    for (name, channel) in [("mail", Channel::Mail), ("feed", Channel::Feed)] {
        let chosen = preferences.choices;
        let kinds = Kind::ALL.into_iter();
        let other = kinds.filter(|kind| {
            chosen.wants(*kind, channel) != Choices::default().wants(*kind, channel)
        });
        let signed = other.map(|kind| {
            let sign = if chosen.wants(kind, channel) {
                '+'
            } else {
                '-'
            };
            format!("{sign}{}", kind.number())
        });
        let signed: Vec<String> = signed.collect();
        if !signed.is_empty() {
            said += &format!(" {name} {}", signed.join(","));
        }
    }
    said
}

/// What the rejection's sentence leaves to its numbers.
fn detail(rejection: &Rejection) -> String {
    match rejection {
        Rejection::NotEnoughCredits {
            required,
            available,
            shortfall,
        } => {
            assert_eq!(required.checked_sub(*available), Some(*shortfall));
            String::new()
        }
        Rejection::LimitLeavesTooLittle {
            required,
            shortfall,
            standing,
        } => {
            assert_eq!(required.checked_sub(standing.room), Some(*shortfall));
            let operation = standing.limit.operation.as_deref();
            let window = format!("{:?}", standing.limit.window).to_lowercase();
            format!(
                ": {window} of {}, {} of {} used, until {}",
                operation.unwrap_or("everything"),
                standing.used,
                standing.limit.credits,
                standing.resets_at
            )
        }
        Rejection::HoldHasEnded {
            status,
            credits,
            captured,
        } => format!(": {}, captured {captured} of {credits}", word(*status)),
        _ => String::new(),
    }
}

fn brief(hold: &Hold) -> String {
    format!("{}, {} held", word(hold.status), held(hold))
}

fn held(hold: &Hold) -> Credits {
    let parts = hold.parts.iter().map(|part| part.credits.micro());
    Credits::from_micro(parts.sum())
}

pub fn hold(hold: &Hold, parts: &str) -> String {
    format!(
        "{} {} credits {} captured {} in {parts} ends {}",
        hold.reference,
        word(hold.status),
        hold.credits,
        hold.captured,
        hold.expires_at
    )
}

pub fn list(said: impl Iterator<Item = String>) -> String {
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        "none".to_owned()
    } else {
        said.join(", ")
    }
}

pub fn entry(entry: &Entry, lots: &[String]) -> String {
    let body = &entry.body;
    let changed = |name: &str, change: Credits| {
        if change.is_zero() {
            String::new()
        } else {
            format!(" {name} {}", signed(change))
        }
    };
    format!(
        "{} {}{}{} balance {} available {} lots {}",
        kind(body.kind),
        body.amount,
        changed("held", body.held_change) + &changed("frozen", body.frozen_change),
        changed("debt", body.debt_change),
        entry.balance_after,
        entry.available_after,
        if lots.is_empty() {
            "none".to_owned()
        } else {
            lots.join(" ")
        }
    )
}

/// `a-5`, `a(+4)`, `a-5(-4)`, `a[+3]` for the frozen part.
pub fn lot_change(name: &str, change: &LotChange) -> String {
    let mut said = name.to_owned();
    if !change.credits.is_zero() {
        said += &signed(change.credits);
    }
    if !change.held.is_zero() {
        said += &format!("({})", signed(change.held));
    }
    if !change.frozen.is_zero() {
        said += &format!("[{}]", signed(change.frozen));
    }
    said
}

fn signed(credits: Credits) -> String {
    if credits.is_positive() {
        format!("+{credits}")
    } else {
        credits.to_string()
    }
}

/// The sums of one operation and variant, a day after the other.
pub fn used(work: &str, sums: &BTreeMap<UsageKey, Used>) -> String {
    let (operation, variant) = work.split_once('/').unwrap_or((work, ""));
    let days = sums
        .iter()
        .filter(|(key, _)| key.operation == operation && key.variant == variant);
    let days = days.map(|(_, sum)| {
        let amounts = [
            ("consumed", sum.consumed.to_string()),
            ("refunded", sum.refunded.to_string()),
            ("held", sum.held.to_string()),
            ("count", sum.count.to_string()),
        ];
        let said = amounts.iter().filter(|(_, amount)| amount != "0");
        let said: Vec<String> = said.map(|(name, it)| format!(" {name} {it}")).collect();
        let nothing = if said.is_empty() { " nothing" } else { "" };
        format!("{}{}{nothing}", sum.date, said.concat())
    });
    format!("{work} {}", list(days))
}

const fn word(status: HoldStatus) -> &'static str {
    match status {
        HoldStatus::Active => "active",
        HoldStatus::Captured => "captured",
        HoldStatus::Released => "released",
        HoldStatus::Expired => "expired",
    }
}

const fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Grant => "grant",
        EntryKind::Expiry => "expiry",
        EntryKind::Adjustment => "adjustment",
        EntryKind::Debit => "debit",
        EntryKind::Hold => "hold",
        EntryKind::Capture => "capture",
        EntryKind::Release => "release",
        EntryKind::Refund => "refund",
        EntryKind::DebtPayment => "debt_payment",
        EntryKind::Clawback => "clawback",
        EntryKind::Freeze => "freeze",
        EntryKind::Thaw => "thaw",
    }
}

fn state_of(purchase: &Purchase) -> String {
    let number = purchase.terms.purchase_id.uuid().as_u128();
    format!("{number} {:?}", purchase.status).to_lowercase()
}

//! What is estimated from use: the runway, the coming year, and what to buy for it.

use ledger::calendar::Date;
use ledger::credits::Credits;
use ledger::forecast::DailyUse;
use ledger::ids::LotId;
use ledger::instant::Instant;
use ledger::lot::{Lot, Source};
use uuid::Uuid;

mod advice;
mod coming_use;
mod properties;
mod runway;

fn credits(text: &str) -> Credits {
    Credits::parse_signed(text).unwrap_or_default()
}

/// Noon of 1 March 2026, 20 513 days after 1 January 1970. The year from there has 365 days.
fn now() -> Instant {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn today() -> Date {
    Date::from_days(20_513).unwrap()
}

fn days_ago(days: i32) -> Date {
    today().plus_days(-days).unwrap()
}

/// Use since so many days ago: what was used on each of them, yesterday first, over and over.
fn use_since(first: i32, pattern: &[&str]) -> DailyUse {
    let days = (1..=first).zip(pattern.iter().cycle());
    let days = days.map(|(ago, text)| (days_ago(ago), credits(text)));
    DailyUse::new(days, Some(days_ago(first)), today())
}

fn lot(number: u128, remaining: &str, days_to_live: i64, priority: i16) -> Lot {
    let remaining = credits(remaining);
    Lot {
        id: LotId::from_uuid(Uuid::from_u128(number)),
        source: Source::Promotion,
        purchase_id: None,
        priority,
        granted: remaining,
        remaining,
        held: Credits::ZERO,
        frozen: Credits::ZERO,
        consumed: Credits::ZERO,
        expired: Credits::ZERO,
        clawed: Credits::ZERO,
        granted_at: now(),
        expires_at: now().plus_days(days_to_live).unwrap(),
        reminded_days: None,
    }
}

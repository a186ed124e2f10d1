//! What an account's lots mean at an instant: what ends when, and what a hold gives back.

use ledger::credits::Credits;
use ledger::hold::HeldPart;
use ledger::ids::LotId;
use ledger::instant::Instant;
use ledger::lot::{Lot, Source};
use ledger::lots::Lots;
use ledger::outlook::{self, Expiry};
use uuid::Uuid;

fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

fn credits(whole: i64) -> Credits {
    Credits::from_whole(whole).unwrap()
}

fn lot(number: u128, remaining: i64, held: i64, ends: &str) -> Lot {
    Lot {
        id: LotId::from_uuid(Uuid::from_u128(number)),
        source: Source::Purchase,
        purchase_id: None,
        priority: 0,
        granted: credits(100),
        remaining: credits(remaining),
        held: credits(held),
        frozen: Credits::ZERO,
        consumed: credits(100 - remaining),
        expired: Credits::ZERO,
        clawed: Credits::ZERO,
        granted_at: instant("2026-01-01T00:00:00Z"),
        expires_at: instant(ends),
        reminded_days: None,
    }
}

fn lots() -> Vec<Lot> {
    vec![
        lot(1, 7, 2, "2026-03-08T00:00:00Z"),
        lot(2, 3, 0, "2026-03-08T00:00:00Z"),
        lot(3, 4, 4, "2026-03-02T00:00:00Z"),
        lot(4, 9, 0, "2026-03-01T00:00:00Z"),
        lot(5, 11, 0, "2026-03-08T00:00:00.000001Z"),
    ]
}

const NOW: &str = "2026-03-01T00:00:00Z";

#[test]
fn what_ends_next_is_the_free_part_of_all_that_end_at_that_instant() {
    let next = outlook::next_expiry(&lots(), instant(NOW)).unwrap();
    let expected = Expiry {
        credits: credits(8),
        expires_at: instant("2026-03-08T00:00:00Z"),
    };
    assert_eq!(next, Some(expected));
}

#[test]
fn where_nothing_can_be_spent_nothing_ends_next() {
    let spent = [
        lot(1, 0, 0, "2026-03-08T00:00:00Z"),
        lots().remove(2),
        lots().remove(3),
    ];
    assert_eq!(outlook::next_expiry(&spent, instant(NOW)), Ok(None));
    assert_eq!(outlook::next_expiry(&[], instant(NOW)), Ok(None));
}

#[test]
fn what_ends_within_seven_days_includes_their_last_instant() {
    let within = |days| outlook::ending_within(&lots(), days, instant(NOW)).unwrap();
    assert_eq!(within(0), Credits::ZERO);
    assert_eq!(within(6), Credits::ZERO);
    assert_eq!(within(7), credits(8));
    assert_eq!(within(8), credits(19));
}

#[test]
fn what_is_frozen_cannot_be_spent() {
    let all = outlook::available(&lots(), instant(NOW)).unwrap();
    let mut lots = lots();
    let usable = lots
        .iter_mut()
        .find(|lot| lot.available(instant(NOW)) > Some(credits(1)));
    usable.unwrap().frozen = credits(1);
    let available = outlook::available(&lots, instant(NOW)).unwrap();
    assert_eq!(available.checked_add(credits(1)), Some(all));
}

#[test]
fn lots_stand_in_burn_order_whatever_order_they_came_in() {
    let collected: Lots = lots().into_iter().collect();
    let mut inserted = Lots::default();
    assert!(inserted.is_empty());
    for lot in lots() {
        inserted.insert(lot);
    }
    assert_eq!(collected, inserted);
    assert_eq!((inserted.len(), inserted.is_empty()), (5, false));
    let order: Vec<u128> = inserted.iter().map(|lot| lot.id.uuid().as_u128()).collect();
    assert_eq!(order, [4, 3, 1, 2, 5]);
    inserted.insert(lot(4, 1, 0, "2026-12-01T00:00:00Z"));
    let order: Vec<u128> = inserted.iter().map(|lot| lot.id.uuid().as_u128()).collect();
    assert_eq!(order, [3, 1, 2, 5, 4]);
    inserted.retain(|lot| lot.held.is_zero());
    let order: Vec<u128> = (&inserted)
        .into_iter()
        .map(|lot| lot.id.uuid().as_u128())
        .collect();
    assert_eq!(order, [2, 5, 4]);
}

#[test]
fn what_holds_that_are_over_had_is_free_in_the_lots_that_are_left() {
    let part = |number, whole| HeldPart {
        lot_id: LotId::from_uuid(Uuid::from_u128(number)),
        credits: credits(whole),
    };
    let mut lots = lots();
    // The sixth has ended, and is not among them.
    let parts = [part(1, 1), part(3, 3), part(1, 1), part(6, 5)];
    outlook::release(&mut lots, &parts).unwrap();
    let held: Vec<Credits> = lots.iter().map(|lot| lot.held).collect();
    assert_eq!(held, [0, 0, 1, 0, 0].map(credits));
    let remaining = lots.iter().map(|lot| lot.remaining);
    assert!(
        remaining.eq([7, 3, 4, 9, 11].map(credits)),
        "what is there stays"
    );
}

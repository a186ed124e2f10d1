//! The hash of an entry covers all that it says: whoever changes a word of it afterwards breaks the
//! chain.

use std::collections::BTreeSet;

use ledger::credits::Credits;
use ledger::entry::{
    Entry, EntryBody, EntryKind, GENESIS, Hash, LotChange, new_hold_id, new_lot_id,
};
use ledger::ids::{AccountId, HoldId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::rating::Quantities;
use ledger::usage::Usage;
use uuid::Uuid;

fn account() -> AccountId {
    AccountId::parse("acct-7").unwrap()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn usage() -> Usage {
    Usage {
        operation: "backtesting".to_owned(),
        variant: text("small"),
        quantities: Quantities::from_json("{\"assets\":3}").unwrap(),
        rate_version: Some(4),
    }
}

fn lot(number: u128) -> LotId {
    LotId::from_uuid(Uuid::from_u128(number))
}

fn entry() -> Entry {
    let credits = Credits::from_micro;
    Entry {
        sequence: 7,
        body: EntryBody {
            kind: EntryKind::Capture,
            amount: credits(-5),
            held_change: credits(-4),
            frozen_change: credits(-2),
            debt_change: credits(3),
            lots: vec![LotChange::free(lot(1), credits(-5))],
            usage: Some(usage()),
            purchase_id: Some(PurchaseId::from_uuid(Uuid::from_u128(2))),
            hold_id: Some(HoldId::from_uuid(Uuid::from_u128(3))),
            refunds: Some(6),
            reference: text("run-7"),
            description: text("a backtest"),
            actor: text("admin-1"),
            metadata: text("{}"),
        },
        balance_after: credits(11),
        available_after: credits(12),
        created_at: Instant::from_micros(13),
        hash: GENESIS,
    }
}

/// Changes one thing that an entry says.
type Change = fn(&mut Entry);

#[test]
fn whatever_an_entry_says_is_hashed() {
    let changes: [Change; 36] = [
        |_| {},
        |it| it.sequence = 8,
        |it| it.body.kind = EntryKind::Debit,
        |it| it.body.amount = Credits::from_micro(-6),
        |it| it.body.held_change = Credits::ZERO,
        |it| it.body.frozen_change = Credits::ZERO,
        |it| it.body.debt_change = Credits::ZERO,
        |it| it.balance_after = Credits::ZERO,
        |it| it.available_after = Credits::ZERO,
        |it| it.created_at = Instant::from_micros(14),
        |it| it.body.lots.clear(),
        |it| it.body.lots.push(LotChange::free(lot(1), Credits::ZERO)),
        |it| it.body.lots[0].lot_id = lot(2),
        |it| it.body.lots[0].credits = Credits::ZERO,
        |it| it.body.lots[0].held = Credits::from_micro(1),
        |it| it.body.lots[0].frozen = Credits::from_micro(1),
        |it| it.body.usage = None,
        |it| it.body.usage.as_mut().unwrap().operation.push('s'),
        |it| it.body.usage.as_mut().unwrap().variant = None,
        |it| it.body.usage.as_mut().unwrap().variant = text("large"),
        |it| it.body.usage.as_mut().unwrap().quantities = Quantities::default(),
        |it| it.body.usage.as_mut().unwrap().rate_version = None,
        |it| it.body.usage.as_mut().unwrap().rate_version = Some(5),
        |it| it.body.usage.as_mut().unwrap().rate_version = Some(1),
        |it| it.body.purchase_id = None,
        |it| it.body.purchase_id = Some(PurchaseId::from_uuid(Uuid::from_u128(3))),
        |it| it.body.hold_id = None,
        |it| it.body.hold_id = Some(HoldId::from_uuid(Uuid::from_u128(2))),
        |it| it.body.refunds = None,
        |it| it.body.refunds = Some(5),
        |it| it.body.reference = None,
        |it| it.body.description = text(""),
        // A word that moves from one text to the next.
        |it| {
            it.body.reference = text("run-7a");
            it.body.description = text(" backtest");
        },
        |it| it.body.actor = text("admin-2"),
        |it| it.body.metadata = None,
        |it| std::mem::swap(&mut it.body.reference, &mut it.body.description),
    ];
    let mut hashes: BTreeSet<Hash> = BTreeSet::new();
    for (number, change) in changes.iter().enumerate() {
        let mut changed = entry();
        change(&mut changed);
        let hash = changed.expected_hash(&account(), &GENESIS);
        assert!(hashes.insert(hash), "change {number} is not hashed");
    }
    let other = AccountId::parse("acct-8").unwrap();
    assert!(hashes.insert(entry().expected_hash(&other, &GENESIS)));
    assert!(hashes.insert(entry().expected_hash(&account(), &[1; 32])));
}

#[test]
fn the_ids_of_what_an_entry_makes_are_its_own() {
    let now = Instant::from_micros(1_772_323_200_000_000);
    let later = Instant::from_micros(1_772_323_200_001_000);
    let other = AccountId::parse("acct-8").unwrap();
    let ids = [
        new_lot_id(&account(), &GENESIS, 0, now).uuid(),
        new_lot_id(&account(), &GENESIS, 1, now).uuid(),
        new_lot_id(&account(), &[1; 32], 0, now).uuid(),
        new_lot_id(&other, &GENESIS, 0, now).uuid(),
        new_lot_id(&account(), &GENESIS, 0, later).uuid(),
        new_hold_id(&account(), &GENESIS, now).uuid(),
        new_hold_id(&account(), &[1; 32], now).uuid(),
        new_hold_id(&other, &GENESIS, now).uuid(),
        new_hold_id(&account(), &GENESIS, later).uuid(),
    ];
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for id in ids {
        assert_eq!(id.get_version_num(), 7, "{id}");
    }
    assert!(ids[0] < ids[4] && ids[5] < ids[8], "later ids sort later");
}

#[test]
fn a_kind_is_known_by_its_number() {
    let mut known = 0;
    for code in -1..20 {
        if let Some(kind) = EntryKind::from_code(code) {
            assert_eq!(kind.code(), code);
            known += 1;
        }
    }
    assert_eq!(known, 12);
}

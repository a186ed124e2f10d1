//! The tables of the state file; a table once released keeps its name and types.

use redb::TableDefinition;

/// (kind, id) → the record as JSON.
pub(super) const RECORDS: TableDefinition<(&str, &str), &[u8]> = TableDefinition::new("records");
/// (kind, position) → id: the order in which records were made.
pub(super) const ORDER: TableDefinition<(&str, u64), &str> = TableDefinition::new("order");
/// (kind, id) → position.
pub(super) const POSITIONS: TableDefinition<(&str, &str), u64> = TableDefinition::new("positions");
/// Idempotency key → the answer that was given.
pub(super) const ANSWERS: TableDefinition<&str, &[u8]> = TableDefinition::new("answers");
/// (position of the event, target) → a delivery still to be made.
pub(super) const WAITING: TableDefinition<(u64, &str), &[u8]> =
    TableDefinition::new("deliveries_waiting");
/// (position of the event, target) → a delivery that is over.
pub(super) const FINISHED: TableDefinition<(u64, &str), &[u8]> =
    TableDefinition::new("deliveries_finished");
/// (time, id) of every object that something happens to when that time has come.
pub(super) const DUE: TableDefinition<(i64, &str), ()> = TableDefinition::new("due");
/// Name → value as JSON.
pub(super) const SETTINGS: TableDefinition<&str, &[u8]> = TableDefinition::new("settings");

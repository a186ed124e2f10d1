//! Storing the rows of a batch: one statement for each table, all sent at once. Each is one insert
//! or update of a whole set, whatever the number of rows. The accounts come first: whoever has their
//! rows has everything of theirs.

use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt, try_join};

use super::Conn;
use super::statement::Parameter::{
    BigInts, Bools, Bytes, Ids, Integers, OptionalBigInts, OptionalBytes, OptionalIds,
    OptionalIntegers, OptionalSmallInts, OptionalTexts, SmallInts, Texts,
};
use super::statement::{Change, Parameter, rows_in};
use crate::store::StoreError;
use crate::store::rows::{AccountRow, EntryRow, HoldRow, KeyRow, LotRow, NoticeRow, UsageRow};
use crate::store::write::{Changed, ChangedAccount, expect_rows};

const ACCOUNTS: &str = "\
    UPDATE accounts SET \
    balance = n.balance, held = n.held, frozen = n.frozen, debt = n.debt, \
    sequence = n.sequence, last_hash = n.last_hash, version = n.version, \
    holds_due_at = n.holds_due_at \
    FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS n ( \
    bucket, account_id, balance, held, frozen, debt, sequence, last_hash, version, \
    holds_due_at, was \
    ) WHERE accounts.bucket = n.bucket AND accounts.account_id = n.account_id \
    AND accounts.version = n.was";

const UNCHANGED: &str = "\
    SELECT accounts.version FROM unnest(?, ?, ?) AS n (bucket, account_id, was) JOIN accounts \
    ON accounts.bucket = n.bucket AND accounts.account_id = n.account_id \
    AND accounts.version = n.was FOR SHARE OF accounts";

const SETTINGS: &str = "\
    UPDATE accounts SET \
    overdraft_limit = n.overdraft_limit, zone = n.zone, anchor_day = n.anchor_day, \
    calendar_since = n.calendar_since, cycle_start = n.cycle_start, limits = n.limits, \
    limits_told = n.limits_told, low_thresholds = n.low_thresholds, \
    feed_choices = n.feed_choices, mail_choices = n.mail_choices \
    FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS n ( \
    bucket, account_id, overdraft_limit, zone, anchor_day, calendar_since, cycle_start, limits, \
    limits_told, low_thresholds, feed_choices, mail_choices \
    ) WHERE accounts.bucket = n.bucket AND accounts.account_id = n.account_id";

const WATCHES: &str = "\
    UPDATE accounts SET \
    recharge_below = n.recharge_below, recharge_due_at = n.recharge_due_at, \
    low_below = n.low_below, notices = n.notices \
    FROM unnest(?, ?, ?, ?, ?, ?) AS n ( \
    bucket, account_id, recharge_below, recharge_due_at, low_below, notices \
    ) WHERE accounts.bucket = n.bucket AND accounts.account_id = n.account_id";

const LOTS: &str = "\
    UPDATE lots SET \
    remaining = n.remaining, held = n.held, frozen = n.frozen, consumed = n.consumed, expired = n.expired, \
    clawed = n.clawed, reminded_days = n.reminded_days \
    FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS n ( \
    bucket, account_id, lot_id, remaining, held, frozen, consumed, expired, clawed, reminded_days \
    ) WHERE lots.bucket = n.bucket AND lots.account_id = n.account_id AND lots.lot_id = n.lot_id";

const NEW_LOTS: &str = "\
    INSERT INTO lots ( \
    bucket, account_id, lot_id, source, purchase_id, priority, granted, remaining, held, \
    frozen, consumed, expired, clawed, granted_at, expires_at, reminded_days \
    ) SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const ENTRIES: &str = "\
    INSERT INTO entries ( \
    bucket, account_id, sequence, kind, amount, held_change, debt_change, balance_after, \
    available_after, lots, operation, variant, quantities, rate_version, purchase_id, \
    hold_id, refunds, reference, description, actor, metadata, created_at, hash \
    ) SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const NOTICES: &str = "\
    INSERT INTO notices ( \
    bucket, account_id, number, kind, sequence, body, in_feed, by_mail, is_routed, created_at, \
    read_at \
    ) SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const HOLDS: &str = "\
    UPDATE holds SET \
    status = n.status, credits = n.credits, captured = n.captured, parts = n.parts, \
    expires_at = n.expires_at \
    FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS n ( \
    bucket, account_id, hold_id, status, credits, captured, parts, expires_at \
    ) WHERE holds.bucket = n.bucket AND holds.account_id = n.account_id AND holds.hold_id = n.hold_id";

const NEW_HOLDS: &str = "\
    INSERT INTO holds ( \
    bucket, account_id, hold_id, reference, description, operation, variant, quantities, \
    rate_version, overage, status, credits, captured, parts, created_at, expires_at, \
    day_start, date \
    ) SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const USES: &str = "\
    INSERT INTO usage_days ( \
    bucket, account_id, day_start, operation, variant, date, consumed, refunded, held, count \
    ) SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (bucket, account_id, day_start, operation, variant) DO UPDATE SET \
    consumed = usage_days.consumed + excluded.consumed, \
    refunded = usage_days.refunded + excluded.refunded, \
    held = usage_days.held + excluded.held, \
    count = usage_days.count + excluded.count";

const REFUNDS: &str = "\
    INSERT INTO refunds ( \
    bucket, account_id, debit_sequence, refund_sequence \
    ) SELECT * FROM unnest(?, ?, ?, ?)";

const NEW_KEYS: &str = "\
    INSERT INTO idempotency_keys ( \
    bucket, account_id, digest, fingerprint, purchase_id, status, body, created_at \
    ) SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)";

/// Sends everything, and sees that every row that had to change was there.
pub async fn store(conn: &mut Conn, changed: Changed) -> Result<(), StoreError> {
    let conn: &AsyncPgConnection = conn;
    try_join!(
        change(conn, "accounts", ACCOUNTS, accounts(&changed.accounts)),
        change(conn, "accounts", UNCHANGED, unchanged(&changed.unchanged)),
        change(conn, "accounts", SETTINGS, settings(&changed.settings)),
        change(conn, "accounts", WATCHES, watches(&changed.watches)),
        change(conn, "lots", LOTS, lots(&changed.lots)),
        change(conn, "lots", NEW_LOTS, new_lots(&changed.new_lots)),
        change(conn, "entries", ENTRIES, entries(&changed.entries)),
        change(conn, "notices", NOTICES, notices(&changed.notices)),
        change(conn, "holds", HOLDS, holds(&changed.holds)),
        change(conn, "holds", NEW_HOLDS, new_holds(&changed.new_holds)),
        change(conn, "usage_days", USES, uses(&changed.uses)),
        change(conn, "refunds", REFUNDS, refunds(&changed.refunds)),
        change(
            conn,
            "idempotency_keys",
            NEW_KEYS,
            new_keys(&changed.new_keys)
        ),
    )?;
    Ok(())
}

/// No rows are nothing to send.
fn change<'a>(
    mut conn: &'a AsyncPgConnection,
    table: &'static str,
    text: &'static str,
    parameters: Vec<Parameter<'a>>,
) -> BoxFuture<'a, Result<(), StoreError>> {
    async move {
        let expected = rows_in(&parameters);
        if expected == 0 {
            return Ok(());
        }
        let changed = Change { text, parameters }.execute(&mut conn).await?;
        expect_rows(table, expected, changed)
    }
    .boxed()
}

fn accounts(rows: &[ChangedAccount]) -> Vec<Parameter<'_>> {
    let was = rows.iter().map(|changed| changed.was).collect();
    let rows: Vec<&AccountRow> = rows.iter().map(|changed| &changed.row).collect();
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        BigInts(rows.iter().map(|row| row.balance).collect()),
        BigInts(rows.iter().map(|row| row.held).collect()),
        BigInts(rows.iter().map(|row| row.frozen).collect()),
        BigInts(rows.iter().map(|row| row.debt).collect()),
        BigInts(rows.iter().map(|row| row.sequence).collect()),
        Bytes(rows.iter().map(|row| row.last_hash.as_slice()).collect()),
        BigInts(rows.iter().map(|row| row.version).collect()),
        OptionalBigInts(rows.iter().map(|row| row.holds_due_at).collect()),
        BigInts(was),
    ]
}

fn unchanged(rows: &[(i16, String, i64)]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.0).collect()),
        Texts(rows.iter().map(|row| row.1.as_str()).collect()),
        BigInts(rows.iter().map(|row| row.2).collect()),
    ]
}

fn settings(rows: &[AccountRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        BigInts(rows.iter().map(|row| row.overdraft_limit).collect()),
        Texts(rows.iter().map(|row| row.zone.as_str()).collect()),
        SmallInts(rows.iter().map(|row| row.anchor_day).collect()),
        BigInts(rows.iter().map(|row| row.calendar_since).collect()),
        BigInts(rows.iter().map(|row| row.cycle_start).collect()),
        Texts(rows.iter().map(|row| row.limits.as_str()).collect()),
        Texts(rows.iter().map(|row| row.limits_told.as_str()).collect()),
        Texts(rows.iter().map(|row| row.low_thresholds.as_str()).collect()),
        BigInts(rows.iter().map(|row| row.feed_choices).collect()),
        BigInts(rows.iter().map(|row| row.mail_choices).collect()),
    ]
}

fn watches(rows: &[AccountRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        OptionalBigInts(rows.iter().map(|row| row.recharge_below).collect()),
        OptionalBigInts(rows.iter().map(|row| row.recharge_due_at).collect()),
        OptionalBigInts(rows.iter().map(|row| row.low_below).collect()),
        BigInts(rows.iter().map(|row| row.notices).collect()),
    ]
}

fn lots(rows: &[LotRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        Ids(rows.iter().map(|row| row.lot_id).collect()),
        BigInts(rows.iter().map(|row| row.remaining).collect()),
        BigInts(rows.iter().map(|row| row.held).collect()),
        BigInts(rows.iter().map(|row| row.frozen).collect()),
        BigInts(rows.iter().map(|row| row.consumed).collect()),
        BigInts(rows.iter().map(|row| row.expired).collect()),
        BigInts(rows.iter().map(|row| row.clawed).collect()),
        OptionalSmallInts(rows.iter().map(|row| row.reminded_days).collect()),
    ]
}

fn new_lots(rows: &[LotRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        Ids(rows.iter().map(|row| row.lot_id).collect()),
        SmallInts(rows.iter().map(|row| row.source).collect()),
        OptionalIds(rows.iter().map(|row| row.purchase_id).collect()),
        SmallInts(rows.iter().map(|row| row.priority).collect()),
        BigInts(rows.iter().map(|row| row.granted).collect()),
        BigInts(rows.iter().map(|row| row.remaining).collect()),
        BigInts(rows.iter().map(|row| row.held).collect()),
        BigInts(rows.iter().map(|row| row.frozen).collect()),
        BigInts(rows.iter().map(|row| row.consumed).collect()),
        BigInts(rows.iter().map(|row| row.expired).collect()),
        BigInts(rows.iter().map(|row| row.clawed).collect()),
        BigInts(rows.iter().map(|row| row.granted_at).collect()),
        BigInts(rows.iter().map(|row| row.expires_at).collect()),
        OptionalSmallInts(rows.iter().map(|row| row.reminded_days).collect()),
    ]
}

fn entries(rows: &[EntryRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        BigInts(rows.iter().map(|row| row.sequence).collect()),
        SmallInts(rows.iter().map(|row| row.kind).collect()),
        BigInts(rows.iter().map(|row| row.amount).collect()),
        BigInts(rows.iter().map(|row| row.held_change).collect()),
        BigInts(rows.iter().map(|row| row.debt_change).collect()),
        BigInts(rows.iter().map(|row| row.balance_after).collect()),
        BigInts(rows.iter().map(|row| row.available_after).collect()),
        Bytes(rows.iter().map(|row| row.lots.as_slice()).collect()),
        OptionalTexts(rows.iter().map(|row| row.operation.as_deref()).collect()),
        OptionalTexts(rows.iter().map(|row| row.variant.as_deref()).collect()),
        OptionalTexts(rows.iter().map(|row| row.quantities.as_deref()).collect()),
        OptionalIntegers(rows.iter().map(|row| row.rate_version).collect()),
        OptionalIds(rows.iter().map(|row| row.purchase_id).collect()),
        OptionalIds(rows.iter().map(|row| row.hold_id).collect()),
        OptionalBigInts(rows.iter().map(|row| row.refunds).collect()),
        OptionalTexts(rows.iter().map(|row| row.reference.as_deref()).collect()),
        OptionalTexts(rows.iter().map(|row| row.description.as_deref()).collect()),
        OptionalTexts(rows.iter().map(|row| row.actor.as_deref()).collect()),
        OptionalTexts(rows.iter().map(|row| row.metadata.as_deref()).collect()),
        BigInts(rows.iter().map(|row| row.created_at).collect()),
        Bytes(rows.iter().map(|row| row.hash.as_slice()).collect()),
    ]
}

fn notices(rows: &[NoticeRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        BigInts(rows.iter().map(|row| row.number).collect()),
        SmallInts(rows.iter().map(|row| row.kind).collect()),
        OptionalBigInts(rows.iter().map(|row| row.sequence).collect()),
        Texts(rows.iter().map(|row| row.body.as_str()).collect()),
        Bools(rows.iter().map(|row| row.in_feed).collect()),
        Bools(rows.iter().map(|row| row.by_mail).collect()),
        Bools(rows.iter().map(|row| row.is_routed).collect()),
        BigInts(rows.iter().map(|row| row.created_at).collect()),
        OptionalBigInts(rows.iter().map(|row| row.read_at).collect()),
    ]
}

fn holds(rows: &[HoldRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        Ids(rows.iter().map(|row| row.hold_id).collect()),
        SmallInts(rows.iter().map(|row| row.status).collect()),
        BigInts(rows.iter().map(|row| row.credits).collect()),
        BigInts(rows.iter().map(|row| row.captured).collect()),
        Bytes(rows.iter().map(|row| row.parts.as_slice()).collect()),
        BigInts(rows.iter().map(|row| row.expires_at).collect()),
    ]
}

fn new_holds(rows: &[HoldRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        Ids(rows.iter().map(|row| row.hold_id).collect()),
        Texts(rows.iter().map(|row| row.reference.as_str()).collect()),
        OptionalTexts(rows.iter().map(|row| row.description.as_deref()).collect()),
        OptionalTexts(rows.iter().map(|row| row.operation.as_deref()).collect()),
        OptionalTexts(rows.iter().map(|row| row.variant.as_deref()).collect()),
        OptionalTexts(rows.iter().map(|row| row.quantities.as_deref()).collect()),
        OptionalIntegers(rows.iter().map(|row| row.rate_version).collect()),
        SmallInts(rows.iter().map(|row| row.overage).collect()),
        SmallInts(rows.iter().map(|row| row.status).collect()),
        BigInts(rows.iter().map(|row| row.credits).collect()),
        BigInts(rows.iter().map(|row| row.captured).collect()),
        Bytes(rows.iter().map(|row| row.parts.as_slice()).collect()),
        BigInts(rows.iter().map(|row| row.created_at).collect()),
        BigInts(rows.iter().map(|row| row.expires_at).collect()),
        BigInts(rows.iter().map(|row| row.day_start).collect()),
        Integers(rows.iter().map(|row| row.date).collect()),
    ]
}

fn uses(rows: &[UsageRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        BigInts(rows.iter().map(|row| row.day_start).collect()),
        Texts(rows.iter().map(|row| row.operation.as_str()).collect()),
        Texts(rows.iter().map(|row| row.variant.as_str()).collect()),
        Integers(rows.iter().map(|row| row.date).collect()),
        BigInts(rows.iter().map(|row| row.consumed).collect()),
        BigInts(rows.iter().map(|row| row.refunded).collect()),
        BigInts(rows.iter().map(|row| row.held).collect()),
        BigInts(rows.iter().map(|row| row.count).collect()),
    ]
}

fn refunds(rows: &[(i16, String, i64, i64)]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.0).collect()),
        Texts(rows.iter().map(|row| row.1.as_str()).collect()),
        BigInts(rows.iter().map(|row| row.2).collect()),
        BigInts(rows.iter().map(|row| row.3).collect()),
    ]
}

fn new_keys(rows: &[KeyRow]) -> Vec<Parameter<'_>> {
    vec![
        SmallInts(rows.iter().map(|row| row.bucket).collect()),
        Texts(rows.iter().map(|row| row.account_id.as_str()).collect()),
        Bytes(rows.iter().map(|row| row.digest.as_slice()).collect()),
        Bytes(rows.iter().map(|row| row.fingerprint.as_slice()).collect()),
        OptionalIds(rows.iter().map(|row| row.purchase_id).collect()),
        OptionalSmallInts(rows.iter().map(|row| row.status).collect()),
        OptionalBytes(rows.iter().map(|row| row.body.as_deref()).collect()),
        BigInts(rows.iter().map(|row| row.created_at).collect()),
    ]
}

//! What an ordinary program would do with SQLite: one durable debit per transaction, one after the
//! other. The bench holds the service against it; the service itself never runs it.
//!
//! It stands here because all SQL does. It is as good as a plain loop gets (one connection,
//! prepared statements, WAL, the settings of the service's own commits), so that to beat it means
//! something.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::StoreError;

/// As many as the bench spreads its debits over.
const ACCOUNTS: i64 = 1_000;
const FUNDS: i64 = 9_000_000_000_000;
const DEBIT: i64 = 1_500_000;

const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";

const TABLES: &str = "
    CREATE TABLE plain_accounts (
        account_id INTEGER PRIMARY KEY,
        balance INTEGER NOT NULL CHECK (balance >= 0),
        sequence INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE plain_lots (
        account_id INTEGER PRIMARY KEY,
        remaining INTEGER NOT NULL CHECK (remaining >= 0)
    ) STRICT;
    CREATE TABLE plain_entries (
        account_id INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        balance_after INTEGER NOT NULL,
        PRIMARY KEY (account_id, sequence)
    ) STRICT";

diesel::table! {
    plain_accounts (account_id) {
        account_id -> BigInt,
        balance -> BigInt,
        sequence -> BigInt,
    }
}

diesel::table! {
    plain_lots (account_id) {
        account_id -> BigInt,
        remaining -> BigInt,
    }
}

diesel::table! {
    plain_entries (account_id, sequence) {
        account_id -> BigInt,
        sequence -> BigInt,
        amount -> BigInt,
        balance_after -> BigInt,
    }
}

pub struct Done {
    pub debits: u64,
    pub took: Duration,
}

/// Debits for a while, in a file of its own in the directory that is gone afterwards.
pub fn run(directory: &Path, lasting: Duration) -> Result<Done, StoreError> {
    let file = ScratchFile::new(directory);
    let mut conn = file.open()?;
    let started = Instant::now();
    let mut debits = 0_u64;
    while started.elapsed() < lasting {
        debit(&mut conn, rand::random_range(1..=ACCOUNTS))?;
        debits = debits.saturating_add(1);
    }
    Ok(Done {
        debits,
        took: started.elapsed(),
    })
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "SQL does the arithmetic, and refuses what does not fit"
)]
fn debit(conn: &mut SqliteConnection, account: i64) -> QueryResult<()> {
    use plain_accounts::{balance, sequence};
    use plain_lots::remaining;

    conn.immediate_transaction(|conn| {
        let (balance_after, number): (i64, i64) =
            diesel::update(plain_accounts::table.find(account))
                .set((balance.eq(balance - DEBIT), sequence.eq(sequence + 1)))
                .returning((balance, sequence))
                .get_result(conn)?;
        diesel::update(plain_lots::table.find(account))
            .set(remaining.eq(remaining - DEBIT))
            .execute(conn)?;
        diesel::insert_into(plain_entries::table)
            .values((
                plain_entries::account_id.eq(account),
                plain_entries::sequence.eq(number),
                plain_entries::amount.eq(-DEBIT),
                plain_entries::balance_after.eq(balance_after),
            ))
            .execute(conn)?;
        Ok(())
    })
}

/// Removed with what SQLite keeps beside it.
struct ScratchFile {
    path: PathBuf,
}

impl ScratchFile {
    fn new(directory: &Path) -> ScratchFile {
        let name = format!("credits-bench-{:016x}.db", rand::random::<u64>());
        ScratchFile {
            path: directory.join(name),
        }
    }

    fn open(&self) -> Result<SqliteConnection, StoreError> {
        let path = self.path.to_string_lossy();
        let mut conn = SqliteConnection::establish(&path).map_err(StoreError::unavailable)?;
        conn.batch_execute(SETTINGS)?;
        conn.batch_execute(TABLES)?;
        let fill = format!(
            "CREATE TEMP VIEW numbers AS WITH RECURSIVE upward(number) AS
                 (SELECT 1 UNION ALL SELECT number + 1 FROM upward WHERE number < {ACCOUNTS})
                 SELECT number FROM upward;
             INSERT INTO plain_accounts SELECT number, {FUNDS}, 0 FROM numbers;
             INSERT INTO plain_lots SELECT number, {FUNDS} FROM numbers"
        );
        conn.batch_execute(&fill)?;
        Ok(conn)
    }
}

impl Drop for ScratchFile {
    fn drop(&mut self) {
        for beside in ["", "-wal", "-shm"] {
            let mut path = self.path.clone().into_os_string();
            path.push(beside);
            // What is not there need not go.
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loop_debits_and_leaves_nothing_behind() {
        let home = tempfile::TempDir::new().unwrap();
        let done = run(home.path(), Duration::from_millis(50)).unwrap();
        assert!(done.debits > 0);
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_debit_changes_account_lot_and_entries_alike() {
        let home = tempfile::TempDir::new().unwrap();
        let file = ScratchFile::new(home.path());
        let mut conn = file.open().unwrap();
        debit(&mut conn, 7).unwrap();
        debit(&mut conn, 7).unwrap();
        let balance: i64 = plain_accounts::table
            .find(7)
            .select(plain_accounts::balance)
            .get_result(&mut conn)
            .unwrap();
        let remaining: i64 = plain_lots::table
            .find(7)
            .select(plain_lots::remaining)
            .get_result(&mut conn)
            .unwrap();
        let after: Vec<i64> = plain_entries::table
            .select(plain_entries::balance_after)
            .order(plain_entries::sequence)
            .load(&mut conn)
            .unwrap();
        assert_eq!((balance, remaining), (FUNDS - 2 * DEBIT, FUNDS - 2 * DEBIT));
        assert_eq!(after, [FUNDS - DEBIT, FUNDS - 2 * DEBIT]);
    }
}

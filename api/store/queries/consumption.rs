//! What services ask about work: a hold, a debit and its refund, a quote, an answer given before. A
//! hold's and an entry's id say which bucket they are in, so that the id alone leads there.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::entry::Entry;
use ledger::hold::Hold;
use ledger::ids::{AccountId, EntryId, HoldId, QuoteId};
use ledger::replay::{Fingerprint, KeyId};

use super::Conn;
use crate::store::rows::{EntryRow, HoldRow, KeyRow, QuoteRow};
use crate::store::schema::{entries, holds, idempotency_keys, quotes, refunds};
use crate::store::sql_types::StoredId;
use crate::store::{FoundEntry, Quote, StoreError, StoredAnswer};

pub async fn hold(conn: &mut Conn, id: HoldId) -> Result<Option<(AccountId, Hold)>, StoreError> {
    let row: Option<HoldRow> = holds::table
        .filter(holds::bucket.eq(id.bucket()))
        .filter(holds::hold_id.eq(StoredId(id.uuid())))
        .select(HoldRow::as_select())
        .first(conn)
        .await
        .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let owner = owner(&row.account_id)?;
    Ok(Some((owner, Hold::try_from(row)?)))
}

/// The id of an entry is not stored: it is compared with those of its millisecond.
pub async fn entry(conn: &mut Conn, id: EntryId) -> Result<Option<FoundEntry>, StoreError> {
    let Some((first, next)) = id.made_within() else {
        return Ok(None);
    };
    let rows: Vec<EntryRow> = entries::table
        .filter(entries::bucket.eq(id.bucket()))
        .filter(entries::created_at.ge(first.micros()))
        .filter(entries::created_at.lt(next.micros()))
        .select(EntryRow::as_select())
        .load(conn)
        .await?;
    for row in rows {
        let account_id = owner(&row.account_id)?;
        let entry = Entry::try_from(row)?;
        if entry.id(&account_id) == id {
            let refund = refund(conn, &account_id, entry.sequence).await?;
            return Ok(Some(FoundEntry {
                account_id,
                entry,
                refund,
            }));
        }
    }
    Ok(None)
}

async fn refund(
    conn: &mut Conn,
    account_id: &AccountId,
    debit_sequence: i64,
) -> Result<Option<Entry>, StoreError> {
    let sequence: Option<i64> = refunds::table
        .find((account_id.bucket(), account_id.as_str(), debit_sequence))
        .select(refunds::refund_sequence)
        .first(conn)
        .await
        .optional()?;
    let Some(sequence) = sequence else {
        return Ok(None);
    };
    let row: EntryRow = entries::table
        .find((account_id.bucket(), account_id.as_str(), sequence))
        .select(EntryRow::as_select())
        .first(conn)
        .await?;
    Entry::try_from(row).map(Some)
}

/// `None` where the key was not used, or is not answered yet.
pub async fn answer(
    conn: &mut Conn,
    id: &KeyId,
) -> Result<Option<(Fingerprint, StoredAnswer)>, StoreError> {
    let row: Option<KeyRow> = idempotency_keys::table
        .find((id.owner.bucket(), id.owner.as_str(), id.digest.to_vec()))
        .select(KeyRow::as_select())
        .first(conn)
        .await
        .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let (_, used, answer) = row.parse()?;
    Ok(answer.map(|answer| (used.fingerprint, answer)))
}

pub async fn keep_quote(
    conn: &mut Conn,
    account_id: &AccountId,
    quote: &Quote,
) -> Result<(), StoreError> {
    diesel::insert_into(quotes::table)
        .values(QuoteRow::new(account_id, quote))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn quote(
    conn: &mut Conn,
    account_id: &AccountId,
    id: QuoteId,
) -> Result<Option<Quote>, StoreError> {
    let row: Option<QuoteRow> = quotes::table
        .find((
            account_id.bucket(),
            account_id.as_str(),
            StoredId(id.uuid()),
        ))
        .select(QuoteRow::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(Quote::try_from).transpose()
}

fn owner(text: &str) -> Result<AccountId, StoreError> {
    AccountId::parse(text).map_err(|error| StoreError::corrupt(error.to_string()))
}

//! Where the owners of accounts are written to.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::Conn;
use crate::store::StoreError;
use crate::store::outgoing::Contact;
use crate::store::rows::ContactRow;
use crate::store::schema::contacts;

pub async fn find(conn: &mut Conn, id: &AccountId) -> Result<Option<Contact>, StoreError> {
    let row: Option<ContactRow> = contacts::table
        .find((id.bucket(), id.as_str()))
        .select(ContactRow::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(Contact::try_from).transpose()
}

pub async fn set(
    conn: &mut Conn,
    id: &AccountId,
    contact: &Contact,
    now: Instant,
) -> Result<(), StoreError> {
    let row = ContactRow::new(id, contact, now);
    diesel::insert_into(contacts::table)
        .values(&row)
        .on_conflict((contacts::bucket, contacts::account_id))
        .do_update()
        .set(&row)
        .execute(conn)
        .await?;
    Ok(())
}

//! The `contacts` row: where an account's owner is written to.

use diesel::prelude::*;
use ledger::ids::AccountId;
use ledger::instant::Instant;

use crate::store::StoreError;
use crate::store::outgoing::{Contact, Locale};
use crate::store::schema::contacts;

#[derive(Clone, Debug, AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = contacts)]
#[diesel(treat_none_as_null = true)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct ContactRow {
    pub bucket: i16,
    pub account_id: String,
    pub email: Option<String>,
    pub locale: String,
    pub updated_at: i64,
}

impl ContactRow {
    pub fn new(account_id: &AccountId, contact: &Contact, now: Instant) -> ContactRow {
        ContactRow {
            bucket: account_id.bucket(),
            account_id: account_id.to_string(),
            email: contact.email.clone(),
            locale: contact.locale.as_str().to_owned(),
            updated_at: now.micros(),
        }
    }
}

impl TryFrom<ContactRow> for Contact {
    type Error = StoreError;

    fn try_from(row: ContactRow) -> Result<Contact, StoreError> {
        let locale = Locale::parse(&row.locale);
        Ok(Contact {
            email: row.email,
            locale: locale
                .ok_or_else(|| StoreError::corrupt(format!("contacts.locale is {}", row.locale)))?,
        })
    }
}

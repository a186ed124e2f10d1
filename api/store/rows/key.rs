//! The `idempotency_keys` row: a request that was made, and the answer it was given.

use diesel::prelude::*;
use ledger::ids::PurchaseId;
use ledger::replay::{KeyId, UsedKey};

use super::{account_id, bytes};
use crate::store::schema::idempotency_keys;
use crate::store::sql_types::StoredId;
use crate::store::{StoreError, StoredAnswer};

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = idempotency_keys)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct KeyRow {
    pub bucket: i16,
    pub account_id: String,
    pub digest: Vec<u8>,
    pub fingerprint: Vec<u8>,
    pub purchase_id: Option<StoredId>,
    pub status: Option<i16>,
    pub body: Option<Vec<u8>>,
    pub created_at: i64,
}

impl KeyRow {
    pub fn parse(self) -> Result<(KeyId, UsedKey, Option<StoredAnswer>), StoreError> {
        let id = KeyId {
            owner: account_id(&self.account_id)?,
            digest: bytes("idempotency_keys.digest", &self.digest)?,
        };
        let used = UsedKey {
            fingerprint: bytes("idempotency_keys.fingerprint", &self.fingerprint)?,
            purchase_id: self.purchase_id.map(|id| PurchaseId::from_uuid(id.0)),
            answered: self.status.is_some(),
        };
        let answer = match (self.status, self.body) {
            (Some(status), Some(body)) => Some(StoredAnswer {
                status: u16::try_from(status)
                    .map_err(|_| StoreError::corrupt("idempotency_keys.status"))?,
                body,
            }),
            _ => None,
        };
        Ok((id, used, answer))
    }
}

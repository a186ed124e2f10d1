//! The `stripe_inbox` row: an event as Stripe sent it, and how far it has come.

use diesel::prelude::*;

use crate::store::StoreError;
use crate::store::schema::stripe_inbox;
use crate::store::sql_types::StoredId;

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = stripe_inbox)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct InboxRow {
    pub event_id: String,
    pub kind: String,
    pub livemode: bool,
    pub payload: String,
    pub received_at: i64,
    pub status: i16,
    pub attempts: i32,
    pub next_attempt_at: Option<i64>,
    pub account_id: Option<String>,
    pub purchase_id: Option<StoredId>,
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InboxStatus {
    Waiting,
    Applied,
    Ignored,
    GivenUp,
}

impl InboxStatus {
    pub const fn code(self) -> i16 {
        match self {
            InboxStatus::Waiting => 0,
            InboxStatus::Applied => 1,
            InboxStatus::Ignored => 2,
            InboxStatus::GivenUp => 3,
        }
    }

    pub fn from_code(code: i16) -> Result<InboxStatus, StoreError> {
        match code {
            0 => Ok(InboxStatus::Waiting),
            1 => Ok(InboxStatus::Applied),
            2 => Ok(InboxStatus::Ignored),
            3 => Ok(InboxStatus::GivenUp),
            _ => Err(StoreError::corrupt(format!(
                "stripe_inbox.status is {code}"
            ))),
        }
    }
}

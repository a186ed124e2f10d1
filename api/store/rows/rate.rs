//! The rows of what costs credits: operations, and their rates in versions.

use diesel::prelude::*;

use crate::store::schema::{operations, rate_components, rates};

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = operations)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct OperationRow {
    pub operation: String,
    pub name: String,
    pub description: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = rates)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct RateRow {
    pub operation: String,
    /// Empty for none.
    pub variant: String,
    pub version: i32,
    pub effective_at: i64,
    pub base: String,
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = rate_components)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct RateComponentRow {
    pub quantity: String,
    pub unit: String,
    pub per: i64,
    pub price: String,
}

//! The rows of what can be bought: presets, and the price list of custom amounts.

use diesel::prelude::*;

use crate::store::schema::{packages, price_lists, price_slabs};

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = packages)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct PackageRow {
    pub package_id: String,
    pub name: String,
    pub credits: i64,
    pub bonus_credits: i64,
    pub position: i16,
    pub active: bool,
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = price_lists)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct PriceListRow {
    pub currency: String,
    pub least_charge: i64,
    pub min_credits: i64,
    pub max_credits: i64,
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = price_slabs)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct PriceSlabRow {
    pub currency: String,
    pub from_credits: i64,
    pub price_per_credit: String,
}

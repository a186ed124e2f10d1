//! Reading what can be bought.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::Conn;
use crate::store::StoreError;
use crate::store::rows::{PackageRow, PriceListRow, PriceSlabRow};
use crate::store::schema::{packages, price_lists, price_slabs};

pub async fn packages(conn: &mut Conn) -> Result<Vec<PackageRow>, StoreError> {
    let rows = packages::table
        .filter(packages::active.eq(true))
        .order((packages::position, packages::package_id))
        .select(PackageRow::as_select())
        .load(conn)
        .await?;
    Ok(rows)
}

pub async fn price_list(
    conn: &mut Conn,
    currency: &str,
) -> Result<Option<(PriceListRow, Vec<PriceSlabRow>)>, StoreError> {
    let list: Option<PriceListRow> = price_lists::table
        .find(currency)
        .select(PriceListRow::as_select())
        .first(conn)
        .await
        .optional()?;
    let Some(list) = list else {
        return Ok(None);
    };
    let slabs = price_slabs::table
        .filter(price_slabs::currency.eq(currency))
        .order(price_slabs::from_credits)
        .select(PriceSlabRow::as_select())
        .load(conn)
        .await?;
    Ok(Some((list, slabs)))
}

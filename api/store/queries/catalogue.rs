//! Reading what can be bought, and what work costs.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::Conn;
use crate::store::StoreError;
use crate::store::rows::{
    OperationRow, PackageRow, PriceListRow, PriceSlabRow, RateComponentRow, RateRow,
};
use crate::store::schema::{
    operations, package_prices, packages, price_lists, price_slabs, rate_components, rates,
};

/// Those that have a price in the currency, with it.
pub async fn packages(
    conn: &mut Conn,
    currency: &str,
) -> Result<Vec<(PackageRow, i64)>, StoreError> {
    let of_the_package = package_prices::package_id.eq(packages::package_id);
    let rows = packages::table
        .inner_join(package_prices::table.on(of_the_package))
        .filter(packages::active.eq(true))
        .filter(package_prices::currency.eq(currency))
        .order((packages::position, packages::package_id))
        .select((PackageRow::as_select(), package_prices::price))
        .load(conn)
        .await?;
    Ok(rows)
}

/// In alphabetical order.
pub async fn currencies(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let rows = price_lists::table
        .order(price_lists::currency)
        .select(price_lists::currency)
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

pub async fn operations(conn: &mut Conn) -> Result<Vec<OperationRow>, StoreError> {
    let rows = operations::table
        .order((operations::position, operations::operation))
        .select(OperationRow::as_select())
        .load(conn)
        .await?;
    Ok(rows)
}

/// Every version with its components, a row for each of them and one for a version without any. In
/// one statement: a version that is just being added is seen whole or not at all.
pub async fn rates(
    conn: &mut Conn,
) -> Result<Vec<(RateRow, Option<RateComponentRow>)>, StoreError> {
    let of_the_rate = rate_components::operation
        .eq(rates::operation)
        .and(rate_components::variant.eq(rates::variant))
        .and(rate_components::version.eq(rates::version));
    let rows = rates::table
        .left_join(rate_components::table.on(of_the_rate))
        .order((
            rates::operation,
            rates::variant,
            rates::version,
            rate_components::position,
            rate_components::quantity,
        ))
        .select((
            RateRow::as_select(),
            Option::<RateComponentRow>::as_select(),
        ))
        .load(conn)
        .await?;
    Ok(rows)
}

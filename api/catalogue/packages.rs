//! What can be bought: the presets, and the price list for any other amount. The price of an amount
//! is the same whether it is only asked for or bought.

use std::str::FromStr;

use bigdecimal::BigDecimal;
use ledger::credits::Credits;
use ledger::money::{Currency, Money};
use ledger::pricing::{PriceList, Slab};

use super::corrupt;
use crate::store::{PackageRow, PriceListRow, PriceSlabRow, Store, StoreError};

/// The currency of the price list. Presets may have others.
pub const CURRENCY: Currency = Currency::USD;

/// A preset recharge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    pub id: String,
    pub name: String,
    pub credits: Credits,
    pub bonus: Credits,
    pub price: Money,
}

pub struct Catalogue {
    /// In the order in which they are shown: the smallest first.
    pub packages: Vec<Package>,
    pub prices: PriceList,
}

impl Catalogue {
    pub async fn load(store: &Store) -> Result<Catalogue, StoreError> {
        let rows = store.catalogue(CURRENCY.as_str()).await?;
        let (list, slabs) = rows
            .price_list
            .ok_or_else(|| StoreError::corrupt(format!("there is no price list in {CURRENCY}")))?;
        Ok(Catalogue {
            packages: rows
                .packages
                .into_iter()
                .map(package)
                .collect::<Result<_, _>>()?,
            prices: price_list(&list, slabs)?,
        })
    }

    pub fn package(&self, id: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.id == id)
    }
}

fn package(row: PackageRow) -> Result<Package, StoreError> {
    let currency = Currency::parse(&row.currency).map_err(corrupt)?;
    Ok(Package {
        id: row.package_id,
        name: row.name,
        credits: Credits::from_micro(row.credits),
        bonus: Credits::from_micro(row.bonus_credits),
        price: Money {
            amount_minor: row.price,
            currency,
        },
    })
}

fn price_list(list: &PriceListRow, rows: Vec<PriceSlabRow>) -> Result<PriceList, StoreError> {
    let slabs = rows
        .into_iter()
        .map(|row| {
            let price = BigDecimal::from_str(&row.price_per_credit).map_err(corrupt)?;
            Ok(Slab {
                from_credits: row.from_credits,
                price_per_credit: price,
            })
        })
        .collect::<Result<Vec<Slab>, StoreError>>()?;
    PriceList::new(CURRENCY, slabs, list.min_credits, list.max_credits).map_err(corrupt)
}

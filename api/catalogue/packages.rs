//! What can be bought: the presets, and the price list for any other amount. The price of an amount
//! is the same whether it is only asked for or bought, and never of two currencies at once.

use std::str::FromStr;

use bigdecimal::BigDecimal;
use ledger::credits::Credits;
use ledger::money::{Currency, Money};
use ledger::pricing::{PriceList, Slab};

use super::corrupt;
use crate::store::{PriceListRow, PriceSlabRow, Store, StoreError};

/// A preset recharge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    pub id: String,
    pub name: String,
    pub credits: Credits,
    pub bonus: Credits,
    pub price: Money,
}

/// What is for sale in one currency.
pub struct Catalogue {
    /// In the order in which they are shown: the smallest first.
    pub packages: Vec<Package>,
    pub prices: PriceList,
    /// What no code lowers a price below, but to nothing.
    pub least_charge: Money,
}

impl Catalogue {
    /// Of a currency that there must be a price list in.
    pub async fn load(store: &Store, currency: Currency) -> Result<Catalogue, StoreError> {
        let catalogue = Catalogue::find(store, currency).await?;
        catalogue
            .ok_or_else(|| StoreError::corrupt(format!("there is no price list in {currency}")))
    }

    /// The price lists of every currency that something is sold in.
    pub async fn price_lists(store: &Store) -> Result<Vec<PriceList>, StoreError> {
        let mut lists = Vec::new();
        for currency in store.currencies().await? {
            let currency = Currency::parse(&currency).map_err(corrupt)?;
            lists.push(Catalogue::load(store, currency).await?.prices);
        }
        Ok(lists)
    }

    /// `None` where nothing is sold in the currency.
    pub async fn find(store: &Store, currency: Currency) -> Result<Option<Catalogue>, StoreError> {
        let rows = store.catalogue(currency.as_str()).await?;
        let Some((list, slabs)) = rows.price_list else {
            return Ok(None);
        };
        let packages = rows.packages.into_iter();
        let packages = packages.map(|(row, price)| Package {
            id: row.package_id,
            name: row.name,
            credits: Credits::from_micro(row.credits),
            bonus: Credits::from_micro(row.bonus_credits),
            price: Money {
                amount_minor: price,
                currency,
            },
        });
        Ok(Some(Catalogue {
            packages: packages.collect(),
            least_charge: Money {
                amount_minor: list.least_charge,
                currency,
            },
            prices: price_list(currency, &list, slabs)?,
        }))
    }

    pub fn package(&self, id: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.id == id)
    }
}

fn price_list(
    currency: Currency,
    list: &PriceListRow,
    rows: Vec<PriceSlabRow>,
) -> Result<PriceList, StoreError> {
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
    PriceList::new(currency, slabs, list.min_credits, list.max_credits).map_err(corrupt)
}

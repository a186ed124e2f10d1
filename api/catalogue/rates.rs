//! What work costs: the stored operations and rates as the ledger's book, and the copy of it that a
//! running service prices by. Nothing is priced by a book that does not add up: then the one before
//! it stays.

use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};

use bigdecimal::BigDecimal;
use ledger::instant::Instant;
use ledger::rating::{Component, OperationTerms, Quantity, Rate, RateBook, RateTerms};

use super::corrupt;
use crate::store::{OperationRow, RateBookRows, RateComponentRow, RateRow, Store, StoreError};

/// The book in use, shared by all who price. Cheap to clone.
#[derive(Clone)]
pub struct Rates {
    store: Store,
    book: Arc<RwLock<Arc<RateBook>>>,
}

impl Rates {
    pub async fn load(store: &Store) -> Result<Rates, StoreError> {
        let rates = Rates::unread(store);
        rates.refresh().await?;
        Ok(rates)
    }

    /// A book without operations, until it is refreshed.
    pub(crate) fn unread(store: &Store) -> Rates {
        Rates {
            store: store.clone(),
            book: Arc::default(),
        }
    }

    /// The book as it is now; it stays the same for as long as the caller holds it. Asks no
    /// database.
    pub fn book(&self) -> Arc<RateBook> {
        Arc::clone(&self.book.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the book again. On an error the one before stays in use.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let book = Arc::new(rate_book(&self.store).await?);
        *self.book.write().unwrap_or_else(PoisonError::into_inner) = book;
        Ok(())
    }
}

/// The book as it is stored.
pub async fn rate_book(store: &Store) -> Result<RateBook, StoreError> {
    let rows: RateBookRows = store.rate_book().await?;
    let operations = rows.operations.into_iter().map(operation).collect();
    let mut rates: Vec<(RateRow, Vec<RateComponentRow>)> = Vec::new();
    for (rate, component) in rows.rates {
        match rates.last_mut().filter(|(last, _)| *last == rate) {
            Some((_, components)) => components.extend(component),
            None => rates.push((rate, component.into_iter().collect())),
        }
    }
    let rates = rates
        .into_iter()
        .map(|(row, components)| rate(row, components));
    let rates = rates.collect::<Result<_, _>>()?;
    RateBook::new(operations, rates).map_err(corrupt)
}

fn operation(row: OperationRow) -> OperationTerms {
    OperationTerms {
        operation: row.operation,
        name: row.name,
        description: row.description,
    }
}

fn rate(row: RateRow, components: Vec<RateComponentRow>) -> Result<Rate, StoreError> {
    let place = format!("{} {:?} {}", row.operation, row.variant, row.version);
    let wrong = |error: String| corrupt(format!("the rate {place}: {error}"));
    let components = components.into_iter().map(component);
    let terms = RateTerms {
        operation: row.operation,
        variant: Some(row.variant).filter(|variant| !variant.is_empty()),
        version: row.version,
        effective_at: Instant::from_micros(row.effective_at),
        base: price(&row.base).map_err(wrong)?,
        components: components.collect::<Result<_, _>>().map_err(wrong)?,
    };
    Rate::new(terms).map_err(|error| wrong(error.to_string()))
}

fn component(row: RateComponentRow) -> Result<Component, String> {
    let per = Quantity::from_units(row.per);
    Ok(Component {
        quantity: row.quantity.parse().map_err(|error| format!("{error}"))?,
        unit: row.unit,
        per: per.ok_or_else(|| format!("nothing is priced for {} units", row.per))?,
        price: price(&row.price)?,
    })
}

fn price(text: &str) -> Result<BigDecimal, String> {
    BigDecimal::from_str(text).map_err(|error| format!("the price {text:?}: {error}"))
}

//! What operators put into the database for everyone: what can be bought, and what work costs. It
//! turns rows into the ledger's own price lists and rates, and decides nothing by itself.

mod packages;
mod rates;

pub use packages::{Catalogue, Package};
pub use rates::{Rates, rate_book};

use crate::store::StoreError;

fn corrupt(error: impl std::fmt::Display) -> StoreError {
    StoreError::corrupt(error.to_string())
}

//! Custom amounts on graduated slabs, and how packages compare.

mod comparison;
mod curve;
mod list;

use bigdecimal::BigDecimal;
use ledger::money::{Currency, Money};
use ledger::pricing::{PriceList, Slab};

fn slab(from_credits: i64, price_per_credit: &str) -> Slab {
    Slab {
        from_credits,
        price_per_credit: price_per_credit.parse::<BigDecimal>().unwrap(),
    }
}

fn seeded_list() -> PriceList {
    let slabs = vec![
        slab(1, "1"),
        slab(1_001, "0.9"),
        slab(5_001, "0.8"),
        slab(20_001, "0.7"),
    ];
    PriceList::new(Currency::USD, slabs, 500, 1_000_000).unwrap()
}

fn usd(amount_minor: i64) -> Money {
    Money {
        amount_minor,
        currency: Currency::USD,
    }
}

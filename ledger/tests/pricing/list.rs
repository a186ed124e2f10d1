//! A price list is checked when it is made, so that pricing can't fail later.

use bigdecimal::BigDecimal;
use ledger::money::Currency;
use ledger::pricing::{PriceList, PriceListError, Slab};

use super::{seeded_list, slab};

fn list(slabs: Vec<Slab>) -> Result<PriceList, PriceListError> {
    PriceList::new(Currency::USD, slabs, 100, 1_000)
}

#[test]
fn a_list_keeps_what_it_was_made_of() {
    let list = seeded_list();
    assert_eq!((list.min_credits(), list.max_credits()), (500, 1_000_000));
    assert_eq!(list.currency(), Currency::USD);
    assert_eq!(list.slabs().len(), 4);
    assert_eq!(list.slabs()[1], slab(1_001, "0.9"));
}

#[test]
fn the_first_slab_starts_at_the_first_credit() {
    let refused = Err(PriceListError::NoSlabStartsAtTheFirstCredit);
    for slabs in [
        vec![],
        vec![slab(0, "1")],
        vec![slab(2, "1")],
        vec![slab(-1, "1")],
    ] {
        assert_eq!(list(slabs), refused);
    }
}

#[test]
fn slabs_ascend() {
    for from_credits in [1, 0, -5] {
        assert_eq!(
            list(vec![slab(1, "1"), slab(from_credits, "0.9")]),
            Err(PriceListError::SlabsAreNotAscending { from_credits })
        );
    }
}

#[test]
fn prices_are_positive_and_never_rise() {
    for price in ["0", "-1", "-0.000001"] {
        assert_eq!(
            list(vec![slab(1, price)]),
            Err(PriceListError::SlabPriceIsNotPositive { from_credits: 1 })
        );
    }
    assert_eq!(
        list(vec![slab(1, "0.9"), slab(11, "0.900001")]),
        Err(PriceListError::SlabPriceRisesWithVolume { from_credits: 11 })
    );
    assert!(list(vec![slab(1, "0.9"), slab(11, "0.9")]).is_ok());
}

#[test]
fn a_price_too_fine_or_too_large_is_refused_at_once() {
    let refused = Err(PriceListError::SlabPriceIsOutOfBounds { from_credits: 1 });
    for price in [
        "0.0000001",
        "1.1234567",
        "1000000000.000001",
        "1e10",
        "1e1000000",
        "1e-1000000",
        "1e999999999999",
        &"9".repeat(10_000),
    ] {
        assert_eq!(list(vec![slab(1, price)]), refused, "{price:.20}");
    }
    for price in [
        "1.000000",
        "1.000000000000",
        "1e9",
        "1E2",
        "1000000000",
        "0.700000",
    ] {
        assert!(list(vec![slab(1, price)]).is_ok(), "{price}");
    }
}

#[test]
fn the_range_of_a_purchase_is_not_empty() {
    let range = |min, max| PriceList::new(Currency::USD, vec![slab(1, "1")], min, max);
    for (min, max) in [
        (0, 10),
        (-1, 10),
        (11, 10),
        (1, 9_000_000_001),
        (i64::MIN, i64::MAX),
    ] {
        assert_eq!(
            range(min, max),
            Err(PriceListError::PurchaseRangeIsEmpty {
                min,
                max,
                largest: 9_000_000_000
            })
        );
    }
    assert!(range(10, 10).is_ok());
    assert!(range(1, 9_000_000_000).is_ok());
}

#[test]
fn no_purchase_is_free() {
    let cheap = vec![slab(1, "0.004")];
    let range = |min| PriceList::new(Currency::USD, cheap.clone(), min, 1_000);
    assert_eq!(
        range(124),
        Err(PriceListError::SmallestPurchaseCostsNothing { min: 124 })
    );
    assert!(range(125).is_ok());
}

#[test]
fn the_dearest_list_prices_its_largest_purchase() {
    let dearest = vec![Slab {
        from_credits: 1,
        price_per_credit: BigDecimal::from(1_000_000_000),
    }];
    let list = PriceList::new(Currency::USD, dearest, 1, 9_000_000_000).unwrap();
    let price = list.price(9_000_000_000).unwrap();
    assert_eq!(price.amount_minor, 9_000_000_000_000_000_000);
}

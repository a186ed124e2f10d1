//! What is for sale in a fresh database, held against the ledger's own prices.

use bigdecimal::BigDecimal;
use ledger::credits::Credits;
use ledger::money::Currency;
use ledger::pricing::{PriceList, Slab};

on_both_engines! {
    async fn presets_cost_what_the_slabs_say_and_less_per_credit_as_they_grow(db: TestDatabase) {
        let catalogue = db.store.catalogue("usd").await.unwrap();
        let (list, slabs) = catalogue.price_list.unwrap();
        let slabs = slabs.iter().map(|slab| Slab {
            from_credits: slab.from_credits,
            price_per_credit: slab.price_per_credit.parse().unwrap(),
        });
        let prices =
            PriceList::new(Currency::USD, slabs.collect(), list.min_credits, list.max_credits).unwrap();
        assert!(catalogue.packages.len() > 1);
        let mut smaller: Option<(i64, BigDecimal)> = None;
        for package in catalogue.packages {
            assert_eq!(package.credits % Credits::MICRO_PER_CREDIT, 0);
            let credits = package.credits / Credits::MICRO_PER_CREDIT;
            let price = prices.price(credits).unwrap();
            assert_eq!(package.price, price.amount_minor, "{}", package.package_id);
            assert_eq!(package.currency, price.currency.as_str());
            let each = BigDecimal::from(package.price) / BigDecimal::from(credits);
            if let Some((fewer, dearer)) = smaller {
                assert!(fewer < credits && each < dearer, "{}", package.package_id);
            }
            smaller = Some((credits, each));
        }
    }

    async fn nothing_is_priced_in_a_currency_without_a_list(db: TestDatabase) {
        assert!(db.store.catalogue("xxx").await.unwrap().price_list.is_none());
    }
}

//! What is for sale in a fresh database, and what work costs there, held against the ledger's own
//! prices.

use bigdecimal::BigDecimal;
use credits::catalogue::rate_book;
use ledger::credits::Credits;
use ledger::money::Currency;
use ledger::pricing::{PriceList, Slab};
use ledger::rating::Quantities;

use crate::support::decisions::at;

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
        for (package, price_minor) in catalogue.packages {
            assert_eq!(package.credits % Credits::MICRO_PER_CREDIT, 0);
            let credits = package.credits / Credits::MICRO_PER_CREDIT;
            let price = prices.price(credits).unwrap();
            assert_eq!(price_minor, price.amount_minor, "{}", package.package_id);
            let each = BigDecimal::from(price_minor) / BigDecimal::from(credits);
            if let Some((fewer, dearer)) = smaller {
                assert!(fewer < credits && each < dearer, "{}", package.package_id);
            }
            smaller = Some((credits, each));
        }
    }

    async fn nothing_is_priced_in_a_currency_without_a_list(db: TestDatabase) {
        let catalogue = db.store.catalogue("xxx").await.unwrap();
        assert!(catalogue.price_list.is_none());
        assert!(catalogue.packages.is_empty());
        assert_eq!(db.store.currencies().await.unwrap(), ["usd"]);
    }

    async fn work_costs_what_the_seeded_rates_say(db: TestDatabase) {
        let book = rate_book(&db.store).await.unwrap();
        let table = [
            ("model_inference", Some("small"), r#"{"input_tokens":1200,"output_tokens":350}"#, "0.0325"),
            ("model_inference", Some("medium"), r#"{"input_tokens":1200,"output_tokens":350}"#, "0.39"),
            ("model_inference", Some("large"), r#"{"input_tokens":1200,"output_tokens":350}"#, "1.77"),
            ("strategy_generation", None, r#"{"attempts":3}"#, "20"),
            // Three assets over two and a half years.
            ("backtesting", None, r#"{"assets":3,"bar_years":7.5}"#, "3.075"),
            ("market_analysis", None, r#"{"reports":2}"#, "50"),
        ];
        for (operation, variant, quantities, credits) in table {
            let rate = book.rate_at(operation, variant, at("2026-01-01T00:00:00Z")).unwrap();
            let cost = rate.cost(&Quantities::from_json(quantities).unwrap()).unwrap();
            assert_eq!(cost.credits.to_string(), credits, "{operation} {variant:?}");
        }
        for operation in book.operations() {
            for variant in operation.variants() {
                assert!(book.rate_at(operation.operation(), variant.name(), at("2025-12-31T23:59:59.999999Z")).is_err());
            }
        }
    }
}

//! What the page shows of a cost: the total, and the share of each quantity.

use ledger::credits::Credits;
use ledger::rating::{Cost, Quantities, Quantity, Rate, RatingError};

use super::{component, decimal, quantities, terms};

fn backtesting() -> Rate {
    let components = vec![
        component("assets", "1", "0.4"),
        component("bar_years", "1", "0.25"),
    ];
    Rate::new(terms("1", components)).unwrap()
}

/// Each share's name and credits.
fn shares(cost: &Cost) -> Vec<(&str, String)> {
    let shares = cost.components.iter();
    shares
        .map(|it| (it.quantity.as_str(), it.credits.to_string()))
        .collect()
}

fn shares_of(rate: &Rate, members: &[(&str, &str)]) -> (String, Vec<String>) {
    let cost = rate.cost(&quantities(members)).unwrap();
    let shares = shares(&cost).into_iter().map(|(_, credits)| credits);
    (cost.credits.to_string(), shares.collect())
}

#[test]
fn a_cost_says_what_each_share_is_for() {
    let asked = quantities(&[("bar_years", "7.5"), ("assets", "3")]);
    let cost = backtesting().cost(&asked).unwrap();
    assert_eq!(cost.credits.to_string(), "4.075");
    let expected = [("base", "1"), ("assets", "1.2"), ("bar_years", "1.875")];
    assert_eq!(
        shares(&cost),
        expected.map(|(name, credits)| (name, credits.to_owned()))
    );
    let [base, assets, _] = &cost.components[..] else {
        panic!("{cost:?}");
    };
    assert_eq!((base.amount, base.per), (Quantity::ONE, Quantity::ONE));
    assert_eq!(base.unit_price, decimal("1"));
    assert_eq!(assets.amount.to_string(), "3");
    assert_eq!(assets.unit_price, decimal("0.4"));
}

#[test]
fn a_price_may_be_for_many_units() {
    let components = vec![
        component("input_tokens", "1000", "0.0125"),
        component("output_tokens", "1000", "0.05"),
    ];
    let rate = Rate::new(terms("0", components)).unwrap();
    let (credits, shares) = shares_of(&rate, &[("input_tokens", "1200"), ("output_tokens", "350")]);
    assert_eq!(credits, "0.0325");
    assert_eq!(shares, ["0.015", "0.0175"]);
}

#[test]
fn the_total_is_rounded_up_to_the_micro_credit_once() {
    let third = |name| component(name, "3", "0.000001");
    let rate = Rate::new(terms("0", vec![third("a"), third("b"), third("c")])).unwrap();
    let cost = |a, b, c| shares_of(&rate, &[("a", a), ("b", b), ("c", c)]);
    let share = |micros: [u8; 3]| {
        micros
            .map(|it| ["0", "0.000001", "0.000002"][usize::from(it)].to_owned())
            .to_vec()
    };
    // Each share alone would round up to 1; together they are exactly 1.
    assert_eq!(
        cost("1", "1", "1"),
        ("0.000001".to_owned(), share([1, 0, 0]))
    );
    assert_eq!(
        cost("1", "2", "1"),
        ("0.000002".to_owned(), share([1, 0, 1]))
    );
    assert_eq!(
        cost("0", "0", "0.000001"),
        ("0.000001".to_owned(), share([0, 0, 1]))
    );
    assert_eq!(
        cost("3", "3", "0"),
        ("0.000002".to_owned(), share([1, 1, 0]))
    );
}

#[test]
fn what_needs_no_rounding_is_not_rounded() {
    let seconds = Rate::new(terms("0", vec![component("gpu_seconds", "3600", "9")])).unwrap();
    assert_eq!(shares_of(&seconds, &[("gpu_seconds", "1")]).0, "0.0025");
    assert_eq!(
        shares_of(&seconds, &[("gpu_seconds", "0.000001")]).0,
        "0.000001"
    );
    assert_eq!(shares_of(&seconds, &[("gpu_seconds", "3600")]).0, "9");
}

#[test]
fn nothing_may_cost_nothing() {
    let free = Rate::new(terms("0", vec![component("reports", "1", "25")])).unwrap();
    let cost = free.cost(&quantities(&[("reports", "0")])).unwrap();
    assert_eq!(
        (cost.credits, shares(&cost)),
        (Credits::ZERO, vec![("reports", "0".to_owned())])
    );
    let cost = Rate::new(terms("0", vec![]))
        .unwrap()
        .cost(&Quantities::default());
    assert_eq!(
        cost,
        Ok(Cost {
            credits: Credits::ZERO,
            components: vec![]
        })
    );
}

#[test]
fn a_quantity_the_rate_does_not_price_is_refused_and_the_others_named() {
    let asked = quantities(&[("assets", "1"), ("bar_years", "1"), ("tokens", "0")]);
    let refused = backtesting().cost(&asked).unwrap_err();
    assert!(
        matches!(&refused, RatingError::QuantityIsUnknown { quantity, .. } if quantity.as_str() == "tokens")
    );
    assert_eq!(
        refused.to_string(),
        "tokens is no quantity of backtesting, which takes assets, bar_years"
    );
    let base = backtesting()
        .cost(&quantities(&[("base", "1")]))
        .unwrap_err();
    assert_eq!(
        base.to_string(),
        "base is no quantity of backtesting, which takes assets, bar_years"
    );
    let none = Rate::new(terms("1", vec![]))
        .unwrap()
        .cost(&asked)
        .unwrap_err();
    assert_eq!(
        none.to_string(),
        "assets is no quantity of backtesting, which takes none"
    );
}

#[test]
fn a_quantity_left_out_is_not_taken_for_zero() {
    let refused = backtesting()
        .cost(&quantities(&[("assets", "1")]))
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "backtesting takes assets, bar_years, of which bar_years is missing"
    );
    let refused = backtesting().cost(&Quantities::default()).unwrap_err();
    let (assets, bar_years) = ("assets".parse().unwrap(), "bar_years".parse().unwrap());
    assert_eq!(
        refused,
        RatingError::QuantitiesAreMissing {
            operation: "backtesting".to_owned(),
            variant: None,
            missing: vec![assets, bar_years],
            required: backtesting().required(),
        }
    );
}

#[test]
fn more_than_the_most_credits_there_can_be_is_no_cost() {
    let rate = Rate::new(terms("0", vec![component("units", "1", "9")])).unwrap();
    let cost = |units| rate.cost(&quantities(&[("units", units)]));
    assert_eq!(cost("1e9").unwrap().credits, Credits::MAX);
    for units in ["1000000000.000001", "1e12"] {
        let refused = RatingError::CostPassesTheMaximum {
            maximum: Credits::MAX,
        };
        assert_eq!(cost(units), Err(refused), "{units}");
    }
    let dearest = (0..16).map(|index| component(&format!("q{index}"), "0.000001", "1e9"));
    let dearest = Rate::new(terms("1e9", dearest.collect())).unwrap();
    let names: Vec<String> = (0..16).map(|index| format!("q{index}")).collect();
    let most: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1e12")).collect();
    let refused = dearest.cost(&quantities(&most)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "this would cost more than 9000000000 credits, the most there can be"
    );
}

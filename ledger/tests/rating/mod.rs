//! What work costs: quantities, rates, and the book that says which rate is in effect.

mod book;
mod cost;
mod cost_properties;
mod quantities;
mod quantity;
mod terms;

use bigdecimal::BigDecimal;
use ledger::instant::Instant;
use ledger::rating::{Component, OperationTerms, Quantities, Rate, RateTerms};

fn decimal(text: &str) -> BigDecimal {
    text.parse().unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn component(quantity: &str, per: &str, price: &str) -> Component {
    Component {
        quantity: quantity.parse().unwrap(),
        unit: format!("{per} of {quantity}"),
        per: per.parse().unwrap(),
        price: decimal(price),
    }
}

fn terms(base: &str, components: Vec<Component>) -> RateTerms {
    RateTerms {
        operation: "backtesting".to_owned(),
        variant: None,
        version: 1,
        effective_at: at("2026-01-01T00:00:00Z"),
        base: decimal(base),
        components,
    }
}

/// A rate without components, since only its place in a book matters.
fn version(operation: &str, variant: Option<&str>, version: i32, effective_at: &str) -> Rate {
    Rate::new(RateTerms {
        operation: operation.to_owned(),
        variant: variant.map(ToOwned::to_owned),
        version,
        effective_at: at(effective_at),
        ..terms("1", vec![])
    })
    .unwrap()
}

fn operation(operation: &str) -> OperationTerms {
    OperationTerms {
        operation: operation.to_owned(),
        name: operation.to_uppercase(),
        description: format!("What {operation} is."),
    }
}

fn quantities(members: &[(&str, &str)]) -> Quantities {
    let mut quantities = Quantities::default();
    for (name, quantity) in members {
        let (name, quantity) = (name.parse().unwrap(), quantity.parse().unwrap());
        quantities.insert(name, quantity).unwrap();
    }
    quantities
}

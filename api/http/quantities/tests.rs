//! Quantities come in digit for digit, and go out the same.

use serde::{Deserialize, Serialize};
use serde_json::{Value, from_str, json, to_string, to_value};

use super::*;

/// A body that holds quantities among other members, as requests do.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Body {
    operation: String,
    quantities: QuantitiesView,
}

fn read(text: &str) -> Result<Quantities, String> {
    let body = format!(r#"{{"operation": "backtesting", "quantities": {text}}}"#);
    let body: Result<Body, _> = serde_json::from_slice(body.as_bytes());
    body.map(|body| body.quantities.into_quantities())
        .map_err(|error| error.to_string())
}

#[test]
fn numbers_are_read_digit_for_digit() {
    let table = [
        ("{}", "{}"),
        (r#"{ "b" : 2.50 , "a" : 1e3 }"#, r#"{"a":1000,"b":2.5}"#),
        (
            r#"{"a":999999999999.999999}"#,
            r#"{"a":999999999999.999999}"#,
        ),
        (
            r#"{"a":0.1,"b":0.2,"c":0.3}"#,
            r#"{"a":0.1,"b":0.2,"c":0.3}"#,
        ),
        (r#"{"\u0061":1}"#, r#"{"a":1}"#),
        (r#"{"a":1.00000000000000000000000000}"#, r#"{"a":1}"#),
    ];
    for (text, canonical) in table {
        assert_eq!(
            read(text).map(|it| it.to_json()),
            Ok(canonical.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn what_goes_out_is_the_canonical_text() {
    let quantities = read(r#"{"b":2.50,"a":999999999999.999999}"#).unwrap();
    let view = QuantitiesView::from(&quantities);
    assert_eq!(to_string(&view).unwrap(), quantities.to_json());
    assert_eq!(
        to_string(&[view]).unwrap(),
        r#"[{"a":999999999999.999999,"b":2.5}]"#
    );
    assert_eq!(to_string(&QuantityView::from(Quantity::ONE)).unwrap(), "1");
}

#[test]
fn only_numbers_are_quantities() {
    for number in ["null", "true", "\"1\"", "[1]", "{}", "{\"a\":1}"] {
        let refused = read(&format!(r#"{{"a":{number}}}"#)).unwrap_err();
        assert!(
            refused.starts_with("a: a quantity is a JSON number"),
            "{refused}"
        );
    }
    for text in [
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":}",
        "{\"a\":1,}",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
    for text in ["null", "1", "\"a\"", "[]", "[1]", "true"] {
        let refused = read(text).unwrap_err();
        assert!(
            refused.contains("expected an object of quantities"),
            "{refused}"
        );
    }
}

#[test]
fn a_refusal_names_the_quantity() {
    let table = [
        ("{\"a\":-1}", "a: a quantity is not negative"),
        (
            "{\"a\":1,\"b\":0.0000001}",
            "b: a quantity has at most 6 decimals",
        ),
        ("{\"a\":1e400}", "a: a quantity is at most 1000000000000"),
        ("{\"a\":1,\"a\":1}", "the quantity a is there twice"),
        ("{\"a\":1,\"\\u0061\":1}", "the quantity a is there twice"),
        (
            "{\"A\":1}",
            "the name of a quantity is 1 to 63 lower-case letters",
        ),
        (
            "{\"\":1}",
            "the name of a quantity is 1 to 63 lower-case letters",
        ),
    ];
    for (text, sentence) in table {
        let refused = read(text).unwrap_err();
        assert!(refused.starts_with(sentence), "{refused}");
    }
}

#[test]
fn there_are_sixteen_at_most() {
    let members = |count: usize| {
        let members: Vec<String> = (0..count).map(|index| format!("\"q{index}\":1")).collect();
        format!("{{{}}}", members.join(","))
    };
    assert_eq!(read(&members(16)).unwrap().len(), 16);
    let refused = read(&members(17)).unwrap_err();
    assert!(
        refused.starts_with("there are at most 16 quantities"),
        "{refused}"
    );
}

#[test]
fn the_schema_states_the_bounds() {
    let schema = to_value(QuantitiesView::schema()).unwrap();
    let number = &schema["additionalProperties"];
    assert_eq!(
        (&schema["type"], &number["type"]),
        (&json!("object"), &json!("number"))
    );
    assert_eq!(schema["maxProperties"], json!(Quantities::MOST));
    assert_eq!(
        schema["propertyNames"]["pattern"],
        json!("^[a-z][a-z0-9_]{0,62}$")
    );
    let exact = |value: &Value| from_str::<Value>(&value.to_string()).unwrap().as_f64();
    assert_eq!(number["minimum"], json!(0));
    assert_eq!(number["maximum"].to_string(), Quantity::MAX.to_string());
    assert_eq!(exact(&number["multipleOf"]), Some(0.000_001));
}

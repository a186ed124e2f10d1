//! How much work, on the wire: JSON numbers by name. They are read from their own text, digit for
//! digit, and never pass through a float.
//!
//! A body that holds them must be read straight from its text: a `serde_json::Value` in between
//! would make floats of them, and so would a `#[serde(flatten)]`.

use std::borrow::Cow;
use std::fmt;

use ledger::rating::{Quantities, Quantity, QuantityName};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::json;
use serde_json::value::RawValue;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// One quantity, as a plain JSON number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuantityView(Quantity);

/// Quantities by name, as a JSON object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantitiesView(Quantities);

impl QuantitiesView {
    pub fn into_quantities(self) -> Quantities {
        self.0
    }
}

impl From<Quantity> for QuantityView {
    fn from(quantity: Quantity) -> QuantityView {
        QuantityView(quantity)
    }
}

impl From<&Quantities> for QuantitiesView {
    fn from(quantities: &Quantities) -> QuantitiesView {
        QuantitiesView(quantities.clone())
    }
}

impl Serialize for QuantityView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = RawValue::from_string(self.0.to_string()).map_err(ser::Error::custom)?;
        text.serialize(serializer)
    }
}

impl Serialize for QuantitiesView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = self.0.iter();
        serializer.collect_map(members.map(|(name, it)| (name.as_str(), QuantityView(it))))
    }
}

impl<'de> Deserialize<'de> for QuantitiesView {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members).map(QuantitiesView)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Quantities;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of quantities, such as {\"input_tokens\": 1200}")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Quantities, M::Error> {
        let mut quantities = Quantities::default();
        while let Some(name) = members.next_key::<Cow<'de, str>>()? {
            let name: QuantityName = name.parse().map_err(M::Error::custom)?;
            let number: Box<RawValue> = members.next_value()?;
            let quantity = number.get().parse();
            let quantity = quantity.map_err(|it| M::Error::custom(format!("{name}: {it}")))?;
            quantities
                .insert(name, quantity)
                .map_err(M::Error::custom)?;
        }
        Ok(quantities)
    }
}

impl PartialSchema for QuantityView {
    fn schema() -> RefOr<Schema> {
        number().build().into()
    }
}

impl ToSchema for QuantityView {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Quantity")
    }
}

impl PartialSchema for QuantitiesView {
    fn schema() -> RefOr<Schema> {
        let name = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[a-z][a-z0-9_]{0,62}$"));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("How much work, by the names of what is counted."))
            .additional_properties(Some(number()))
            .property_names(Some(name.build()))
            .max_properties(Some(Quantities::MOST))
            .examples([json!({"input_tokens": 1200, "output_tokens": 350})])
            .build()
            .into()
    }
}

impl ToSchema for QuantitiesView {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Quantities")
    }
}

/// The bounds of `ledger::rating::Quantity`.
fn number() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Number)
        .description(Some("A number with at most six decimals."))
        .minimum(Some(0))
        .maximum(Some(1_000_000_000_000_i64))
        .multiple_of(Some(0.000_001))
        .examples([json!(1200), json!(2.5)])
}

#[cfg(test)]
mod tests;

//! How much work it was, by name. It is stored in entries and hashed, so one value has one text.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::error::QuantitiesError;
use super::name::QuantityName;
use super::quantity::Quantity;

/// Up to sixteen named quantities, sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Quantities(BTreeMap<QuantityName, Quantity>);

impl Quantities {
    pub const MOST: usize = 16;

    /// Refuses a name that is there already, and a seventeenth.
    pub fn insert(
        &mut self,
        name: QuantityName,
        quantity: Quantity,
    ) -> Result<(), QuantitiesError> {
        if self.0.contains_key(&name) {
            return Err(QuantitiesError::QuantityIsThereTwice { name });
        }
        if self.0.len() >= Self::MOST {
            return Err(QuantitiesError::TooManyQuantities);
        }
        self.0.insert(name, quantity);
        Ok(())
    }

    pub fn get(&self, name: &QuantityName) -> Option<Quantity> {
        self.0.get(name).copied()
    }

    /// Sorted by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&QuantityName, Quantity)> {
        self.0.iter().map(|(name, quantity)| (name, *quantity))
    }

    pub fn names(&self) -> impl ExactSizeIterator<Item = &QuantityName> {
        self.0.keys()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The canonical text, such as `{"assets":3,"bar_years":2.5}`: names sorted, numbers plain, no
    /// white space. Names need no escaping.
    pub fn to_json(&self) -> String {
        let mut text = String::from("{");
        for (name, quantity) in &self.0 {
            let comma = if text.len() > 1 { "," } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(text, "{comma}\"{name}\":{quantity}");
        }
        text.push('}');
        text
    }

    /// Reads the canonical text and no other: two texts of one value would have two hashes.
    pub fn from_json(text: &str) -> Result<Quantities, QuantitiesError> {
        let mut quantities = Quantities::default();
        let members = text
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            .ok_or(QuantitiesError::TextIsNotCanonical)?;
        for member in members.split_terminator(',') {
            let (name, number) = member
                .strip_prefix('"')
                .and_then(|rest| rest.split_once("\":"))
                .ok_or(QuantitiesError::TextIsNotCanonical)?;
            quantities.insert(name.parse()?, number.parse()?)?;
        }
        if quantities.to_json() == text {
            Ok(quantities)
        } else {
            Err(QuantitiesError::TextIsNotCanonical)
        }
    }
}

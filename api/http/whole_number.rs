//! Whole numbers in bodies. JSON knows one kind of number: `60.0` and `6e1` are the integer 60 as
//! much as `60` is, so they are read by their value and not by how they are written.

use ledger::rating::Quantity;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

/// 0 to 1 000 000 000 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct WholeNumber(i64);

impl WholeNumber {
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for WholeNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Box::<RawValue>::deserialize(deserializer).map_err(D::Error::custom)?;
        let number = number.get().parse::<Quantity>().ok().and_then(whole);
        number.ok_or_else(|| D::Error::custom("a number here is a whole one, such as 60"))
    }
}

fn whole(number: Quantity) -> Option<WholeNumber> {
    let millionths = number.millionths();
    let rest = millionths.checked_rem(Quantity::MILLIONTHS_PER_UNIT)?;
    let units = millionths.checked_div(Quantity::MILLIONTHS_PER_UNIT)?;
    (rest == 0).then_some(WholeNumber(units))
}

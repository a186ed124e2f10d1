//! A postal address; kept as it was given, never checked against reality.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Address {
    city: Option<String>,
    country: Option<String>,
    line1: Option<String>,
    line2: Option<String>,
    postal_code: Option<String>,
    state: Option<String>,
}

impl Address {
    /// All that a payer says of where they are.
    pub(crate) fn of_country(country: Option<&str>) -> Address {
        Address {
            country: country.map(str::to_owned),
            ..Address::default()
        }
    }

    pub(crate) fn country(&self) -> Option<&str> {
        self.country.as_deref()
    }

    pub(crate) fn read(mut fields: Fields) -> Result<Address, ApiError> {
        let address = Address {
            city: fields.text("city")?,
            country: fields.text("country")?,
            line1: fields.text("line1")?,
            line2: fields.text("line2")?,
            postal_code: fields.text("postal_code")?,
            state: fields.text("state")?,
        };
        fields.finish()?;
        Ok(address)
    }

    pub(crate) fn view(&self) -> Value {
        json!({
            "city": self.city,
            "country": self.country,
            "line1": self.line1,
            "line2": self.line2,
            "postal_code": self.postal_code,
            "state": self.state,
        })
    }
}

//! `expand[]`: putting an object where its id stands. Nothing is expanded that wasn't asked for.

use serde_json::Value;

use super::error::ApiError;
use super::fields::Fields;
use crate::objects::{self, Look};

/// What may be expanded. Everything else is refused, as Stripe does.
const EXPANDABLE: [&str; 11] = [
    "payment_intent",
    "latest_charge",
    "charge",
    "setup_intent",
    "invoice",
    "default_payment_method",
    "invoice_settings",
    "customer",
    "payment_method",
    "line_items",
    "refunds",
];
const MAX_LEVELS: usize = 4;

/// The paths a request wants expanded, checked.
#[derive(Debug, Default)]
pub(crate) struct Expand {
    paths: Vec<Vec<String>>,
}

impl Expand {
    pub(crate) fn read(fields: &mut Fields) -> Result<Expand, ApiError> {
        let mut paths = Vec::new();
        for path in fields.texts("expand")? {
            let names: Vec<String> = path.split('.').map(str::to_owned).collect();
            if names.len() > MAX_LEVELS {
                return Err(ApiError::invalid(format!(
                    "You cannot expand more than {MAX_LEVELS} levels of a property"
                ))
                .about("expand"));
            }
            let allowed = |name: &String| name == "data" || EXPANDABLE.contains(&name.as_str());
            if !names.iter().all(allowed) {
                return Err(refused(&path));
            }
            paths.push(names);
        }
        Ok(Expand { paths })
    }

    pub(crate) fn apply(&self, mut object: Value, look: &Look<'_>) -> Result<Value, ApiError> {
        for path in &self.paths {
            follow(&mut object, path, look, &path.join("."))?;
        }
        Ok(object)
    }
}

fn follow(
    object: &mut Value,
    path: &[String],
    look: &Look<'_>,
    whole: &str,
) -> Result<(), ApiError> {
    let Some((name, below)) = path.split_first() else {
        return Ok(());
    };
    if name == "data" {
        let Some(elements) = object.get_mut("data").and_then(Value::as_array_mut) else {
            return Err(refused(whole));
        };
        return elements
            .iter_mut()
            .try_for_each(|element| follow(element, below, look, whole));
    }
    if let Some(list) = list_of(object, name, look)?
        && let Some(fields) = object.as_object_mut()
    {
        fields.entry(name.clone()).or_insert(list);
    }
    match object.get_mut(name) {
        None => Err(refused(whole)),
        Some(Value::Null) => Ok(()),
        Some(place) => {
            if let Some(id) = place.as_str().map(str::to_owned) {
                *place = objects::view_by_id(look, &id)?.ok_or_else(|| refused(whole))?;
            }
            follow(place, below, look, whole)
        }
    }
}

/// The lists that objects carry only on request.
fn list_of(object: &Value, name: &str, look: &Look<'_>) -> Result<Option<Value>, ApiError> {
    let text = |field: &str| {
        object
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    Ok(match (text("object"), name) {
        ("checkout.session", "line_items") => Some(objects::line_items_of(look, text("id"))?),
        ("charge", "refunds") => Some(objects::refunds_of(look, text("id"))?),
        _ => None,
    })
}

fn refused(path: &str) -> ApiError {
    ApiError::invalid(format!("This property cannot be expanded ({path}).")).about("expand")
}

//! Metadata: fifty names of forty characters with texts of five hundred, as at Stripe.

use std::collections::BTreeMap;

use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

pub(crate) type Metadata = BTreeMap<String, String>;

/// What a request sets. An empty text removes the name from what is there.
pub(crate) fn read(fields: &mut Fields, name: &str) -> Result<Option<Metadata>, ApiError> {
    let path = fields.path_of(name);
    let Some(branch) = fields.branch(name)? else {
        return Ok(None);
    };
    let found = branch.all_texts()?;
    for (key, value) in &found {
        if key.chars().count() > 40 {
            return Err(ApiError::invalid(format!(
                "Metadata keys can have up to 40 characters: {key}"
            ))
            .about(path));
        }
        if value.chars().count() > 500 {
            let message =
                format!("Metadata values can have up to 500 characters; that of {key} is longer.");
            return Err(ApiError::invalid(message).about(format!("{path}[{key}]")));
        }
    }
    if found.len() > 50 {
        return Err(ApiError::invalid("You can specify up to 50 keys of metadata.").about(path));
    }
    Ok(Some(found))
}

/// What a new object starts with.
pub(crate) fn read_new(fields: &mut Fields, name: &str) -> Result<Metadata, ApiError> {
    let mut found = read(fields, name)?.unwrap_or_default();
    found.retain(|_, value| !value.is_empty());
    Ok(found)
}

pub(crate) fn merge(into: &mut Metadata, changes: Metadata) {
    for (key, value) in changes {
        if value.is_empty() {
            into.remove(&key);
        } else {
            into.insert(key, value);
        }
    }
}

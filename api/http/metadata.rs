//! The platform's own notes on a piece of work: a few plain words by name. They are kept and shown,
//! and nothing is ever decided by them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::error::ApiError;

const MOST_NOTES: usize = 20;
const LONGEST_NAME: usize = 40;
const LONGEST_NOTE: usize = 500;
/// Of all of them together, as JSON.
const MOST_BYTES: usize = 4 * 1024;

/// Notes by name, as a JSON object of strings.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct MetadataView(BTreeMap<String, String>);

impl MetadataView {
    pub fn to_json(&self) -> Result<String, ApiError> {
        serde_json::to_string(&self.0).map_err(|error| ApiError::internal(&error))
    }
}

impl<'de> Deserialize<'de> for MetadataView {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let notes = deserializer.deserialize_map(Notes)?;
        let bytes = serde_json::to_string(&notes).map_err(D::Error::custom)?;
        if bytes.len() > MOST_BYTES {
            return Err(D::Error::custom("metadata is at most 4 KiB of JSON"));
        }
        Ok(MetadataView(notes))
    }
}

struct Notes;

impl<'de> Visitor<'de> for Notes {
    type Value = BTreeMap<String, String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of strings, such as {\"run\": \"42\"}")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Self::Value, M::Error> {
        let mut notes = BTreeMap::new();
        while let Some((name, note)) = members.next_entry::<String, String>()? {
            if !is_name(&name) {
                let bounds = "1 to 40 letters, digits and any of _ . -";
                return Err(M::Error::custom(format!("a name in metadata is {bounds}")));
            }
            if note.chars().count() > LONGEST_NOTE || note.chars().any(char::is_control) {
                let bounds = "at most 500 characters, none of them a control character";
                return Err(M::Error::custom(format!("metadata: {name} is {bounds}")));
            }
            if notes.contains_key(&name) {
                return Err(M::Error::custom(format!("metadata: {name} is there twice")));
            }
            notes.insert(name, note);
            if notes.len() > MOST_NOTES {
                return Err(M::Error::custom("metadata has at most 20 members"));
            }
        }
        Ok(notes)
    }
}

fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(plain)
}

impl PartialSchema for MetadataView {
    fn schema() -> RefOr<Schema> {
        let name = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[A-Za-z0-9_.-]{1,40}$"));
        let note = ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(LONGEST_NOTE))
            .pattern(Some(r"^[^\x00-\x1f\x7f-\x9f]*$"));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some(
                "The platform's own notes: strings by name, at most 4 KiB of JSON in all.",
            ))
            .additional_properties(Some(note))
            .property_names(Some(name.build()))
            .max_properties(Some(MOST_NOTES))
            .examples([json!({"run": "42", "team": "quant"})])
            .build()
            .into()
    }
}

impl ToSchema for MetadataView {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Metadata")
    }
}

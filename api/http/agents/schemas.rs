//! JSON Schemas of what a tool takes and answers, made from the document's own: what they refer to
//! goes with them, because whoever reads a tool has no document beside it.

use serde_json::{Map, Value, json};

use super::described::Described;

/// The argument that stands for the header of the same meaning.
pub const IDEMPOTENCY_KEY: &str = "idempotency_key";

const IN_DOCUMENT: &str = "#/components/schemas/";
const IN_SCHEMA: &str = "#/$defs/";

/// Those of JSON Schema that the document uses. The others are OpenAPI's own, and validators complain
/// of what they do not know.
const FORMATS: [&str; 5] = ["date", "date-time", "email", "uri", "uuid"];

/// An object of everything that the operation takes, and nothing else.
pub fn arguments(document: &Value, operation: &Described<'_>) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let key = operation.idempotency_key().map(|mut key| {
        key.name = IDEMPOTENCY_KEY;
        key
    });
    for input in operation.inputs().into_iter().chain(key) {
        if input.required {
            required.push(json!(input.name));
        }
        properties.insert(input.name.to_owned(), Value::Object(input.schema));
    }
    let schema = json!({
        "type": "object", "properties": properties, "required": required,
        "additionalProperties": false
    });
    by_itself(document, schema)
}

/// What the operation answers when it succeeds.
pub fn answer(document: &Value, operation: &Described<'_>) -> Option<Map<String, Value>> {
    let (schema, _) = operation.answer()?;
    let schema = super::described::resolved(document, schema).clone();
    Some(by_itself(document, schema))
}

fn by_itself(document: &Value, mut schema: Value) -> Map<String, Value> {
    let mut definitions = Map::new();
    let mut wanted = Vec::new();
    point_inwards(&mut schema, &mut wanted);
    while let Some(name) = wanted.pop() {
        if definitions.contains_key(&name) {
            continue;
        }
        let definition = document.pointer(&format!("/components/schemas/{name}"));
        let mut definition = definition.cloned().unwrap_or_default();
        point_inwards(&mut definition, &mut wanted);
        definitions.insert(name, definition);
    }
    let Value::Object(mut schema) = schema else {
        return Map::new();
    };
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    schema
}

/// Turns references to the document into references to the schema itself, notes their names, and leaves
/// nothing that only OpenAPI knows.
fn point_inwards(schema: &mut Value, wanted: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            members.retain(|name, member| {
                let format = member.as_str().filter(|_| name == "format");
                format.is_none_or(|it| FORMATS.contains(&it))
            });
            for (name, member) in members {
                let reference = member.as_str().filter(|_| name == "$ref");
                let target = reference.and_then(|it| it.strip_prefix(IN_DOCUMENT));
                if let Some(target) = target.map(ToOwned::to_owned) {
                    *member = json!(format!("{IN_SCHEMA}{target}"));
                    wanted.push(target);
                } else {
                    point_inwards(member, wanted);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|it| point_inwards(it, wanted)),
        _ => {}
    }
}

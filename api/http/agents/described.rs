//! An operation as the OpenAPI document describes it. All that programs are told of the API is read
//! off here, so that nothing they read can be out of date.

use serde_json::{Map, Value, json};

pub struct Described<'a> {
    pub method: String,
    pub path: &'a str,
    operation: &'a Value,
    document: &'a Value,
}

/// Something that an operation takes: a parameter, or a member of its body.
pub struct Input<'a> {
    pub name: &'a str,
    pub schema: Map<String, Value>,
    pub required: bool,
}

/// Every operation, in the document's order.
pub fn all(document: &Value) -> impl Iterator<Item = Described<'_>> {
    let paths = document.get("paths").and_then(Value::as_object);
    paths
        .into_iter()
        .flatten()
        .flat_map(move |(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            methods.map(move |(method, operation)| Described {
                method: method.to_ascii_uppercase(),
                path,
                operation,
                document,
            })
        })
}

pub fn find<'a>(document: &'a Value, id: &str) -> Option<Described<'a>> {
    all(document).find(|it| it.id() == id)
}

impl<'a> Described<'a> {
    pub fn id(&self) -> &'a str {
        text(self.operation, "operationId")
    }

    pub fn summary(&self) -> &'a str {
        text(self.operation, "summary")
    }

    /// In one line.
    pub fn description(&self) -> String {
        one_line(text(self.operation, "description"))
    }

    pub fn tag(&self) -> &'a str {
        let tags = self.operation.pointer("/tags/0");
        tags.and_then(Value::as_str).unwrap_or_default()
    }

    /// None: anyone may call it.
    pub fn scope(&self) -> Option<&'a str> {
        self.operation.get("x-required-scope")?.as_str()
    }

    /// The parameter for the key of a write, if the operation needs one.
    pub fn idempotency_key(&self) -> Option<Input<'a>> {
        let mut keys = self.parameters("header");
        keys.find(|it| it.name.eq_ignore_ascii_case("Idempotency-Key"))
    }

    /// What the path, the query and the body take.
    pub fn inputs(&self) -> Vec<Input<'a>> {
        let parameters = self.parameters("path").chain(self.parameters("query"));
        parameters.chain(self.members()).collect()
    }

    /// The schema of the answer to success, and what it says.
    pub fn answer(&self) -> Option<(&'a Value, &'a str)> {
        let responses = self.operation.get("responses")?.as_object()?;
        let (_, success) = responses
            .iter()
            .find(|(status, _)| status.starts_with('2'))?;
        let schema = success.pointer("/content/application~1json/schema")?;
        Some((schema, text(success, "description")))
    }

    fn parameters(&self, place: &'static str) -> impl Iterator<Item = Input<'a>> {
        let parameters = self.operation.get("parameters").and_then(Value::as_array);
        let parameters = parameters.into_iter().flatten();
        let here = parameters.filter(move |it| text(it, "in") == place);
        here.map(|parameter| {
            let schema = parameter.get("schema").and_then(Value::as_object);
            let mut schema = schema.cloned().unwrap_or_default();
            let description = one_line(text(parameter, "description"));
            schema.insert("description".to_owned(), json!(description));
            Input {
                name: text(parameter, "name"),
                schema,
                required: parameter.get("required") == Some(&json!(true)),
            }
        })
    }

    fn members(&self) -> impl Iterator<Item = Input<'a>> {
        let body = "/requestBody/content/application~1json/schema";
        let body = self.operation.pointer(body);
        let body = body.map(|schema| resolved(self.document, schema));
        let required = body.and_then(|body| body.get("required")?.as_array());
        let members = body.and_then(|body| body.get("properties")?.as_object());
        members.into_iter().flatten().map(move |(name, schema)| {
            let needed = |list: &Vec<Value>| list.iter().any(|it| it == name.as_str());
            Input {
                name,
                schema: schema.as_object().cloned().unwrap_or_default(),
                required: required.is_some_and(needed),
            }
        })
    }
}

/// The schema that a reference stands for.
pub fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
    let target = pointer.and_then(|pointer| document.pointer(pointer));
    target.unwrap_or(schema)
}

pub fn text<'a>(object: &'a Value, member: &str) -> &'a str {
    let text = object.get(member).and_then(Value::as_str);
    text.unwrap_or_default()
}

pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The OpenAPI document: collected from the handlers, and completed with what they all have in
//! common: the errors of the table, the request id, the key of writes, the bearer token.

use std::collections::BTreeMap;

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use serde_json::{Map, Value, json};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt;

use super::error::ProblemView;
use super::error::{ErrorCode, PROBLEM_JSON};
use crate::delivery::webhook;

use super::operations::{ALWAYS, AUTHENTICATED, OPERATIONS, Operation};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Credits",
        description = "What people and services see of their credits: balance, lots, history, packages and purchases. \
Credits are decimal strings with at most six decimals, money is an integer of minor units with an ISO currency, \
times are RFC 3339 in UTC. Errors are problem documents (RFC 9457); act on their `code`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/", description = "The service itself.")),
    tags(
        (name = "Account", description = "What an account has, and what became of it."),
        (name = "Consuming", description = "What work costs, and paying for it: quotes, holds, debits."),
        (name = "Buying", description = "Packages, checkout sessions and purchases."),
        (name = "Notifications", description = "What the account's owner is told."),
        (name = "Administration", description = "For those who run the platform."),
        (name = "Stripe", description = "For Stripe's events."),
        (name = "Operation", description = "For those who run the service.")
    ),
    components(schemas(ProblemView))
)]
struct Head;

/// The document as JSON text, the same bytes every time.
pub fn document() -> String {
    let (_, collected) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(Head::openapi())
        .configure(super::operations_of_the_api)
        .split_for_parts();
    let mut document = completed(&collected);
    document.push('\n');
    document
}

fn completed(collected: &OpenApi) -> String {
    let Ok(mut document) = serde_json::to_value(collected) else {
        return String::new();
    };
    if let Some(components) = document
        .pointer_mut("/components")
        .and_then(Value::as_object_mut)
    {
        components.insert("securitySchemes".to_owned(), security_schemes());
    }
    if let Some(paths) = document
        .pointer_mut("/paths")
        .and_then(Value::as_object_mut)
    {
        let operations = paths
            .values_mut()
            .filter_map(Value::as_object_mut)
            .flat_map(|path| path.values_mut())
            .filter_map(Value::as_object_mut);
        for operation in operations {
            complete(operation);
        }
    }
    webhook::describe(&mut document);
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn security_schemes() -> Value {
    json!({"bearer": {
        "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
        "description": "An access token of the platform's identity provider."
    }})
}

fn complete(operation: &mut Map<String, Value>) {
    let id = operation.get("operationId").and_then(Value::as_str);
    let Some(known) = OPERATIONS.iter().find(|known| Some(known.id) == id) else {
        return;
    };
    if let Some(scope) = known.scope {
        operation.insert("security".to_owned(), json!([{"bearer": []}]));
        operation.insert("x-required-scope".to_owned(), json!(scope.as_str()));
    }
    if known.errors.contains(&ErrorCode::IdempotencyKeyMissing) {
        add_parameter(operation, idempotency_parameter());
    }
    let Some(responses) = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    for (status, codes) in errors_of(known) {
        let entry = responses
            .entry(status.to_string())
            .or_insert_with(|| json!({"description": "", "content": {}}));
        describe(entry, &codes);
    }
    for response in responses.values_mut().filter_map(Value::as_object_mut) {
        response.insert(
            "headers".to_owned(),
            json!({"X-Request-Id": {
                "description": "The id of this request, also in the log.",
                "schema": {"type": "string", "format": "uuid"}
            }}),
        );
    }
}

/// An operation's errors by status.
fn errors_of(operation: &Operation) -> BTreeMap<u16, Vec<ErrorCode>> {
    let common: &[ErrorCode] = match operation.scope {
        Some(_) => AUTHENTICATED,
        None => &[],
    };
    let mut codes: Vec<ErrorCode> = [operation.errors, common, ALWAYS].concat();
    if operation.id == "get_liveness" {
        codes.clear();
    }
    let mut by_status: BTreeMap<u16, Vec<ErrorCode>> = BTreeMap::new();
    for code in codes {
        let status = code.spec().status.as_u16();
        by_status.entry(status).or_default().push(code);
    }
    by_status
}

/// Adds the problems to a response that may have a body of its own.
fn describe(response: &mut Value, codes: &[ErrorCode]) {
    let list: Vec<String> = codes
        .iter()
        .map(|code| format!("`{}`: {}", code.spec().code, code.spec().title))
        .collect();
    let examples: Map<String, Value> = codes
        .iter()
        .map(|code| {
            (
                code.spec().code.to_owned(),
                json!({"value": example(*code)}),
            )
        })
        .collect();
    let before = response["description"].as_str().unwrap_or_default();
    let description = format!("{before} {}", list.join(" "));
    if let Some(response) = response.as_object_mut() {
        response.insert("description".to_owned(), json!(description.trim()));
        let content = response.entry("content").or_insert_with(|| json!({}));
        if let Some(content) = content.as_object_mut() {
            let problem = json!({
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": examples
            });
            content.insert(PROBLEM_JSON.to_owned(), problem);
        }
    }
}

fn example(code: ErrorCode) -> Value {
    let spec = code.spec();
    let mut problem = json!({
        "type": format!("urn:credits:problem:{}", spec.code),
        "title": spec.title,
        "status": spec.status.as_u16(),
        "detail": spec.title,
        "code": spec.code,
        "request_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
    });
    if let Some(members) = problem.as_object_mut() {
        for field in spec.fields {
            members.insert((*field).to_owned(), example_member(field));
        }
    }
    problem
}

fn example_member(field: &str) -> Value {
    match field {
        "scope" => json!("credits:read"),
        "purchase_status" => json!("failed"),
        "existing_code" => json!("SPRING-26"),
        "currencies" => json!(["usd", "eur"]),
        "review" => json!("duplicate_payment"),
        "reason" => json!("not_active"),
        "open" => json!(50),
        "limited_by" => json!("limit"),
        "limit" => json!({"operation": "model_inference", "window": "day", "credits": "5000",
            "used": "4000", "room": "1000", "resets_at": "2026-11-24T00:00:00Z"}),
        "resets_at" => json!("2026-11-24T00:00:00Z"),
        "existing_id" => json!("019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a"),
        "hold_status" => json!("expired"),
        _ => json!("1000"),
    }
}

fn idempotency_parameter() -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": "A fresh unique value for every new request, and the same value for its repeats: \
    they get the first answer again, byte for byte, for seven days.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "example": "6b1f0f52-6f4e-4a1d-9c55-1f0d6f5b2a7e"
    })
}

fn add_parameter(operation: &mut Map<String, Value>, parameter: Value) {
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Some(list) = parameters.as_array_mut() {
        list.push(parameter);
    }
}

/// The document, made once for each process.
#[derive(Clone)]
pub struct Document(pub std::sync::Arc<str>);

#[get("/openapi.json")]
pub async fn openapi_json(document: Data<Document>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("Cache-Control", "public, max-age=300"))
        .body(document.0.to_string())
}

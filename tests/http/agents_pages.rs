//! The pages that other people's software reads say what the document and the tables say: nothing of
//! them can be out of date.

use std::collections::BTreeSet;

use credits::http::agents::INTENTS;
use credits::http::error::ErrorCode;
use credits::http::openapi;
use serde_json::{Value, json};

fn document() -> Value {
    serde_json::from_str(&openapi::document()).unwrap()
}

/// Path, method and description of an operation.
fn operation(document: &Value, id: &str) -> (String, String, Value) {
    let paths = document["paths"].as_object().unwrap();
    let mut operations = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(move |(method, it)| (path.clone(), method.to_uppercase(), it.clone()))
    });
    operations
        .find(|(_, _, it)| it["operationId"] == id)
        .unwrap_or_else(|| panic!("no operation {id}"))
}

fn parameters(document: &Value, operation: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        if parameter["in"] != "header" {
            names.insert(parameter["name"].as_str().unwrap().to_owned());
        }
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    if let Some(reference) = body.as_str() {
        let schema = document
            .pointer(reference.strip_prefix('#').unwrap())
            .unwrap();
        names.extend(schema["properties"].as_object().unwrap().keys().cloned());
    }
    names
}

#[test]
fn every_intent_is_an_operation() {
    let document = document();
    for id in INTENTS {
        operation(&document, id);
    }
    assert_eq!(INTENTS.iter().collect::<BTreeSet<_>>().len(), INTENTS.len());
}

with_app! {
    async fn the_manifest_is_made_from_the_document_and_the_rates(app: &mut TestApp) {
        let answer = app.anonymous().get("/.well-known/agent.json").await;
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("cache-control"), Some("public, max-age=300"));
        let manifest = answer.ok();
        assert_eq!(manifest["version"], "1.4");
        assert_eq!(manifest["origin"], "127.0.0.1");
        let document = document();
        let intents = manifest["intents"].as_array().unwrap();
        let names: Vec<&str> = intents.iter().map(|it| it["name"].as_str().unwrap()).collect();
        assert_eq!(names, INTENTS);
        for intent in intents {
            let (path, method, described) = operation(&document, intent["name"].as_str().unwrap());
            assert_eq!(intent["endpoint"], format!("{}{path}", app.url()));
            assert_eq!(intent["method"], method);
            let taken: BTreeSet<String> = intent["parameters"].as_object().unwrap().keys().cloned().collect();
            assert_eq!(taken, parameters(&document, &described), "{intent}");
            let summary = described["summary"].as_str().unwrap();
            let description = intent["description"].as_str().unwrap();
            assert!(description.starts_with(summary), "{description}");
            assert!(description.chars().count() <= 500 && description.ends_with('.'), "{description}");
            let said = &intent["extensions"]["credits"];
            assert_eq!(said["required_scope"], described["x-required-scope"]);
            assert_eq!(said["idempotency_key"], intent["name"] == "create_checkout_session");
        }
        let history = intents.iter().find(|it| it["name"] == "list_usage_history").unwrap();
        let limit = json!({"type": "integer", "required": false, "default": 25, "description": "How many to return."});
        assert_eq!(history["parameters"]["limit"], limit);
        assert_eq!(history["returns"]["properties"]["next_cursor"]["type"], "string");
        let work = app.as_user("owner").get("/v1/operations").await.ok();
        assert_eq!(manifest["extensions"]["credits"]["work"], work["data"]);
    }

    async fn the_page_for_models_has_every_operation_and_every_code(app: &mut TestApp) {
        let answer = app.anonymous().get("/llms.txt").await;
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        assert_eq!(answer.status, 200);
        let page = answer.text;
        let document = document();
        let ids = document["paths"].as_object().unwrap().values();
        let ids = ids.flat_map(|it| it.as_object().unwrap().values());
        for it in ids {
            let id = it["operationId"].as_str().unwrap();
            let tag = it["tags"][0].as_str().unwrap();
            let link = format!("[{}]({}/docs/#/{tag}/{id})", it["summary"].as_str().unwrap(), app.url());
            assert!(page.contains(&link), "{link}");
        }
        for code in ErrorCode::ALL {
            assert!(page.contains(&format!("\n- `{}` (", code.spec().code)), "{code:?}");
        }
    }
}

//! `/llms.txt`: what a language model should know before it writes a call. The rules are a few
//! sentences; operations and problem codes are read off the document and the table of errors.

use serde_json::Value;

use super::described::{self, Described, one_line, text};
use super::tools::Tool;
use crate::http::error::ErrorCode;

pub fn llms(document: &Value, url: &str) -> String {
    let head = document.pointer("/info").unwrap_or(&Value::Null);
    let about = one_line(text(head, "description"));
    let tools: Vec<&str> = Tool::ALL.iter().map(|it| it.operation()).collect();
    let tags = document.get("tags").and_then(Value::as_array);
    let sections: String = tags
        .into_iter()
        .flatten()
        .map(|tag| section(document, tag, url))
        .collect();
    let codes: String = ErrorCode::ALL.iter().map(|it| code(*it)).collect();
    format!(
        "# {title}

> {about}

The API's base URL is {url}.

## Read first

- [OpenAPI document]({url}/openapi.json): every operation with its schemas, errors and examples. The lists below are made from it.
- [Documentation]({url}/docs/): the same for people.
- [Capability manifest]({url}/.well-known/agent.json): what somebody's software can do with somebody's credits, and what work costs now.

## Rules

- Send the user's access token in `Authorization: Bearer`. It says whose credits they are and what you may do (`scope`).
- Amounts of credits are strings (\"12.5\"), with at most six decimals. Never make them floats. Money is an integer of minor units with a currency.
- Where `Idempotency-Key` is asked for, send a fresh value with each new request, and the same value when you repeat one. A repeat gets the first answer again.
- Errors are `application/problem+json`. Act on `code`, which never changes its meaning. Wait for `Retry-After` where it is sent.
- Unknown members of a body and unknown parameters are refused.
- Lists answer `data` and `next_cursor`; send that back as `cursor`, with the same filters, until it is null.
- Only a person pays: `create_checkout_session` answers a `url` to show to them. Bought credits end one calendar year later and are not refundable.

## Model Context Protocol

`POST {url}/mcp` takes the same token. It keeps no session; each message is answered by itself, in JSON. Tools: {tools}.
{sections}
## Problem codes

{codes}",
        title = text(head, "title"),
        tools = tools.join(", "),
    )
}

fn section(document: &Value, tag: &Value, url: &str) -> String {
    let (name, about) = (text(tag, "name"), text(tag, "description"));
    let operations = described::all(document).filter(|it| it.tag() == name);
    let lines: String = operations.map(|it| line(&it, url)).collect();
    format!("\n## {name}\n\n{about}\n\n{lines}")
}

fn line(operation: &Described<'_>, url: &str) -> String {
    let (id, tag) = (operation.id(), operation.tag());
    let scope = operation.scope().map(|it| format!(", scope `{it}`"));
    let key = operation
        .idempotency_key()
        .map(|_| ", with `Idempotency-Key`");
    format!(
        "- [{summary}]({url}/docs/#/{tag}/{id}): `{method} {path}`{scope}{key}\n",
        summary = operation.summary(),
        method = operation.method,
        path = operation.path,
        scope = scope.unwrap_or_default(),
        key = key.unwrap_or_default(),
    )
}

fn code(code: ErrorCode) -> String {
    let spec = code.spec();
    format!(
        "- `{}` ({}): {} {}\n",
        spec.code,
        spec.status.as_u16(),
        spec.title,
        spec.advice
    )
}

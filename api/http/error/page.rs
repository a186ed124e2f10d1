//! `docs/ERRORS.md`, made from the table of errors.

use std::fmt::Write;

use super::ErrorCode;

const HEAD: &str = "\
# Errors

<!-- Made from the table in api/http/error/table.rs by `make generate`; a test holds it to that. -->

Every error is a problem document ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) of type
`application/problem+json`:

| member | what |
|---|---|
| `type` | `urn:credits:problem:` and the code |
| `title` | a sentence that is the same for every error of this code |
| `status` | the HTTP status |
| `detail` | a sentence about this one |
| `code` | stable; act on this |
| `request_id` | also in the `X-Request-Id` header and in the service's log |

Some carry more members, named below. `503` and a `409` worth waiting for carry `Retry-After`.
What the account's state decided (`insufficient_credits`, `balance_limit`, `already_exists`,
`already_refunded`, `refund_exceeds_debit`, `hold_ended`, `capture_exceeds_hold`,
`too_many_open_purchases`, `purchase_not_open`) belongs to the `Idempotency-Key` for good: it is
given again, byte for byte, with `Idempotent-Replayed: true`. After any other error the same key is
executed afresh.

| code | status | title | what to do | members | Retry-After |
|---|---|---|---|---|---|
";

/// The whole page.
pub fn errors_page() -> String {
    let mut page = HEAD.to_owned();
    for code in ErrorCode::ALL {
        let spec = code.spec();
        let fields: Vec<String> = spec.fields.iter().map(|name| format!("`{name}`")).collect();
        let retry = spec
            .retry_after
            .map(|s| format!("{s} s"))
            .unwrap_or_default();
        let row = format!(
            "| `{}` | {} | {} | {} | {} | {} |",
            spec.code,
            spec.status.as_u16(),
            spec.title,
            spec.advice,
            fields.join(", "),
            retry,
        );
        // Writing to a string cannot fail.
        let _ = writeln!(page, "{row}");
    }
    page
}

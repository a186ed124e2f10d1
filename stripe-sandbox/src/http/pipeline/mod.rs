//! The way of every API request: key, version, parameters, ordered faults, idempotency, then the work itself.
//!
//! The work of a `POST` and its idempotency answer are one transaction, finished even if the caller hangs up.

mod execute;
mod spoil;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use super::auth;
use crate::core::Core;
use crate::objects::Look;
use crate::payments::Work;
use crate::wire::Answer;
use crate::wire::error::ApiError;
use crate::wire::fields::Fields;
use crate::wire::form;
use crate::wire::idempotency::Key;
use crate::wire::version;
use execute::{Call, execute};
use spoil::guarded;

pub(crate) const MAX_BODY: usize = 1_048_576;

/// What every answer carries in its headers.
struct Caller {
    request_id: String,
    version: String,
    key: Option<String>,
}

/// A finished answer: status, body, and the request it was first given to.
struct Given {
    status: u16,
    body: String,
    original: Option<String>,
    replayed: bool,
}

/// Serves a request that reads.
pub(in crate::http) async fn get<F>(core: Data<Core>, request: HttpRequest, work: F) -> HttpResponse
where
    F: FnOnce(&Look<'_>, Fields) -> Result<Value, ApiError>,
{
    let caller = caller(&request);
    let result = async {
        admit(&core, &request)?;
        let fields = Fields::root(form::decode(request.query_string())?);
        guarded(core.faults.take(request.path()), &request, async {
            core.clone().into_inner().run_due().await?;
            let snapshot = core.store.read()?;
            let look = Look {
                reads: &snapshot,
                public_url: &core.public_url,
            };
            let body = work(&look, fields)?;
            Ok(Given {
                status: 200,
                body: body.to_string(),
                original: None,
                replayed: false,
            })
        })
        .await
    }
    .await;
    answer(&caller, result)
}

/// Serves a request that changes something.
pub(in crate::http) async fn post<F>(
    core: Data<Core>,
    request: HttpRequest,
    body: Payload,
    work: F,
) -> HttpResponse
where
    F: FnOnce(&Work<'_>, Fields) -> Result<Answer, ApiError> + Send + 'static,
{
    let caller = caller(&request);
    let result = async {
        admit(&core, &request)?;
        let tree = read_form(&request, body).await?;
        let key = caller
            .key
            .as_deref()
            .map(|key| Key::new(key, request.path(), &tree))
            .transpose()?;
        let call = Call {
            fields: Fields::root(tree),
            key,
            request_id: caller.request_id.clone(),
        };
        guarded(
            core.faults.take(request.path()),
            &request,
            execute(core.clone().into_inner(), call, work),
        )
        .await
    }
    .await;
    answer(&caller, result)
}

fn caller(request: &HttpRequest) -> Caller {
    let key = request
        .headers()
        .get("idempotency-key")
        .and_then(|key| key.to_str().ok());
    Caller {
        request_id: version::new_request_id(),
        version: version::requested(request).unwrap_or_else(|_| version::DEFAULT.to_owned()),
        key: key.map(str::to_owned),
    }
}

fn admit(core: &Core, request: &HttpRequest) -> Result<(), ApiError> {
    auth::check(request, &core.secret_key)?;
    version::requested(request).map(|_| ())
}

async fn read_form(
    request: &HttpRequest,
    body: Payload,
) -> Result<std::collections::BTreeMap<String, form::Node>, ApiError> {
    let bytes = body
        .to_bytes_limited(MAX_BODY)
        .await
        .map_err(|_| ApiError::too_large())?
        .map_err(|_| ApiError::invalid("The request's body broke off."))?;
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if !bytes.is_empty() && kind != "application/x-www-form-urlencoded" {
        return Err(ApiError::invalid(
            "Invalid request (check that your POST content type is application/x-www-form-urlencoded).",
        ));
    }
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| ApiError::invalid("Invalid request: the body is not text."))?;
    form::decode(text)
}

fn answer(caller: &Caller, result: Result<Given, ApiError>) -> HttpResponse {
    let given = result.unwrap_or_else(|error| Given {
        status: error.status,
        body: error.body(&caller.request_id).to_string(),
        original: None,
        replayed: false,
    });
    let status = StatusCode::from_u16(given.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    response
        .content_type("application/json")
        .insert_header(("Request-Id", caller.request_id.as_str()))
        .insert_header(("Stripe-Version", caller.version.as_str()));
    if let Some(key) = &caller.key {
        response.insert_header(("Idempotency-Key", key.as_str()));
    }
    if let Some(original) = given.original {
        response.insert_header(("Original-Request", original));
    }
    if given.replayed {
        response.insert_header(("Idempotent-Replayed", "true"));
    }
    response.body(given.body)
}

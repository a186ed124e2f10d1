//! Idempotency of writes: the `Idempotency-Key` header, the digests that the ledger tells requests
//! apart by, and the stored answer given again (Idempotency-Key draft 07).

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, LOCATION};
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};
use ledger::command::Outcome;
use ledger::rejection::Rejection;
use ledger::replay::{Key, KeyId};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::error::{ApiError, ErrorCode, PROBLEM_JSON};
use super::request_id;
use crate::app::App;
use crate::auth::Caller;
use crate::store::StoredAnswer;
use crate::writer::{Render, Written};

pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
const LONGEST: usize = 255;

/// The header as sent, with the method and route it counts for.
pub struct IdempotencyKey {
    value: String,
    scope: String,
    path: String,
}

impl FromRequest for IdempotencyKey {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request))
    }
}

fn read(request: &HttpRequest) -> Result<IdempotencyKey, ApiError> {
    let mut values = request.headers().get_all(HEADER);
    let invalid = || ApiError::new(ErrorCode::IdempotencyKeyInvalid);
    let value = values
        .next()
        .ok_or_else(|| ApiError::new(ErrorCode::IdempotencyKeyMissing))?;
    let text = value.to_str().map_err(|_| invalid())?;
    if values.next().is_some() {
        return Err(invalid());
    }
    let route = request.match_pattern().unwrap_or_default();
    let path = request.uri().to_string();
    IdempotencyKey::new(text, request.method().as_str(), &route, path)
}

impl IdempotencyKey {
    /// A key for a method and route, as the header or something in its place has it.
    pub fn new(
        text: &str,
        method: &str,
        route: &str,
        path: String,
    ) -> Result<IdempotencyKey, ApiError> {
        if !(1..=LONGEST).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ApiError::new(ErrorCode::IdempotencyKeyInvalid));
        }
        Ok(IdempotencyKey {
            value: text.to_owned(),
            scope: format!("{method} {route}"),
            path,
        })
    }

    /// The ledger's key for this caller and request. The body counts as what it says, not as how it
    /// was written: member order and white space make no difference.
    pub fn of<B: Serialize>(&self, caller: &Caller, body: &B) -> Result<Key, ApiError> {
        let body = serde_json::to_vec(body).map_err(|error| ApiError::internal(&error))?;
        let who = [caller.subject.as_bytes(), self.scope.as_bytes()];
        Ok(Key {
            id: KeyId {
                owner: caller.account_id.clone(),
                digest: digest(&[who[0], who[1], self.value.as_bytes()]),
            },
            fingerprint: digest(&[self.path.as_bytes(), &body]),
        })
    }
}

/// Sixteen bytes that stand for the parts and where one ends and the next begins.
fn digest(parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    let hash: [u8; 32] = hasher.finalize().into();
    let mut short = [0; 16];
    for (target, source) in short.iter_mut().zip(hash) {
        *target = source;
    }
    short
}

/// Makes the answer for the key's record: what `success` says of an outcome, or the problem.
pub fn render(
    success: impl Fn(&Outcome) -> Option<StoredAnswer> + Send + Sync + 'static,
) -> Render {
    let request_id = request_id::current();
    Arc::new(move |decision: &Result<Outcome, Rejection>| {
        request_id::within(request_id, || match decision {
            Ok(outcome) => success(outcome),
            Err(rejection) => Some(ApiError::from(rejection.clone()).to_answer()),
        })
    })
}

/// A `201` whose body is `view`.
pub fn created<V: Serialize>(view: &V) -> Option<StoredAnswer> {
    success(StatusCode::CREATED, view)
}

/// A `200` whose body is `view`.
pub fn ok<V: Serialize>(view: &V) -> Option<StoredAnswer> {
    success(StatusCode::OK, view)
}

fn success<V: Serialize>(status: StatusCode, view: &V) -> Option<StoredAnswer> {
    Some(StoredAnswer {
        status: status.as_u16(),
        body: serde_json::to_vec(view).ok()?,
    })
}

/// For a request that cannot be taken now, whatever its account says: a quote lapses, an operation
/// is withdrawn. If it was taken before, it gets the answer that it was given then.
pub async fn answered_before(
    app: &App,
    key: &Key,
    refusal: ApiError,
) -> Result<HttpResponse, ApiError> {
    earlier_answer(app, key).await?.ok_or(refusal)
}

/// The answer that the same request was given before, if it was.
pub async fn earlier_answer(app: &App, key: &Key) -> Result<Option<HttpResponse>, ApiError> {
    match app.store.answer(&key.id).await? {
        Some((fingerprint, answer)) if fingerprint == key.fingerprint => {
            show(answer, true, None).map(Some)
        }
        Some(_) => Err(Rejection::KeyWasUsedForAnotherRequest.into()),
        None => Ok(None),
    }
}

/// The stored answer, or the rejection if it is none that is stored.
pub fn respond(written: Written, location: Option<String>) -> Result<HttpResponse, ApiError> {
    match (written.answer, written.decision) {
        (Some(answer), Ok(_)) => show(answer, written.replayed, location),
        (Some(answer), Err(rejection)) if rejection.is_final() => {
            show(answer, written.replayed, None)
        }
        (_, Err(rejection)) => Err(rejection.into()),
        (None, Ok(_)) => Err(ApiError::internal(&"a command was given no answer")),
    }
}

fn show(
    answer: StoredAnswer,
    replayed: bool,
    location: Option<String>,
) -> Result<HttpResponse, ApiError> {
    let status = StatusCode::from_u16(answer.status).map_err(|error| ApiError::internal(&error))?;
    let mut response = HttpResponse::build(status);
    response.content_type(if status.is_success() {
        "application/json"
    } else {
        PROBLEM_JSON
    });
    if replayed {
        response.insert_header((REPLAYED, "true"));
    }
    if let Some(location) = location.filter(|_| status.is_success()) {
        response.insert_header((LOCATION, location));
    }
    Ok(response.body(answer.body))
}

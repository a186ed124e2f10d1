//! Request bodies: JSON in UTF-8, small, and nothing but the fields an operation takes.

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::{Buf, Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::time::timeout;

use super::error::{ApiError, ErrorCode};

/// A body that takes longer to arrive is not waited for.
const PATIENCE: Duration = Duration::from_secs(15);
/// Nothing that an operation takes as JSON comes near it, unless it says otherwise.
pub const MOST_BYTES: usize = 64 * 1024;

/// A JSON body, parsed.
pub struct Body<T, const MOST: usize = MOST_BYTES>(pub T);

impl<T: DeserializeOwned + 'static, const MOST: usize> FromRequest for Body<T, MOST> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let acceptable = is_json(request);
        let payload = payload.take();
        Box::pin(async move {
            if !acceptable {
                return Err(ApiError::new(ErrorCode::UnsupportedMediaType));
            }
            let bytes = read(payload, MOST).await?;
            let value = serde_json::from_slice(&bytes).map_err(|error| {
                ApiError::with_detail(ErrorCode::InvalidBody, format!("The body: {error}."))
            })?;
            Ok(Body(value))
        })
    }
}

/// Whether the body is declared to be plain JSON in UTF-8.
pub fn is_json(request: &HttpRequest) -> bool {
    let header = |name| request.headers().get(name).map(|value| value.as_bytes());
    if header(CONTENT_ENCODING).is_some_and(|coding| coding != b"identity") {
        return false;
    }
    let Some(Ok(text)) = header(CONTENT_TYPE).map(std::str::from_utf8) else {
        return false;
    };
    let (kind, parameters) = text.split_once(';').unwrap_or((text, ""));
    let parameters = parameters.trim().to_ascii_lowercase();
    kind.trim().eq_ignore_ascii_case("application/json")
        && matches!(
            parameters.as_str(),
            "" | "charset=utf-8" | "charset=\"utf-8\""
        )
}

/// The raw bytes of a body, if there are no more than `most`.
pub async fn read(payload: Payload, most: usize) -> Result<Bytes, ApiError> {
    timeout(PATIENCE, gather(payload, most))
        .await
        .map_err(|_| ApiError::new(ErrorCode::RequestTimeout))?
}

async fn gather(mut payload: Payload, most: usize) -> Result<Bytes, ApiError> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| {
            ApiError::with_detail(ErrorCode::InvalidBody, "The body did not arrive whole.")
        })?;
        if bytes.remaining().saturating_add(chunk.len()) > most {
            return Err(ApiError::new(ErrorCode::BodyTooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

//! The id of a request: in its answer, in every problem, and in its line of the log. A caller's own
//! `X-Request-Id` is not taken over: it could be anything.

use actix_web::Error;
use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use uuid::Uuid;

pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static REQUEST_ID: Uuid;
}

/// The id kept with the request, for the log.
#[derive(Clone, Copy)]
pub struct RequestId(pub Uuid);

/// The id of the request being worked on; nil outside of one.
pub fn current() -> Uuid {
    REQUEST_ID.try_with(|id| *id).unwrap_or_default()
}

/// Runs something as part of a request, where it is no longer on the request's own task.
pub fn within<T>(id: Uuid, work: impl FnOnce() -> T) -> T {
    REQUEST_ID.sync_scope(id, work)
}

/// The same for what has to be waited for.
pub async fn throughout<T>(id: Uuid, work: impl Future<Output = T>) -> T {
    REQUEST_ID.scope(id, work).await
}

/// Gives every request an id.
pub async fn assign(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = Uuid::now_v7();
    request.extensions_mut().insert(RequestId(id));
    let work = async move {
        let mut response = next.call(request).await?;
        if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert(HEADER, value);
        }
        Ok(response)
    };
    REQUEST_ID.scope(id, work).await
}

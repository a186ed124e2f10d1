//! Failures ordered through the control API, before or after a request has taken effect.

use std::time::Duration;

use actix_web::HttpRequest;

use super::Given;
use crate::control::faults::{Fault, FaultKind};
use crate::control::hang_up::hang_up;
use crate::wire::error::ApiError;

const TIMEOUT_FAULT: Duration = Duration::from_secs(120);

/// Runs `work`, or spoils it as ordered through the control API.
pub(super) async fn guarded(
    fault: Option<Fault>,
    request: &HttpRequest,
    work: impl Future<Output = Result<Given, ApiError>>,
) -> Result<Given, ApiError> {
    let Some(fault) = fault else {
        return work.await;
    };
    if fault.takes_effect() {
        // The caller of a spoiled request never learns how it ended.
        let _ = work.await;
    }
    match fault.status {
        FaultKind::RateLimited => return Err(ApiError::rate_limited()),
        FaultKind::InternalError => {}
        FaultKind::Timeout => {
            tokio::time::sleep(TIMEOUT_FAULT).await;
            hang_up(request);
        }
        FaultKind::CloseBefore | FaultKind::CloseAfter => hang_up(request),
    }
    Err(ApiError::internal(
        "This failure was ordered through the control API.",
    ))
}

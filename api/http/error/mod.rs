//! The only place where something that went wrong becomes an answer: RFC 9457 problem+json, the
//! framework's own errors included. What a caller may know is in the problem; the cause goes to the
//! log, once.

mod page;
mod problem;
mod rejections;
mod table;

pub use page::errors_page;
pub use problem::ProblemView;
pub use table::{ErrorCode, ErrorSpec};

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde_json::{Map, Value, json};

use super::request_id;
use crate::auth::AuthError;
use crate::payments::PaymentsError;
use crate::store::{StoreError, StoredAnswer};
use crate::writer::WriterError;

pub const PROBLEM_JSON: &str = "application/problem+json";

#[derive(Debug, thiserror::Error)]
#[error("{detail}")]
pub struct ApiError {
    code: ErrorCode,
    detail: String,
    fields: Map<String, Value>,
    retry_after: Option<u32>,
    header: Option<(actix_web::http::header::HeaderName, String)>,
}

impl ApiError {
    /// A problem whose detail is the table's own sentence.
    pub fn new(code: ErrorCode) -> ApiError {
        ApiError::with_detail(code, code.spec().title)
    }

    /// `detail` may show what the caller sent and nothing else.
    pub fn with_detail(code: ErrorCode, detail: impl Into<String>) -> ApiError {
        ApiError {
            code,
            detail: detail.into(),
            fields: Map::new(),
            retry_after: code.spec().retry_after,
            header: None,
        }
    }

    pub fn not_found(what: &str) -> ApiError {
        ApiError::with_detail(ErrorCode::NotFound, format!("There is no such {what}."))
    }

    pub fn method_not_allowed(allowed: &str) -> ApiError {
        let mut error = ApiError::new(ErrorCode::MethodNotAllowed);
        error.header = Some((ALLOW, allowed.to_owned()));
        error
    }

    pub fn missing_scope(scope: &str) -> ApiError {
        ApiError::new(ErrorCode::InsufficientScope).field("scope", json!(scope))
    }

    pub fn internal(cause: &dyn std::fmt::Display) -> ApiError {
        let request_id = request_id::current();
        tracing::error!(%request_id, %cause, "internal error");
        ApiError::new(ErrorCode::Internal)
    }

    pub fn field(mut self, name: &str, value: Value) -> ApiError {
        self.fields.insert(name.to_owned(), value);
        self
    }

    /// Whether the same request could have been taken on another day: what it asks for is not sold.
    pub fn is_of_the_catalogue(&self) -> bool {
        matches!(
            self.code,
            ErrorCode::NotFound
                | ErrorCode::CreditsOutOfRange
                | ErrorCode::UnknownCurrency
                | ErrorCode::PromotionCodeRefused
        )
    }

    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// The problem's members. `request_id` is that of the request it answers first.
    pub fn to_problem(&self) -> Value {
        let spec = self.code.spec();
        let mut problem = json!({
            "type": format!("urn:credits:problem:{}", spec.code),
            "title": spec.title,
            "status": spec.status.as_u16(),
            "detail": self.detail,
            "code": spec.code,
            "request_id": request_id::current(),
        });
        if let Some(members) = problem.as_object_mut() {
            members.extend(self.fields.clone());
        }
        problem
    }

    fn body(&self) -> Vec<u8> {
        self.to_problem().to_string().into_bytes()
    }

    /// The same problem as an answer to keep under an idempotency key.
    pub fn to_answer(&self) -> StoredAnswer {
        StoredAnswer {
            status: self.code.spec().status.as_u16(),
            body: self.body(),
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.code.spec().status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.content_type(PROBLEM_JSON);
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        if let Some((name, value)) = &self.header {
            response.insert_header((name.clone(), value.clone()));
        }
        response.body(self.body())
    }
}

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> ApiError {
        metrics::counter!("credits_auth_refusals_total", "reason" => error.reason()).increment(1);
        if error == AuthError::KeysUnavailable {
            // Our outage, not the caller's mistake; nobody is let in all the same.
            return ApiError::new(ErrorCode::Unavailable);
        }
        let mut problem = ApiError::with_detail(ErrorCode::Unauthorized, AuthError::DETAIL);
        problem.header = Some((WWW_AUTHENTICATE, error.challenge().to_owned()));
        problem
    }
}

impl From<WriterError> for ApiError {
    fn from(error: WriterError) -> ApiError {
        ApiError::new(match error {
            WriterError::Full => ErrorCode::Overloaded,
            WriterError::Unavailable => ErrorCode::Unavailable,
            WriterError::OutcomeUnknown => ErrorCode::OutcomeUnknown,
            WriterError::Broken => ErrorCode::Internal,
        })
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> ApiError {
        if error.retryable() {
            tracing::warn!(%error, "the database did not answer");
            ApiError::new(ErrorCode::Unavailable)
        } else {
            ApiError::internal(&error)
        }
    }
}

impl From<PaymentsError> for ApiError {
    fn from(error: PaymentsError) -> ApiError {
        match error {
            PaymentsError::Rejected(rejection) => rejection.into(),
            PaymentsError::Writer(error) => error.into(),
            PaymentsError::Store(error) => error.into(),
            PaymentsError::StillRunning => ApiError::new(ErrorCode::RequestInProgress),
            PaymentsError::StripeRefused { .. } | PaymentsError::StripeMisconfigured => {
                tracing::error!(%error, "Stripe refuses us");
                ApiError::new(ErrorCode::StripeRefused)
            }
            PaymentsError::StripeUnavailable {
                retry_after_seconds,
            } => {
                let mut problem = ApiError::new(ErrorCode::StripeUnavailable);
                problem.retry_after = Some(retry_after_seconds);
                problem
            }
            PaymentsError::UnexpectedOutcome => ApiError::internal(&error),
        }
    }
}

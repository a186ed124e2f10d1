//! Why Stripe did not do what was asked, told apart by what to do next. Nothing of Stripe's own
//! message may reach a caller: it is for the log.

use std::fmt::Display;

use stripe::{ApiErrorsType, StripeError};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StripeFailure {
    /// No answer, an unreadable one, or Stripe's own trouble: the same call may succeed later, and
    /// may have had its effect already. `status` is 0 without an answer.
    #[error("Stripe is unavailable ({status}): {cause}")]
    Unavailable {
        status: u16,
        cause: String,
        retry_after_seconds: u32,
    },
    /// The same call is under way elsewhere.
    #[error("the same call to Stripe is still running")]
    Busy,
    /// The call is wrong, and will be wrong every time.
    #[error("Stripe refused the call ({code}): {message}")]
    Refused { code: String, message: String },
    /// The key is not accepted, or may not do this: nothing works until somebody mends it.
    #[error("Stripe does not accept our key: {cause}")]
    Misconfigured { cause: String },
}

/// The client hides Stripe's `Retry-After`; its limits are per second.
const RATE_LIMIT_PAUSE_SECONDS: u32 = 2;
const OUTAGE_PAUSE_SECONDS: u32 = 10;

impl StripeFailure {
    /// For metrics.
    pub fn label(&self) -> &'static str {
        match self {
            StripeFailure::Unavailable { status: 0, .. } => "no_answer",
            StripeFailure::Unavailable { status: 429, .. } => "rate_limited",
            StripeFailure::Unavailable { .. } => "unavailable",
            StripeFailure::Busy => "busy",
            StripeFailure::Refused { .. } => "refused",
            StripeFailure::Misconfigured { .. } => "misconfigured",
        }
    }

    pub(super) fn misconfigured(cause: impl Display) -> StripeFailure {
        StripeFailure::Misconfigured {
            cause: cause.to_string(),
        }
    }

    pub(super) fn unreadable() -> StripeFailure {
        StripeFailure::no_answer("the answer is not as Stripe writes it".to_owned())
    }

    fn no_answer(cause: String) -> StripeFailure {
        StripeFailure::Unavailable {
            status: 0,
            cause,
            retry_after_seconds: OUTAGE_PAUSE_SECONDS,
        }
    }
}

impl From<StripeError> for StripeFailure {
    fn from(error: StripeError) -> StripeFailure {
        let (error, status) = match error {
            StripeError::Stripe(error, status) => (error, status),
            StripeError::ConfigError(cause) => return StripeFailure::misconfigured(cause),
            // A gateway's page, or a session in a shape this client can't read.
            StripeError::JSONDeserialize(cause) | StripeError::ClientError(cause) => {
                return StripeFailure::no_answer(cause);
            }
            StripeError::Timeout => return StripeFailure::no_answer("timed out".to_owned()),
        };
        let code = match (&error.code, &error.type_) {
            (Some(code), _) => code.to_string(),
            (None, ApiErrorsType::Unknown(kind)) => kind.clone(),
            (None, kind) => kind.to_string(),
        };
        let message = error.message.unwrap_or_default();
        match status {
            401 | 403 => StripeFailure::misconfigured(message),
            409 => StripeFailure::Busy,
            429 => StripeFailure::Unavailable {
                status,
                cause: code,
                retry_after_seconds: RATE_LIMIT_PAUSE_SECONDS,
            },
            400..=499 if status != 424 => StripeFailure::Refused { code, message },
            _ => StripeFailure::Unavailable {
                status,
                cause: message,
                retry_after_seconds: OUTAGE_PAUSE_SECONDS,
            },
        }
    }
}

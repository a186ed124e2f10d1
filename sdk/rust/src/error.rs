//! What can go wrong: refusals and failures that the service describes (RFC 9457), and what never reached it.

use std::fmt;

use crate::models::Problem;

/// Codes that programs act on; docs/ERRORS.md lists them all.
pub mod code {
    /// The account has not enough, or a limit leaves too little: see `shortfall` and `limited_by`.
    pub const INSUFFICIENT_CREDITS: &str = "insufficient_credits";
}

#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The service said no, and why: act on `code`.
    Problem(Box<Problem>),
    /// No answer was had.
    Http(reqwest::Error),
    /// An answer, or a webhook, that is not what the API describes.
    Json(serde_json::Error),
    /// A webhook whose signature does not vouch for it.
    Signature(standardwebhooks::WebhookError),
}

impl Error {
    /// The problem, if the service gave one.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    /// Reads a problem; what is none, a proxy's page for example, becomes one with the code `unknown`.
    pub(crate) fn of_answer(status: u16, text: &str) -> Self {
        let mut problem = serde_json::from_str(text).unwrap_or_else(|_| Problem {
            code: "unknown".to_owned(),
            title: "The answer is no problem document.".to_owned(),
            detail: text.to_owned(),
            ..Problem::default()
        });
        problem.status = i32::from(status);
        Self::Problem(Box::new(problem))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => write!(f, "{} ({}): {}", problem.code, problem.status, problem.detail),
            Self::Http(error) => error.fmt(f),
            Self::Json(error) => write!(f, "not what the API describes: {error}"),
            Self::Signature(error) => write!(f, "the webhook cannot be trusted: {error}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Problem(_) => None,
            Self::Http(error) => Some(error),
            Self::Json(error) => Some(error),
            Self::Signature(error) => Some(error),
        }
    }
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

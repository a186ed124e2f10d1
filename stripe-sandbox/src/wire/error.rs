//! Stripe's error object, and the one place where its codes meet HTTP statuses.

use serde_json::{Map, Value, json};

use crate::store::StoreError;

/// A refusal that changed nothing.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    kind: &'static str,
    code: Option<&'static str>,
    message: String,
    param: Option<String>,
    more: Map<String, Value>,
    /// Whether an idempotency key remembers it. Parameters are checked before a request counts as begun, so their
    /// errors are not remembered; a conflict with the object's state is.
    pub(crate) remembered: bool,
}

impl ApiError {
    fn new(
        status: u16,
        kind: &'static str,
        code: Option<&'static str>,
        message: String,
    ) -> ApiError {
        ApiError {
            status,
            kind,
            code,
            message,
            param: None,
            more: Map::new(),
            remembered: false,
        }
    }

    /// 400 `invalid_request_error`.
    pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
        ApiError::new(400, "invalid_request_error", None, message.into())
    }

    pub(crate) fn unauthorized(message: impl Into<String>) -> ApiError {
        ApiError::new(401, "invalid_request_error", None, message.into())
    }

    pub(crate) fn unknown_parameters(paths: &[String]) -> ApiError {
        let noun = if paths.len() == 1 {
            "parameter"
        } else {
            "parameters"
        };
        ApiError::invalid(format!("Received unknown {noun}: {}", paths.join(", ")))
            .coded("parameter_unknown")
            .about(paths.first().map_or("", String::as_str))
    }

    pub(crate) fn missing_parameter(path: &str) -> ApiError {
        ApiError::invalid(format!("Missing required param: {path}."))
            .coded("parameter_missing")
            .about(path)
    }

    /// 404: the object in the address doesn't exist.
    pub(crate) fn no_such(object: &str, id: &str, param: &str) -> ApiError {
        let mut error = ApiError::no_such_reference(object, id, param);
        error.status = 404;
        error.remembered = true;
        error
    }

    /// 400: a parameter names an object that doesn't exist.
    pub(crate) fn no_such_reference(object: &str, id: &str, param: &str) -> ApiError {
        ApiError::invalid(format!("No such {object}: '{id}'"))
            .coded("resource_missing")
            .about(param)
    }

    pub(crate) fn unrecognised_url(method: &str, path: &str) -> ApiError {
        let mut error = ApiError::invalid(format!(
            "Unrecognized request URL ({method}: {path}). The sandbox serves a part of Stripe's API only; its routes \
             are listed in `http`."
        ));
        error.status = 404;
        error
    }

    /// The key was used before, for something else.
    pub(crate) fn idempotency(message: String) -> ApiError {
        ApiError::new(400, "idempotency_error", None, message)
    }

    pub(crate) fn key_in_use(key: &str) -> ApiError {
        let message = format!(
            "There is currently another in-progress request using this idempotent key: {key}. Please try again later."
        );
        ApiError::new(
            409,
            "invalid_request_error",
            Some("idempotency_key_in_use"),
            message,
        )
    }

    pub(crate) fn rate_limited() -> ApiError {
        let message =
            "Request rate limit exceeded; this answer was ordered through the control API.";
        ApiError::new(
            429,
            "invalid_request_error",
            Some("rate_limit"),
            message.to_owned(),
        )
    }

    pub(crate) fn internal(message: impl Into<String>) -> ApiError {
        ApiError::new(500, "api_error", None, message.into())
    }

    pub(crate) fn too_large() -> ApiError {
        ApiError::new(
            413,
            "invalid_request_error",
            None,
            "The request is larger than 1 MB.".into(),
        )
    }

    pub(crate) fn coded(mut self, code: &'static str) -> ApiError {
        self.code = Some(code);
        self
    }

    pub(crate) fn about(mut self, param: impl Into<String>) -> ApiError {
        self.param = Some(param.into());
        self
    }

    pub(crate) fn with(mut self, field: &str, value: Value) -> ApiError {
        self.more.insert(field.to_owned(), value);
        self
    }

    pub(crate) fn remembered(mut self) -> ApiError {
        self.remembered = true;
        self
    }

    pub(crate) fn body(&self, request_id: &str) -> Value {
        let mut error = self.more.clone();
        error.insert("type".into(), json!(self.kind));
        error.insert("message".into(), json!(self.message));
        if let Some(code) = self.code {
            error.insert("code".into(), json!(code));
            error.insert("doc_url".into(), json!(doc_url(code)));
        }
        if let Some(param) = &self.param {
            error.insert("param".into(), json!(param));
        }
        error.insert("request_log_url".into(), json!(request_log_url(request_id)));
        json!({ "error": error })
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> ApiError {
        tracing::error!(%error, "the sandbox's state file failed");
        ApiError::internal("The sandbox could not use its state file; its log says why.")
    }
}

/// The body of a 402: a refusal by the bank, with the request it answers.
pub(crate) fn card_error(mut error: Value, request_id: &str) -> Value {
    if let Some(fields) = error.as_object_mut() {
        fields.insert("request_log_url".into(), json!(request_log_url(request_id)));
    }
    json!({ "error": error })
}

pub(crate) fn doc_url(code: &str) -> String {
    format!(
        "https://docs.stripe.com/error-codes/{}",
        code.replace('_', "-")
    )
}

fn request_log_url(request_id: &str) -> String {
    format!("https://dashboard.stripe.com/test/logs/{request_id}")
}

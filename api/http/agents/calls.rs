//! Calling a tool: its arguments are read as the operation's own request, and go to the very function
//! that answers the operation. What comes back is the operation's answer, or its problem.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::web::Data;
use rmcp::model::{CallToolResult, ContentBlock, JsonObject};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Guide;
use super::described;
use super::schemas::IDEMPOTENCY_KEY;
use super::tools::{PERSON_PAYS, Tool};
use crate::app::App;
use crate::auth::Caller;
use crate::http::callers::{Asker, Buyer, Reader};
use crate::http::error::{ApiError, ErrorCode};
use crate::http::idempotency::IdempotencyKey;
use crate::http::shown_pages::ShownPages;
use crate::http::{balance, checkout_sessions, packages, quotes, usage_history};

/// What calls need, as every handler has it.
#[derive(Clone)]
pub struct Desk {
    pub app: Data<App>,
    pub shown: Data<ShownPages>,
    pub guide: Data<Guide>,
}

impl Desk {
    /// The result of a call: an error that carries the problem where the operation answers one.
    pub async fn call(&self, caller: Caller, tool: Tool, arguments: JsonObject) -> CallToolResult {
        match self.answer(caller, tool, arguments).await {
            Ok(answer) => {
                let mut result = CallToolResult::structured(answer);
                if tool == Tool::CreateCheckoutSession {
                    result.content.push(ContentBlock::text(PERSON_PAYS));
                }
                result
            }
            // Not as structured content, which is promised to be of the tool's own schema.
            Err(Refusal(problem)) => {
                CallToolResult::error(vec![ContentBlock::text(problem.to_string())])
            }
        }
    }

    async fn answer(
        &self,
        caller: Caller,
        tool: Tool,
        mut arguments: JsonObject,
    ) -> Result<Value, Refusal> {
        let app = &self.app;
        match tool {
            Tool::GetBalance => {
                let Reader(caller) = Reader::of(caller)?;
                let Nothing {} = read(arguments, ErrorCode::InvalidQuery)?;
                shown(&balance::balance(app, &caller.account_id).await?)
            }
            Tool::ListUsageHistory => {
                let Reader(caller) = Reader::of(caller)?;
                let query = read(arguments, ErrorCode::InvalidQuery)?;
                let page = usage_history::history(app, &self.shown, &caller, &query).await?;
                parsed(&page)
            }
            Tool::ListPackages => {
                let Reader(caller) = Reader::of(caller)?;
                let query = read(arguments, ErrorCode::InvalidQuery)?;
                shown(&packages::packages(app, &caller, &query).await?)
            }
            Tool::CreateQuote => {
                let Asker(caller) = Asker::of(caller)?;
                let request = read(arguments, ErrorCode::InvalidBody)?;
                shown(&quotes::quote(app, &caller, request).await?)
            }
            Tool::CreateCheckoutSession => {
                let Buyer(caller) = Buyer::of(caller)?;
                let key = self.key(tool, arguments.remove(IDEMPOTENCY_KEY))?;
                let request = read(arguments, ErrorCode::InvalidBody)?;
                let response = checkout_sessions::start(app, &caller, &key, request).await?;
                of_response(response)
            }
        }
    }

    /// The key counts for the operation, whichever way it is called.
    fn key(&self, tool: Tool, argument: Option<Value>) -> Result<IdempotencyKey, ApiError> {
        let missing = "The arguments: this tool needs an idempotency_key.";
        let text = match argument {
            Some(Value::String(text)) => text,
            Some(_) => return Err(ApiError::new(ErrorCode::IdempotencyKeyInvalid)),
            None => {
                return Err(ApiError::with_detail(
                    ErrorCode::IdempotencyKeyMissing,
                    missing,
                ));
            }
        };
        let operation = described::find(&self.guide.document, tool.operation());
        let operation = operation.ok_or_else(|| ApiError::internal(&"a tool is no operation"))?;
        let path = operation.path.to_owned();
        IdempotencyKey::new(&text, &operation.method, operation.path, path)
    }
}

/// A problem: of this call, or the one that was stored under its key.
struct Refusal(Value);

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Refusal {
        Refusal(error.to_problem())
    }
}

/// The arguments of an operation that takes none.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

fn read<T: DeserializeOwned>(arguments: JsonObject, code: ErrorCode) -> Result<T, ApiError> {
    serde_json::from_value(Value::Object(arguments))
        .map_err(|error| ApiError::with_detail(code, format!("The arguments: {error}.")))
}

fn shown<V: Serialize>(view: &V) -> Result<Value, Refusal> {
    Ok(serde_json::to_value(view).map_err(|error| ApiError::internal(&error))?)
}

fn of_response(response: HttpResponse) -> Result<Value, Refusal> {
    let succeeded = response.status().is_success();
    let body = response.into_body().try_into_bytes();
    let body = body.map_err(|_| ApiError::internal(&"an answer is not at hand as a whole"))?;
    let value = parsed(&body)?;
    if succeeded {
        Ok(value)
    } else {
        Err(Refusal(value))
    }
}

fn parsed(body: &[u8]) -> Result<Value, Refusal> {
    Ok(serde_json::from_slice(body).map_err(|error| ApiError::internal(&error))?)
}

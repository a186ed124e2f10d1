//! `POST /mcp`: the Model Context Protocol. The protocol is spoken by its own library; here is who may
//! speak to it, and the bridge between its HTTP types and ours. Nothing is remembered from one message
//! to the next, and every answer is JSON.

use std::convert::Infallible;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ORIGIN};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ClientJsonRpcMessage, ErrorData, Implementation,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool as Offered,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{RoleServer, ServerHandler};
use url::Url;
use uuid::Uuid;

use super::Guide;
use super::calls::Desk;
use super::tools::Tool;
use crate::app::App;
use crate::auth::Caller;
use crate::http::error::{ApiError, ErrorCode};
use crate::http::shown_pages::ShownPages;
use crate::http::{body, callers, request_id};

/// The headers that the protocol gives a meaning.
pub const HEADERS: [&str; 3] = ["mcp-protocol-version", "mcp-method", "mcp-name"];

const INSTRUCTIONS: &str = "Credits of one account: what it has, what became of it, what work costs, and \
what can be bought. Amounts of credits are decimal strings. No tool spends anything: credits are bought by \
a person, at the link that create_checkout_session returns.";

/// Takes one message and answers it.
pub async fn answer(
    request: HttpRequest,
    payload: Payload,
    app: Data<App>,
    shown: Data<ShownPages>,
    guide: Data<Guide>,
) -> Result<HttpResponse, ApiError> {
    from_a_known_origin(&request, &app)?;
    let caller = callers::authenticated(request.clone()).await?;
    if !body::is_json(&request) {
        return Err(ApiError::new(ErrorCode::UnsupportedMediaType));
    }
    let message = body::read(payload.into_inner(), body::MOST_BYTES).await?;
    serde_json::from_slice::<ClientJsonRpcMessage>(&message).map_err(|error| {
        ApiError::with_detail(ErrorCode::InvalidBody, format!("The body: {error}."))
    })?;
    let message = bridged(&request, message, &app.public_url)?;
    let speaker = Speaker {
        desk: Desk { app, shown, guide },
        caller,
        request_id: request_id::current(),
    };
    let service = StreamableHttpService::new(
        move || Ok(speaker.clone()),
        Arc::new(NeverSessionManager::default()),
        StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(body::MOST_BYTES)
            // A page that came here by a name of its own has no token, and names its origin.
            .disable_allowed_hosts(),
    );
    returned(service.handle(message).await).await
}

/// Every method but POST: there is no stream to read and no session to end.
pub async fn only_post() -> Result<HttpResponse, ApiError> {
    Err(ApiError::method_not_allowed("POST"))
}

/// A browser says which page it speaks for. It is ours, or one that the operator has named.
fn from_a_known_origin(request: &HttpRequest, app: &App) -> Result<(), ApiError> {
    let own = Url::parse(&app.public_url).ok();
    let own = own.map(|url| url.origin().ascii_serialization());
    let known = |origin: &str| {
        own.as_deref() == Some(origin) || app.cors_origins.iter().any(|it| it == origin)
    };
    let mut origins = request.headers().get_all(ORIGIN);
    if origins.all(|origin| origin.to_str().is_ok_and(known)) {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::OriginNotAllowed))
}

/// The message with its headers. What a client accepts is not asked: there is one kind of answer.
fn bridged(
    request: &HttpRequest,
    message: Bytes,
    url: &str,
) -> Result<http::Request<Full<Bytes>>, ApiError> {
    let mut bridged = http::Request::post(format!("{url}/mcp"))
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream");
    for name in HEADERS {
        for value in request.headers().get_all(name) {
            bridged = bridged.header(name, value.as_bytes());
        }
    }
    let bridged = bridged.body(Full::new(message));
    bridged.map_err(|error| ApiError::internal(&error))
}

async fn returned(
    answer: http::Response<BoxBody<Bytes, Infallible>>,
) -> Result<HttpResponse, ApiError> {
    let status = StatusCode::from_u16(answer.status().as_u16());
    let status = status.map_err(|error| ApiError::internal(&error))?;
    let (head, body) = answer.into_parts();
    let Ok(body) = body.collect().await;
    let mut response = HttpResponse::build(status);
    if let Some(kind) = head.headers.get("content-type") {
        response.insert_header((CONTENT_TYPE, kind.as_bytes()));
    }
    Ok(response.body(body.to_bytes()))
}

/// Who answers one message, of one caller.
#[derive(Clone)]
struct Speaker {
    desk: Desk,
    caller: Caller,
    request_id: Uuid,
}

impl ServerHandler for Speaker {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        let name = Implementation::new("credits", env!("CARGO_PKG_VERSION")).with_title("Credits");
        ServerConfig::new(capabilities)
            .with_server_info(name)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(
            self.desk.guide.tools.clone(),
        ))
    }

    fn get_tool(&self, name: &str) -> Option<Offered> {
        let tools = self.desk.guide.tools.iter();
        tools.clone().find(|it| it.name == name).cloned()
    }

    async fn call_tool(
        &self,
        asked: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = Tool::named(&asked.name) else {
            let message = format!("There is no tool of the name {:?}.", asked.name);
            return Err(ErrorData::invalid_params(message, None));
        };
        let arguments = asked.arguments.unwrap_or_default();
        // The library answers on a task of its own.
        let call = self.desk.call(self.caller.clone(), tool, arguments);
        let result = request_id::throughout(self.request_id, call).await;
        Ok(result.into())
    }
}

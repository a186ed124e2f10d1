//! Making, listing, setting and removing webhook endpoints.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, post, put};
use ledger::ids::EndpointId;
use ledger::instant::Instant;
use ledger::notice::Kind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::WebhookEndpointView;
use super::{find, sender};
use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::Admin;
use crate::http::error::{ApiError, ErrorCode};
use crate::http::texts;
use crate::store::{Disabled, Endpoint, Target};
use crate::wire::{NotificationKind, present};

const FIRST_GENERATION: i32 = 1;
/// Every notice is sent to each of them.
const MOST: usize = 20;

/// All webhook endpoints.
#[derive(Serialize, ToSchema)]
pub struct WebhookEndpointList {
    pub data: Vec<WebhookEndpointView>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewWebhookEndpoint)]
pub struct WebhookEndpointRequest {
    /// Beginning with https://, on the public internet or in a network that the service's operator has
    /// allowed. No redirect is followed.
    #[schema(
        min_length = 1,
        max_length = 2048,
        format = "uri",
        examples("https://hooks.acme.example/credits")
    )]
    url: String,
    /// Which kinds of notices to send. Left out: all, those to come included.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, min_items = 1, max_items = 32)]
    kinds: Option<Vec<NotificationKind>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 500,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]+$"
    )]
    description: Option<String>,
    /// Whether to send anything to it; switched on again, it is as good as new.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, default = true)]
    enabled: Option<bool>,
}

/// Make a webhook endpoint
///
/// From now on it is sent every notice of every account, or those of some kinds, as the `webhooks` of
/// this document say: at least once, in order for each account, ten times over about three days until it
/// answers with a status of success. The secret is in this answer and in no later one.
#[utoipa::path(
    operation_id = "create_webhook_endpoint",
    tag = "Administration",
    request_body(content = WebhookEndpointRequest, example = json!({
        "url": "https://hooks.acme.example/credits", "kinds": ["purchase.paid", "balance.low"]})),
    responses((status = 201, description = "The endpoint made.", body = WebhookEndpointView,
        example = json!({
            "id": "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", "url": "https://hooks.acme.example/credits",
            "kinds": ["purchase.paid", "balance.low"], "enabled": true, "owner": "admin-1",
            "created_at": "2026-11-23T09:00:00Z", "updated_at": "2026-11-23T09:00:00Z",
            "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwZJk5v2pUq1A="
        })))
)]
#[post("/v1/admin/webhook-endpoints")]
pub async fn create_webhook_endpoint(
    app: Data<App>,
    Admin(caller): Admin,
    Body(request): Body<WebhookEndpointRequest>,
) -> Result<HttpResponse, ApiError> {
    let sender = sender(&app)?;
    let now = app.clock.now();
    let endpoint = Endpoint {
        id: EndpointId::from_uuid(Uuid::now_v7()),
        url: String::new(),
        kinds: None,
        description: None,
        disabled: None,
        failing_since: None,
        is_untold: false,
        secret_generation: FIRST_GENERATION,
        previous_until: None,
        owner: caller.account_id,
        created_at: now,
        updated_at: now,
    };
    let endpoint = request.apply(&app, endpoint, now)?;
    if app.store.endpoints().await?.len() >= MOST {
        let code = ErrorCode::TooManyWebhookEndpoints;
        return Err(ApiError::new(code));
    }
    app.store.create_endpoint(&endpoint).await?;
    let secret = sender.key().webhook_secret(endpoint.id, FIRST_GENERATION);
    let view = WebhookEndpointView::from(&endpoint).with_secret(&secret.reveal());
    let location = format!("/v1/admin/webhook-endpoints/{}", endpoint.id);
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, location))
        .json(view))
}

/// All webhook endpoints
///
/// In the order in which they were made, those that are switched off included.
#[utoipa::path(
    operation_id = "list_webhook_endpoints",
    tag = "Administration",
    responses((status = 200, description = "The endpoints.", body = WebhookEndpointList,
        example = json!({"data": [{
            "id": "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", "url": "https://hooks.acme.example/credits",
            "enabled": true, "owner": "admin-1", "failing_since": "2026-11-23T11:30:00Z",
            "created_at": "2026-11-23T09:00:00Z", "updated_at": "2026-11-23T09:00:00Z"
        }]})))
)]
#[get("/v1/admin/webhook-endpoints")]
pub async fn list_webhook_endpoints(
    app: Data<App>,
    _caller: Admin,
) -> Result<Json<WebhookEndpointList>, ApiError> {
    let endpoints = app.store.endpoints().await?;
    Ok(Json(WebhookEndpointList {
        data: endpoints.iter().map(WebhookEndpointView::from).collect(),
    }))
}

/// A webhook endpoint
///
/// With since when nothing has got through to it, if so.
#[utoipa::path(
    operation_id = "get_webhook_endpoint",
    tag = "Administration",
    params(("id" = String, Path, description = "The endpoint's id.", format = "uuid",
        example = "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b")),
    responses((status = 200, description = "The endpoint.", body = WebhookEndpointView,
        example = json!({
            "id": "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", "url": "https://hooks.acme.example/credits",
            "enabled": false, "disabled_because": "failing", "owner": "admin-1",
            "failing_since": "2026-11-23T11:30:00Z",
            "created_at": "2026-11-23T09:00:00Z", "updated_at": "2026-11-28T11:30:00Z"
        })))
)]
#[get("/v1/admin/webhook-endpoints/{id}")]
pub async fn get_webhook_endpoint(
    app: Data<App>,
    _caller: Admin,
    id: Path<String>,
) -> Result<Json<WebhookEndpointView>, ApiError> {
    Ok(Json(WebhookEndpointView::from(&find(&app, &id).await?)))
}

/// Set a webhook endpoint
///
/// All that is named when one is made: what is left out is as it is when nothing is said. What happens while
/// it is switched off is not sent.
#[utoipa::path(
    operation_id = "update_webhook_endpoint",
    tag = "Administration",
    params(("id" = String, Path, description = "The endpoint's id.", format = "uuid",
        example = "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b")),
    request_body(content = WebhookEndpointRequest, example = json!({
        "url": "https://hooks.acme.example/credits", "enabled": false})),
    responses((status = 200, description = "The endpoint.", body = WebhookEndpointView,
        example = json!({
            "id": "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", "url": "https://hooks.acme.example/credits",
            "enabled": false, "disabled_because": "switched_off", "owner": "admin-1",
            "created_at": "2026-11-23T09:00:00Z", "updated_at": "2026-11-24T09:00:00Z"
        })))
)]
#[put("/v1/admin/webhook-endpoints/{id}")]
pub async fn update_webhook_endpoint(
    app: Data<App>,
    _caller: Admin,
    id: Path<String>,
    Body(request): Body<WebhookEndpointRequest>,
) -> Result<Json<WebhookEndpointView>, ApiError> {
    let endpoint = find(&app, &id).await?;
    let endpoint = request.apply(&app, endpoint, app.clock.now())?;
    if !app.store.update_endpoint(&endpoint).await? {
        return Err(ApiError::not_found("webhook endpoint"));
    }
    Ok(Json(WebhookEndpointView::from(&endpoint)))
}

/// Remove a webhook endpoint
///
/// Nothing more is sent to it; its deliveries can still be looked at.
#[utoipa::path(
    operation_id = "delete_webhook_endpoint",
    tag = "Administration",
    params(("id" = String, Path, description = "The endpoint's id.", format = "uuid",
        example = "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b")),
    responses((status = 204, description = "It is removed."))
)]
#[delete("/v1/admin/webhook-endpoints/{id}")]
pub async fn delete_webhook_endpoint(
    app: Data<App>,
    _caller: Admin,
    id: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let endpoint = find(&app, &id).await?;
    app.store.delete_endpoint(endpoint.id).await?;
    let target = Target::Endpoint(endpoint.id);
    let why = "the endpoint was removed";
    app.store.give_up_deliveries(target, why).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl WebhookEndpointRequest {
    /// The endpoint as it is to be.
    fn apply(self, app: &App, mut endpoint: Endpoint, now: Instant) -> Result<Endpoint, ApiError> {
        let url = sender(app)?.egress().check(&self.url);
        let url = url.map_err(|refusal| {
            let detail = format!("The body: url: {refusal}.");
            ApiError::with_detail(ErrorCode::InvalidWebhookUrl, detail)
        })?;
        endpoint.url = url.to_string();
        if self.kinds.as_ref().is_some_and(Vec::is_empty) {
            let detail = "The body: kinds names at least one, or is left out.";
            return Err(ApiError::with_detail(ErrorCode::InvalidBody, detail));
        }
        let kinds = self.kinds.map(Vec::into_iter);
        endpoint.kinds = kinds.map(|kinds| kinds.map(Kind::from).collect());
        endpoint.description = texts::description(self.description)?;
        if self.enabled.unwrap_or(true) {
            if endpoint.disabled.take().is_some() {
                endpoint.failing_since = None;
                endpoint.is_untold = false;
            }
        } else {
            endpoint.disabled.get_or_insert(Disabled::SwitchedOff);
        }
        endpoint.updated_at = now;
        Ok(endpoint)
    }
}

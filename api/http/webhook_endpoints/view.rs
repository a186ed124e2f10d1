//! A webhook endpoint on the wire.

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::store::{Disabled, Endpoint};
use crate::wire::{InstantView, NotificationKind};

/// Where the platform's own systems are sent what happens.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEndpoint)]
pub struct WebhookEndpointView {
    pub id: Uuid,
    #[schema(format = "uri", examples("https://hooks.acme.example/credits"))]
    pub url: String,
    /// Which kinds of notices it is sent. Absent: all, those to come included.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub kinds: Option<Vec<NotificationKind>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub description: Option<String>,
    /// Whether anything is sent to it.
    pub enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub disabled_because: Option<DisabledView>,
    /// Since when nothing has got through; after five days it is disabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub failing_since: Option<InstantView>,
    /// Until when the secret before the last rotation is good too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub previous_secret_until: Option<InstantView>,
    /// The account of whoever made it: it is told when the endpoint is disabled.
    pub owner: String,
    pub created_at: InstantView,
    pub updated_at: InstantView,
    /// What signatures are checked with. Shown when it is made and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        pattern = "^whsec_[A-Za-z0-9+/]+=*$",
        examples("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwZJk5v2pUq1A=")
    )]
    pub secret: Option<String>,
}

/// Why nothing is sent to it.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookEndpointDisabled)]
pub enum DisabledView {
    /// By an administrator.
    SwitchedOff,
    /// Nothing got through for five days.
    Failing,
    /// It answered 410.
    Gone,
}

impl From<Disabled> for DisabledView {
    fn from(because: Disabled) -> DisabledView {
        match because {
            Disabled::SwitchedOff => DisabledView::SwitchedOff,
            Disabled::Failing => DisabledView::Failing,
            Disabled::Gone => DisabledView::Gone,
        }
    }
}

impl From<&Endpoint> for WebhookEndpointView {
    fn from(endpoint: &Endpoint) -> WebhookEndpointView {
        let kinds = endpoint.kinds.as_ref();
        WebhookEndpointView {
            id: endpoint.id.uuid(),
            url: endpoint.url.clone(),
            kinds: kinds.map(|kinds| kinds.iter().map(|kind| (*kind).into()).collect()),
            description: endpoint.description.clone(),
            enabled: endpoint.disabled.is_none(),
            disabled_because: endpoint.disabled.map(DisabledView::from),
            failing_since: endpoint.failing_since.map(InstantView::from),
            previous_secret_until: endpoint.previous_until.map(InstantView::from),
            owner: endpoint.owner.to_string(),
            created_at: endpoint.created_at.into(),
            updated_at: endpoint.updated_at.into(),
            secret: None,
        }
    }
}

impl WebhookEndpointView {
    pub fn with_secret(mut self, secret: &SecretString) -> WebhookEndpointView {
        self.secret = Some(secret.expose_secret().to_owned());
        self
    }
}

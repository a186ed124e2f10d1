//! What an account's owner wants to hear of.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, put};
use ledger::command::{Action, Command, Outcome, Preferences};
use ledger::credits::Credits;
use ledger::notice::{Audience, Choices, Kind, LowBalance};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::{Buyer, Reader};
use crate::http::error::{ApiError, ErrorCode};
use crate::http::idempotency::{self, IdempotencyKey};
use crate::wire::{CreditsView, NotificationKind, present};

/// What the account's owner wants to hear of.
#[derive(Serialize, ToSchema)]
#[schema(as = NotificationPreferences)]
pub struct PreferencesView {
    /// They are told when less than one of these is available, ascending.
    pub low_balance: Vec<CreditsView>,
    /// Every kind of notice, and where it is told.
    pub kinds: Vec<KindChoice>,
}

/// Where notices of a kind are told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NotificationChoice)]
pub struct KindChoice {
    pub kind: NotificationKind,
    /// In the feed and the live stream.
    pub in_feed: bool,
    /// To the address that the platform has for the account, if it has one.
    pub by_email: bool,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewNotificationPreferences)]
pub struct PreferencesRequest {
    /// Tell when less than one of these is available: each once, when it is fallen below, and again
    /// after the balance was a tenth above it. None: never.
    #[schema(max_items = 5)]
    low_balance: Vec<Threshold>,
    /// What is not named here is told as usual: everything in the feed, and by e-mail everything but
    /// `balance.recovered` and `credits.given`.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false, max_items = 32)]
    kinds: Option<Vec<KindChoice>>,
}

/// Credits that are named in a request.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(examples("100"), pattern = r"^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$")]
struct Threshold(String);

/// The caller's preferences
///
/// Below how much they are told that little is left, and which kinds of notices reach them where.
#[utoipa::path(
    operation_id = "get_notification_preferences",
    tag = "Notifications",
    responses((status = 200, description = "The preferences.", body = PreferencesView,
        example = json!({"low_balance": ["100"],
            "kinds": [{"kind": "purchase.paid", "in_feed": true, "by_email": true}]})))
)]
#[get("/v1/notification-preferences")]
pub async fn get_notification_preferences(
    app: Data<App>,
    Reader(caller): Reader,
) -> Result<Json<PreferencesView>, ApiError> {
    let holdings = app.store.holdings(&caller.account_id, app.clock.now());
    let account = holdings.await?.account.clone();
    let (low_balance, choices) = match account {
        Some(account) => (account.low_balance, account.choices),
        None => (LowBalance::default(), Choices::default()),
    };
    Ok(Json(view(&Preferences {
        low_balance: low_balance.thresholds().to_vec(),
        choices,
    })))
}

/// Set the caller's preferences
///
/// All of them at once.
#[utoipa::path(
    operation_id = "update_notification_preferences",
    tag = "Notifications",
    request_body(content = PreferencesRequest, example = json!({"low_balance": ["10", "100"],
        "kinds": [{"kind": "credits.expired", "in_feed": true, "by_email": false}]})),
    responses((status = 200, description = "The preferences.", body = PreferencesView,
        example = json!({"low_balance": ["10", "100"],
            "kinds": [{"kind": "credits.expired", "in_feed": true, "by_email": false}]})))
)]
#[put("/v1/notification-preferences")]
pub async fn update_notification_preferences(
    app: Data<App>,
    Buyer(caller): Buyer,
    key: IdempotencyKey,
    Body(request): Body<PreferencesRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let command = Command {
        account_id: caller.account_id.clone(),
        key: Some(key),
        action: Action::SetPreferences(request.read()?),
    };
    let render = idempotency::render(|outcome| match outcome {
        Outcome::PreferencesSet(preferences) => idempotency::ok(&view(preferences)),
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

impl PreferencesRequest {
    fn read(&self) -> Result<Preferences, ApiError> {
        let thresholds: Result<Vec<Credits>, ApiError> =
            self.low_balance.iter().map(Threshold::read).collect();
        let mut choices = Choices::default();
        let mut named = Vec::new();
        for choice in self.kinds.iter().flatten() {
            if named.contains(&choice.kind) {
                let detail = format!("The body: kinds: {} is named twice.", choice.kind.as_str());
                return Err(ApiError::with_detail(ErrorCode::InvalidSettings, detail));
            }
            named.push(choice.kind);
            let audience = Audience {
                feed: choice.in_feed,
                mail: choice.by_email,
            };
            choices.choose(choice.kind.into(), audience);
        }
        Ok(Preferences {
            low_balance: thresholds?,
            choices,
        })
    }
}

impl Threshold {
    fn read(&self) -> Result<Credits, ApiError> {
        self.0.parse().map_err(|error| {
            let detail = format!("The body: low_balance: {error}.");
            ApiError::with_detail(ErrorCode::InvalidBody, detail)
        })
    }
}

fn view(preferences: &Preferences) -> PreferencesView {
    let thresholds = preferences.low_balance.iter().copied();
    let choice = |kind: Kind| {
        let audience = preferences.choices.audience(kind);
        KindChoice {
            kind: kind.into(),
            in_feed: audience.feed,
            by_email: audience.mail,
        }
    };
    PreferencesView {
        low_balance: thresholds.map(CreditsView::from).collect(),
        kinds: Kind::ALL.into_iter().map(choice).collect(),
    }
}

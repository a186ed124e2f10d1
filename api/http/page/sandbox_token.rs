//! The sign-in of a sandbox: whoever opens the page is a user of it. Outside sandbox mode this is no path
//! at all; there the platform's identity provider signs people in.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use ledger::instant::Instant;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::http::error::{ApiError, ErrorCode};
use crate::http::fallback::{self, Routes};
use crate::http::query::Query;
use crate::page::SANDBOX_TTL_SECONDS;
use crate::wire::InstantView;

/// Who opens the page without saying who they are.
const ACCOUNT: &str = "user-1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxTokenQuery {
    account: Option<String>,
}

#[derive(Serialize)]
struct SandboxToken<'a> {
    access_token: &'a str,
    expires_at: InstantView,
}

#[post("/sandbox/token")]
pub async fn create_sandbox_token(
    app: Data<App>,
    request: HttpRequest,
    routes: Data<Routes>,
    Query(query): Query<SandboxTokenQuery>,
) -> Result<HttpResponse, ApiError> {
    let account = query.account.unwrap_or_else(|| ACCOUNT.to_owned());
    let now = app.clock.now().unix_seconds();
    let page = app.page.as_ref();
    let token = page.and_then(|page| page.sandbox_token(account, now));
    let token = token.ok_or_else(|| fallback::nothing_at(&request, &routes))?;
    let token = token
        .map_err(|refusal| ApiError::with_detail(ErrorCode::InvalidQuery, refusal.to_string()))?;
    let expires_at = now
        .checked_add(SANDBOX_TTL_SECONDS)
        .and_then(Instant::from_unix_seconds);
    let expires_at = expires_at.ok_or_else(|| ApiError::internal(&"the clock is out of range"))?;
    Ok(HttpResponse::Ok().json(SandboxToken {
        access_token: token.expose_secret(),
        expires_at: expires_at.into(),
    }))
}

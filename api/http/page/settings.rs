//! What the page has to know before it can ask the API anything: where that is, where tokens come from,
//! and what people know the platform by. Whoever serves the files elsewhere puts a file of their own there.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;

use crate::app::App;
use crate::auth::token::Mint;
use crate::config::Settings;
use crate::http::error::ApiError;
use crate::http::fallback::{self, Routes};

/// Where the sandbox's own sign-in is.
const SANDBOX_TOKEN: &str = "/sandbox/token";

/// The page as this process serves it.
pub struct Page {
    settings: PageSettingsView,
    /// What the page may load: `Content-Security-Policy`.
    pub(super) policy: String,
    /// In sandbox mode only.
    pub(super) mint: Option<Mint>,
}

#[derive(Serialize)]
struct PageSettingsView {
    /// Empty: where the page came from.
    api_url: &'static str,
    token_url: String,
    sign_in_url: Option<String>,
    product_name: String,
    sandbox: bool,
}

impl Page {
    /// `None` where the page could not get a token.
    pub fn of(settings: &Settings) -> Option<Page> {
        let mint = Mint::of(settings).ok();
        let own = mint.as_ref().map(|_| SANDBOX_TOKEN.to_owned());
        let token_url = settings.page.token_url.clone().or(own)?;
        Some(Page {
            policy: Page::policy(&token_url),
            settings: PageSettingsView {
                api_url: "",
                token_url,
                sign_in_url: settings.page.sign_in_url.clone(),
                product_name: settings.delivery.product_name.clone(),
                sandbox: mint.is_some(),
            },
            mint,
        })
    }

    /// Whether its files are part of this build.
    pub fn is_built() -> bool {
        super::files::are_here()
    }
}

#[get("/page.json")]
pub async fn page_settings(
    app: Data<App>,
    request: HttpRequest,
    routes: Data<Routes>,
) -> Result<HttpResponse, ApiError> {
    match &app.page {
        Some(page) => Ok(HttpResponse::Ok().json(&page.settings)),
        None => Err(fallback::nothing_at(&request, &routes)),
    }
}

//! What the page has to know before it can ask the API anything: where that is, where tokens come from,
//! and what people know the platform by.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};

use crate::app::App;
use crate::http::error::ApiError;
use crate::http::fallback::{self, Routes};

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

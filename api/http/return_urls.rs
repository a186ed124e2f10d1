//! Where a buyer comes back to: the platform's own pages, or a plain one of ours. A URL is only
//! ever handed to Stripe, for the browser of the person who asked for it.

use actix_web::{HttpResponse, get};
use url::Url;

use super::error::{ApiError, ErrorCode};

const LONGEST: usize = 2048;

/// As the caller gave them.
pub struct ReturnUrls<'a> {
    pub success: Option<&'a str>,
    pub cancel: Option<&'a str>,
}

/// The success and the cancel URL to use.
pub fn checked(urls: &ReturnUrls, public_url: &str) -> Result<(String, String), ApiError> {
    let own = |rest: &str| format!("{public_url}/checkout/return{rest}");
    let success = match urls.success {
        Some(url) => check("success_url", url)?,
        None => own("?session_id={CHECKOUT_SESSION_ID}"),
    };
    let cancel = match urls.cancel {
        Some(url) => check("cancel_url", url)?,
        None => own("?cancelled=1"),
    };
    Ok((success, cancel))
}

fn check(name: &str, text: &str) -> Result<String, ApiError> {
    let sound = text.len() <= LONGEST
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && Url::parse(text).is_ok_and(|url| {
            let is_web = matches!(url.scheme(), "http" | "https");
            is_web && url.has_host() && url.username().is_empty() && url.password().is_none()
        });
    if sound {
        return Ok(text.to_owned());
    }
    let detail =
        format!("The body: {name} is an absolute http or https URL of at most 2048 characters.");
    Err(ApiError::with_detail(ErrorCode::InvalidBody, detail))
}

/// For platforms that name no page of their own.
const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width\"><title>Back from the checkout</title>\
<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui;max-width:34rem;\
margin:18vh auto;padding:0 1.5rem}</style>\
<h1>You can close this page.</h1>\
<p>If you paid, your credits are there as soon as the payment is confirmed, usually within seconds. \
Your balance and your usage history show them.</p>";

#[get("/checkout/return")]
pub async fn return_page() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(PAGE)
}

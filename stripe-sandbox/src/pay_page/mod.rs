//! The hosted page behind a session's `url`: HTML and CSS without JavaScript. It never shows what the payer typed.

mod approve;
mod card_form;
mod html;
mod invoice;
mod order;
mod pages;
mod pay;
mod pdf;
mod receipt;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION, REFERRER_POLICY};
use actix_web::{HttpResponse, web};

pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/c/pay/{id}", web::get().to(pay::show))
        .route("/c/pay/{id}", web::post().to(pay::submit))
        .route("/c/authenticate/{id}", web::get().to(approve::show))
        .route("/c/authenticate/{id}", web::post().to(approve::submit))
        .route("/c/receipt/{id}", web::get().to(receipt::show))
        .route("/c/invoice/{id}", web::get().to(invoice::show))
        .route("/c/invoice/{id}/pdf", web::get().to(invoice::download));
}

/// What a browser gets.
pub(crate) enum Reply {
    Page(u16, String),
    Pdf(Vec<u8>),
    /// 303: the browser asks for the address with GET.
    SeeOther(String),
}

impl Reply {
    fn into_response(self) -> HttpResponse {
        match self {
            Reply::Page(status, page) => {
                HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK))
                    .content_type("text/html; charset=utf-8")
                    .insert_header((CACHE_CONTROL, "no-store"))
                    .insert_header((REFERRER_POLICY, "no-referrer"))
                    .insert_header((
                        CONTENT_SECURITY_POLICY,
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
                    ))
                    .body(page)
            }
            Reply::Pdf(file) => HttpResponse::Ok()
                .content_type("application/pdf")
                .insert_header((CACHE_CONTROL, "no-store"))
                .body(file),
            Reply::SeeOther(to) => HttpResponse::SeeOther().insert_header((LOCATION, to)).finish(),
        }
    }
}

//! The Credits page: static files that are part of the binary, what they have to know, and the sandbox's
//! own sign-in. The page is a client like any other; nothing here knows an account.

mod files;
mod sandbox_token;
mod settings;

use actix_web::middleware::Compress;
use actix_web::web::{self, ServiceConfig};

pub use settings::Page;

/// Where the page is, beside the API. There is none in production unless the platform says where it
/// gets tokens.
pub fn routes(routes: &mut ServiceConfig) {
    routes
        .service(files::index)
        .service(files::icon)
        .service(settings::page_settings)
        .service(sandbox_token::create_sandbox_token)
        .service(
            web::scope("/assets")
                .wrap(Compress::default())
                .service(files::asset),
        );
}

//! Where the Credits page is, beside the API, and the sandbox's own sign-in. None of it is there in
//! production unless the platform says where the page gets its tokens.

mod files;
mod sandbox_token;
mod settings;

use actix_web::web::ServiceConfig;

pub fn routes(routes: &mut ServiceConfig) {
    routes
        .service(files::index)
        .service(files::icon)
        .service(files::asset)
        .service(settings::page_settings)
        .service(sandbox_token::create_sandbox_token);
}

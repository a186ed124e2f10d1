//! Who is calling, as handlers ask for it: an extractor for each scope, so that a handler cannot
//! run without the right it needs.

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;

use super::error::ApiError;
use crate::app::App;
use crate::auth::{Caller, Scope};

async fn caller_with(request: HttpRequest, scope: Scope) -> Result<Caller, ApiError> {
    let app = request
        .app_data::<Data<App>>()
        .ok_or_else(|| ApiError::internal(&"the routes were mounted without the app"))?;
    let headers = request.headers().get_all(AUTHORIZATION);
    let now = app.clock.now().unix_seconds();
    let caller = app
        .authenticator
        .authenticate(headers.map(|value| value.as_bytes()), now)
        .await?;
    if caller.scopes.contains(scope) {
        Ok(caller)
    } else {
        Err(ApiError::missing_scope(scope.as_str()))
    }
}

macro_rules! caller {
    ($(#[$doc:meta])* $name:ident, $scope:expr) => {
        $(#[$doc])*
        pub struct $name(pub Caller);

        impl FromRequest for $name {
            type Error = ApiError;
            type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let request = request.clone();
                Box::pin(async move { Ok($name(caller_with(request, $scope).await?)) })
            }
        }
    };
}

caller!(
    /// May look at their own account.
    Reader,
    Scope::Read
);
caller!(
    /// May buy credits for their own account.
    Buyer,
    Scope::Purchase
);
caller!(
    /// May administer every account.
    Admin,
    Scope::Admin
);
caller!(
    /// May take credits from any account, for a service of the platform.
    Consumer,
    Scope::Consume
);

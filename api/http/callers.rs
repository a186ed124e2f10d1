//! Who is calling, as handlers ask for it: an extractor for each scope, so that a handler cannot
//! run without the right it needs.

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;

use super::error::ApiError;
use crate::app::App;
use crate::auth::{Caller, Scope};

/// Somebody whose token was found good, whatever it allows.
pub async fn authenticated(request: HttpRequest) -> Result<Caller, ApiError> {
    let app = request
        .app_data::<Data<App>>()
        .ok_or_else(|| ApiError::internal(&"the routes were mounted without the app"))?;
    let headers = request.headers().get_all(AUTHORIZATION);
    let now = app.clock.now().unix_seconds();
    let headers = headers.map(|value| value.as_bytes());
    Ok(app.authenticator.authenticate(headers, now).await?)
}

/// `scopes` are those of which one is needed; a refusal names the first.
fn with_one_of(caller: Caller, scopes: &[Scope]) -> Result<Caller, ApiError> {
    if scopes.iter().any(|scope| caller.scopes.contains(*scope)) {
        return Ok(caller);
    }
    let missing = scopes.first().map_or("", |scope| scope.as_str());
    Err(ApiError::missing_scope(missing))
}

macro_rules! caller {
    ($(#[$doc:meta])* $name:ident, $($scope:expr),+) => {
        $(#[$doc])*
        pub struct $name(pub Caller);

        impl $name {
            pub fn of(caller: Caller) -> Result<Self, ApiError> {
                with_one_of(caller, &[$($scope),+]).map($name)
            }
        }

        impl FromRequest for $name {
            type Error = ApiError;
            type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let request = request.clone();
                Box::pin(async move { $name::of(authenticated(request).await?) })
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
    /// May take credits from any account.
    Consumer,
    Scope::Consume
);
caller!(
    /// May ask what work would cost: for their own account, or as a service for any.
    Asker,
    Scope::Read,
    Scope::Consume
);
caller!(
    /// May administer every account.
    Admin,
    Scope::Admin
);

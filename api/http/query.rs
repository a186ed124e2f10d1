//! Query strings: nothing but the parameters an operation takes, each at most once.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use serde::de::DeserializeOwned;

use super::error::{ApiError, ErrorCode};

pub struct Query<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = web::Query::<T>::from_query(request.query_string());
        ready(
            parsed
                .map(|query| Query(query.into_inner()))
                .map_err(|error| {
                    ApiError::with_detail(ErrorCode::InvalidQuery, format!("The query: {error}."))
                }),
        )
    }
}

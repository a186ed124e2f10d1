//! Requests that no operation takes: 405 with `Allow` where the path exists with other methods,
//! 404 otherwise.

use actix_web::HttpRequest;
use actix_web::web::Data;
use serde_json::Value;

use super::error::{ApiError, ErrorCode};
use super::openapi::Document;

/// Every path of the API with its methods, read off the document.
#[derive(Clone)]
pub struct Routes(Vec<(Vec<Segment>, String)>);

#[derive(Clone, PartialEq, Eq)]
enum Segment {
    Fixed(String),
    Any,
}

impl Routes {
    pub fn of(document: &Document) -> Routes {
        let parsed: Value = serde_json::from_str(&document.0).unwrap_or_default();
        let paths = parsed.get("paths").and_then(Value::as_object);
        let routes = paths.into_iter().flatten().map(|(path, operations)| {
            let methods: Vec<String> = operations
                .as_object()
                .into_iter()
                .flat_map(|operations| operations.keys())
                .map(|method| method.to_ascii_uppercase())
                .collect();
            (segments(path), methods.join(", "))
        });
        Routes(routes.collect())
    }

    fn methods(&self, path: &str) -> Option<&str> {
        let asked: Vec<&str> = path.split('/').collect();
        let found = self.0.iter().find(|(segments, _)| {
            segments.len() == asked.len()
                && segments
                    .iter()
                    .zip(&asked)
                    .all(|(segment, part)| match segment {
                        Segment::Fixed(text) => text == part,
                        Segment::Any => !part.is_empty(),
                    })
        });
        found.map(|(_, methods)| methods.as_str())
    }
}

fn segments(path: &str) -> Vec<Segment> {
    path.split('/')
        .map(|part| {
            if part.starts_with('{') {
                Segment::Any
            } else {
                Segment::Fixed(part.to_owned())
            }
        })
        .collect()
}

pub async fn no_such_operation(
    request: HttpRequest,
    routes: Data<Routes>,
) -> Result<String, ApiError> {
    Err(nothing_at(&request, &routes))
}

pub fn nothing_at(request: &HttpRequest, routes: &Routes) -> ApiError {
    match routes.methods(request.path()) {
        Some(methods) => ApiError::method_not_allowed(methods),
        None => ApiError::with_detail(ErrorCode::NotFound, "There is no such path here."),
    }
}

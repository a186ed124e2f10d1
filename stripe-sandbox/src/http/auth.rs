//! The secret key, as Bearer token or as the user of Basic; nothing under `/v1` is answered without it.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::wire::error::ApiError;

pub(crate) fn check(request: &HttpRequest, secret_key: &str) -> Result<(), ApiError> {
    let Some(given) = given_key(request) else {
        return Err(ApiError::unauthorized(
            "You did not provide an API key. Send your secret key in the Authorization header, as a Bearer token or \
             as the user name of Basic authentication.",
        ));
    };
    if given == secret_key {
        Ok(())
    } else {
        Err(ApiError::unauthorized(format!(
            "Invalid API Key provided: {}",
            masked(&given)
        )))
    }
}

fn given_key(request: &HttpRequest) -> Option<String> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = header.split_once(' ')?;
    let key = if scheme.eq_ignore_ascii_case("bearer") {
        rest.trim().to_owned()
    } else if scheme.eq_ignore_ascii_case("basic") {
        let decoded = STANDARD.decode(rest.trim()).ok()?;
        let text = String::from_utf8(decoded).ok()?;
        text.split(':').next()?.to_owned()
    } else {
        return None;
    };
    (!key.is_empty()).then_some(key)
}

/// The prefix and the last four characters, as Stripe shows a wrong key.
fn masked(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let hidden_to = letters.len().saturating_sub(4);
    let masked = letters.into_iter().enumerate();
    masked
        .map(|(at, letter)| {
            if (8..hidden_to).contains(&at) {
                '*'
            } else {
                letter
            }
        })
        .collect()
}

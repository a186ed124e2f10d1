//! Words that callers write for people and for themselves: references, descriptions, reasons. They
//! are kept as they are, so none may hold a control character, which a log line or a database may
//! not take.

use super::error::{ApiError, ErrorCode};

const LONGEST_REFERENCE: usize = 255;
const LONGEST_WORDS: usize = 500;

/// The platform's own name for something.
pub fn reference(text: String) -> Result<String, ApiError> {
    fitting("reference", text, LONGEST_REFERENCE)
}

pub fn description(text: Option<String>) -> Result<Option<String>, ApiError> {
    text.map(|text| fitting("description", text, LONGEST_WORDS))
        .transpose()
}

/// Why something is done, without the blanks around it.
pub fn reason(text: &str) -> Result<String, ApiError> {
    fitting("reason", text.trim().to_owned(), LONGEST_WORDS)
}

fn fitting(member: &str, text: String, longest: usize) -> Result<String, ApiError> {
    let length = text.chars().count();
    if (1..=longest).contains(&length) && !text.chars().any(char::is_control) {
        return Ok(text);
    }
    let bounds = format!("1 to {longest} characters, none of them a control character");
    Err(ApiError::with_detail(
        ErrorCode::InvalidBody,
        format!("The body: {member} is {bounds}."),
    ))
}

//! From what was typed to what was meant: the page, and the platform that it is part of.

use super::settings::{Mode, PageSettings};
use super::values;
use super::{Config, ConfigError};

impl Config {
    pub(super) fn settle_page(&self, mode: Mode) -> Result<PageSettings, ConfigError> {
        let link = |variable, text| link(variable, text, mode);
        Ok(PageSettings {
            token_url: link("CREDITS_PAGE_TOKEN_URL", self.page_token_url.as_ref())?,
            sign_in_url: link("CREDITS_PAGE_SIGN_IN_URL", self.page_sign_in_url.as_ref())?,
        })
    }
}

/// A URL, or a path on the page's own origin. `//host/path` is neither, though browsers take it for a URL.
fn link(
    variable: &'static str,
    text: Option<&String>,
    mode: Mode,
) -> Result<Option<String>, ConfigError> {
    let Some(text) = values::given(text) else {
        return Ok(None);
    };
    let is_path = text.starts_with('/') && !text.starts_with("//");
    if is_path && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(Some(text.to_owned()));
    }
    let url = values::base_url(variable, text)?;
    if mode == Mode::Production && !values::is_private_enough(&url) {
        let problem = "is not https; tokens must not travel in the clear";
        return Err(ConfigError::new(variable, problem));
    }
    Ok(Some(url.to_string()))
}

//! Turns typed text into values: addresses, URLs, origins, counts. Says what is wrong with a text
//! without repeating it.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::ConfigError;

/// The file of the embedded database when no other is named.
const EMBEDDED_FILE: &str = "credits.db";

/// Where the ledger is kept.
#[derive(Debug, Clone)]
pub enum Database {
    /// Embedded, in this file.
    Sqlite(PathBuf),
    /// A server; the URL holds its password.
    Postgres(SecretString),
}

impl Database {
    /// The engine goes by the URL's scheme; one we do not know refuses to start.
    pub(super) fn parse(
        url: Option<&SecretString>,
        data_dir: &Path,
    ) -> Result<Database, ConfigError> {
        let refuse = |problem| Err(ConfigError::new("CREDITS_DATABASE_URL", problem));
        let embedded = || Ok(Database::Sqlite(data_dir.join(EMBEDDED_FILE)));
        let Some(url) = url else { return embedded() };
        let text = url.expose_secret().trim();
        match text.split_once("://") {
            Some(("sqlite", "")) => embedded(),
            Some(("sqlite", path)) if path.contains(['?', '#', ':']) => {
                refuse("takes a plain path after sqlite://, no options")
            }
            Some(("sqlite", path)) => Ok(Database::Sqlite(PathBuf::from(path))),
            Some(("postgres" | "postgresql", _)) => match tokio_postgres::Config::from_str(text) {
                Ok(_) => Ok(Database::Postgres(SecretString::from(text))),
                Err(_) => refuse("is not a PostgreSQL connection URL"),
            },
            _ => refuse("must begin with sqlite:// or postgres://"),
        }
    }

    /// Whether one process at a time may use it.
    pub fn is_embedded(&self) -> bool {
        matches!(self, Database::Sqlite(_))
    }
}

/// Absent when nothing, or only blanks, was typed: `VARIABLE=` in a compose file means "unset".
pub(super) fn given(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

pub(super) fn given_or<'a>(text: &'a str, default: &'a str) -> &'a str {
    match text.trim() {
        "" => default,
        text => text,
    }
}

pub(super) fn given_secret(secret: Option<SecretString>) -> Option<SecretString> {
    let secret = secret?;
    let trimmed = secret.expose_secret().trim();
    (!trimmed.is_empty()).then(|| SecretString::from(trimmed))
}

pub(super) fn address(variable: &'static str, text: &str) -> Result<SocketAddr, ConfigError> {
    let problem = "is not an address and port, such as 127.0.0.1:8080";
    text.parse()
        .map_err(|_| ConfigError::new(variable, problem))
}

pub(super) fn address_or_off(
    variable: &'static str,
    text: &str,
) -> Result<Option<SocketAddr>, ConfigError> {
    match text {
        "off" => Ok(None),
        text => address(variable, text).map(Some),
    }
}

pub(super) fn count(
    variable: &'static str,
    text: &str,
    range: RangeInclusive<usize>,
) -> Result<usize, ConfigError> {
    let number = text.parse().ok();
    number
        .filter(|number| range.contains(number))
        .ok_or(ConfigError::new(
            variable,
            "is not a whole number in its range",
        ))
}

/// Numbers of days, each at most a year; descending, each once.
pub(super) fn days(variable: &'static str, text: &str) -> Result<Vec<u16>, ConfigError> {
    let day = |text: &str| {
        text.trim()
            .parse()
            .ok()
            .filter(|days| (1..=365).contains(days))
    };
    let days: Option<BTreeSet<u16>> = text.split(',').map(day).collect();
    let problem = "is not a list of whole numbers from 1 to 365";
    let days = days.ok_or(ConfigError::new(variable, problem))?;
    Ok(days.into_iter().rev().collect())
}

/// A base URL of http or https, with nothing in it that a base URL has no use for.
pub(super) fn base_url(variable: &'static str, text: &str) -> Result<Url, ConfigError> {
    let refuse = |problem| ConfigError::new(variable, problem);
    let url = Url::parse(text).map_err(|_| refuse("is not a URL"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(refuse(
            "must begin with http:// or https:// and name a host",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("must not carry a user name or password"));
    }
    if url.fragment().is_some() {
        return Err(refuse("must not carry a fragment"));
    }
    Ok(url)
}

/// Plain http is for this machine alone.
pub(super) fn is_private_enough(url: &Url) -> bool {
    url.scheme() == "https" || is_this_machine(url)
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(url::Host::Ipv6(address)) => address.is_loopback() || address.is_unspecified(),
        None => false,
    }
}

/// A sandbox learns every key that it is called with, and keeps what it is told in a file: no place
/// for a key that moves money. It runs on this machine, or under a name that says what it is.
pub(super) fn check_place_for_a_live_key(url: &Url) -> Result<(), &'static str> {
    if url.scheme() != "https" {
        return Err("is not https; a live key must not travel in the clear");
    }
    let names_a_sandbox = match url.host() {
        Some(url::Host::Domain(name)) => name.contains("sandbox"),
        _ => false,
    };
    if names_a_sandbox || is_this_machine(url) {
        return Err("is the place of a sandbox; a live key belongs to Stripe alone");
    }
    Ok(())
}

/// Origins as a browser sends them: the comparison at run time is of bytes, so a look-alike
/// (a path, a capital, a default port, `null`, `*`) would silently never match.
pub(super) fn origins(text: Option<&str>) -> Result<Vec<String>, ConfigError> {
    let exact = |entry: &str| {
        let url = Url::parse(entry).ok()?;
        let web = matches!(url.scheme(), "http" | "https");
        let exact = url.origin().ascii_serialization() == entry;
        // A star is a legal character of a URL's host, and would look like a promise.
        (web && exact && !entry.contains('*')).then(|| entry.to_owned())
    };
    let entries = text.into_iter().flat_map(|text| text.split(','));
    entries
        .map(|entry| {
            exact(entry.trim()).ok_or(ConfigError::new(
                "CREDITS_CORS_ORIGINS",
                "has an entry that is not an exact origin, such as https://app.example.com",
            ))
        })
        .collect()
}

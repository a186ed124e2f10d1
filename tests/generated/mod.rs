//! Files that are made from the code are held to it, byte for byte. `make generate` rewrites them.

use std::fs;
use std::path::Path;

use credits::config::configuration_page;
use credits::delivery::mail::mails_page;
use credits::http::error::errors_page;
use credits::http::openapi;
use credits::payments::declines_page;

mod fixtures;

fn holds(file: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "{file} is not what the code makes: run `make generate`"
    );
}

#[test]
fn the_openapi_document_in_the_tree_is_the_one_that_is_served() {
    holds("openapi/openapi.json", &openapi::document());
}

#[test]
fn the_page_of_errors_is_the_table_of_errors() {
    holds("docs/ERRORS.md", &errors_page());
}

#[test]
fn the_page_of_declined_cards_is_the_table_of_declines() {
    holds("docs/DECLINES.md", &declines_page());
}

#[test]
fn the_page_of_variables_is_what_the_command_line_takes() {
    holds("docs/CONFIGURATION.md", &configuration_page());
}

#[test]
fn the_page_of_mails_is_what_people_are_written() {
    holds("docs/MAILS.md", &mails_page().unwrap());
}

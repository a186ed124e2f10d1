//! The house's rules that a compiler doesn't know, held by reading the source.

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below a folder of the tree, with its path from the root and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join(folder)];
    let mut files = Vec::new();
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!files.is_empty(), "{folder} has no sources");
    files.sort();
    files
}

/// Asserts that none of the words stands in a file of `folder` outside `allowed`.
fn stands_only_in(words: &[&str], folder: &str, allowed: &[&str]) {
    let mut wrong = Vec::new();
    for (name, text) in sources(folder) {
        if allowed.iter().any(|room| name.starts_with(room)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if let Some(word) = words.iter().find(|word| code.contains(**word)) {
                wrong.push(format!("{name}:{}: {word}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "not in their room:\n{}", wrong.join("\n"));
}

#[test]
fn sql_stands_only_in_the_store() {
    let words = [
        "diesel::",
        "diesel_async::",
        "tokio_postgres::",
        "sql_query",
    ];
    // Whether a database URL can be read is known to its client alone.
    stands_only_in(&words, "api", &["api/store/", "api/config/values.rs"]);
}

#[test]
fn types_of_stripes_client_stand_only_with_the_client() {
    let words = [
        "stripe_checkout::",
        "stripe_shared::",
        "async_stripe::",
        "stripe::Client",
    ];
    stands_only_in(
        &words,
        "api",
        &["api/payments/stripe", "api/payments/states.rs"],
    );
}

#[test]
fn statuses_are_decided_only_in_http() {
    stands_only_in(
        &["actix_web::http::StatusCode", "HttpResponse"],
        "api",
        &["api/http/", "api/observe.rs"],
    );
}

#[test]
fn the_wall_clock_is_read_only_by_the_clock() {
    stands_only_in(&["SystemTime::now", "now_utc()"], "api", &["api/clock.rs"]);
}

#[test]
fn only_the_writer_asks_the_store_to_write_credits() {
    // Nothing is written without saying what is wanted under lock.
    stands_only_in(&["Wanted"], "api", &["api/writer/", "api/store/"]);
}

#[test]
fn the_ledger_knows_no_database_network_clock_or_chance() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("ledger/Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let (_, rest) = manifest.split_once("[dependencies]").unwrap();
    let (dependencies, _) = rest.split_once("\n[").unwrap();
    let names: Vec<&str> = dependencies
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .collect();
    assert_eq!(
        names,
        ["bigdecimal", "jiff", "sha2", "thiserror", "time", "uuid"]
    );
    let words = [
        "async ",
        "std::fs",
        "std::net",
        "std::thread",
        "std::env",
        "new_v4",
        "now_v7",
    ];
    stands_only_in(&words, "ledger/src", &[]);
}

#[test]
fn a_release_cannot_be_told_to_die() {
    let steps = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("api/steps.rs"));
    let steps = steps.unwrap();
    // Whatever can kill is in one file, and that file is named, and called, in debug builds only.
    assert!(steps.contains("#[cfg(debug_assertions)]\nmod kill;"));
    assert!(steps.contains("#[cfg(debug_assertions)]\npub fn reached("));
    assert!(steps.contains("pub const fn reached(_: Step) {}"));
    let words = ["CREDITS_KILL_AT", "rustix::", "Signal::KILL"];
    stands_only_in(&words, "api", &["api/steps/kill.rs"]);
}

#[test]
fn every_file_begins_by_saying_what_it_is_for() {
    for folder in ["api", "ledger", "simulation", "stripe-sandbox", "tests"] {
        for (name, text) in sources(folder) {
            assert!(
                text.starts_with("//!"),
                "{name} has no sentence at its head"
            );
        }
    }
}

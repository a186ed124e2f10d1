//! A release embeds the page: when its files come, change or go, the service is compiled anew. A debug build
//! reads them where they are.

use std::path::Path;

fn main() {
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    // A path that is not there would have every build begin anew; until the page is built, what it is made of
    // stands in for it.
    let watched = match release {
        true if Path::new("web/dist").exists() => "web/dist",
        true => "web",
        false => "build.rs",
    };
    println!("cargo::rerun-if-changed={watched}");
}

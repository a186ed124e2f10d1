//! What the service does, seen from outside its modules. One binary, so that it links once.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

#[macro_use]
mod support;

mod generated;
mod http;
mod process;
mod simulation;
mod store;
mod tidy;

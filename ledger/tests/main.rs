//! What the ledger promises, each promise one test. One binary, so that it links once.
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

mod decide;
mod forecast;
mod pricing;
mod promotion;
mod purchase;
mod rating;
mod recharge;
mod simulation;
mod values;

//! What tests of several subjects stand on.

#[macro_use]
pub mod databases;
pub mod decisions;
pub mod postgres;
pub mod process;

//! A client of the Credits API.
//!
//! Credits are decimal strings, as the service counts them: hand them to a decimal type, never to a float. Quantities of
//! work are `f64`, which keeps fifteen digits.

mod client;
mod error;
mod history;
pub mod models;
mod operations;
mod transport;
mod webhook;

pub use client::{Builder, Client};
pub use error::{Error, code};
pub use history::UsageHistory;
pub use transport::new_idempotency_key;
pub use webhook::verify_webhook;

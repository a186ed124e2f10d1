//! Random stories for the ledger, and a plain model that says how each must go.
//!
//! A [`Generator`] invents batches of requests, with an eye on the model for where things become
//! tight. The requests go to the ledger and to the model; the answers, every new entry and every row
//! must agree, and the [`Auditor`] finds nothing amiss in the rows themselves. A story that fails is
//! made as short as it goes, and shown as the Rust that tells it again.
//!
//! [`simulate`] does all that in memory. A [`Script`] does the model's half for a store of any other
//! kind: it hands out commands, and checks the answers and rows that come back.
//!
//! For tests only: nothing here is part of the service.
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a simulation that panics has failed, which is what it is for"
)]

mod auditor;
mod check;
mod coverage;
mod generator;
mod memory;
mod model;
mod offers;
mod rows;
mod script;
mod shown;
mod shrink;
mod simulate;
mod story;
mod telling;
mod words;

pub use auditor::Auditor;
pub use check::Checked;
pub use coverage::Coverage;
pub use generator::Generator;
pub use memory::{Memory, Stored};
pub use rows::{Indexes, Rows};
pub use script::{Answer, Script};
pub use shown::lines;
pub use shrink::shrink;
pub use simulate::{Failure, Told, simulate};
pub use story::*;
pub use telling::{ACCOUNTS, tell, words_of};

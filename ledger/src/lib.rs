//! Decides everything about credits.

mod ids;

pub use ids::{AccountId, InvalidAccountId};

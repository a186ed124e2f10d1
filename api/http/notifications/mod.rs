//! What an account's owner is told: the feed, what of it was read, and what they want to hear of.

pub mod feed;
pub mod preferences;

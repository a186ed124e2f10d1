//! What tests of several subjects stand on.

#[macro_use]
pub mod databases;
#[macro_use]
pub mod app;
pub mod agents;
pub mod callers;
pub mod cards;
pub mod client;
pub mod commands;
pub mod decisions;
pub mod events;
pub mod polling;
pub mod postgres;
pub mod process;
pub mod promotions;
pub mod purchases;
pub mod raw;
pub mod receiver;
pub mod streams;
pub mod work;

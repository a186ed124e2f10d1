//! Debits: work paid for in one step, one at a time or in batches, looked at and given back.

pub mod batch;
pub mod create;
pub mod refund;
mod request;
pub mod show;

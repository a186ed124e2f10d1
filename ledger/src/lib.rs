//! Decides everything about credits, and touches nothing: no clock, database, network or
//! randomness. Ids and time come in; outcomes, rejections and changed state go out.
//!
//! Start at [`decide::decide`]. [`account::State`] is what it works on, [`command::Command`] what
//! can be asked, [`rejection::Rejection`] why not, [`purchase`] how Stripe's word becomes credits,
//! and [`rating`] what work costs.

pub mod account;
pub mod calendar;
pub mod command;
pub mod credits;
pub mod decide;
mod decimal;
pub mod entry;
mod exact;
pub mod forecast;
pub mod hold;
pub mod ids;
pub mod instant;
pub mod limit;
pub mod lot;
pub mod lots;
pub mod money;
pub mod notice;
pub mod outlook;
pub mod pricing;
pub mod promotion;
pub mod purchase;
pub mod rating;
pub mod recharge;
pub mod rejection;
pub mod replay;
pub mod summary;
pub mod usage;

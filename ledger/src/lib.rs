//! Decides everything about credits, and touches nothing: no clock, database, network or
//! randomness. Ids and time come in; outcomes, rejections and changed state go out.
//!
//! Start at [`decide::decide`]. [`account::State`] is what it works on, [`command::Command`] what
//! can be asked, [`rejection::Rejection`] why not, and [`purchase`] how Stripe's word becomes
//! credits.

pub mod account;
pub mod calendar;
pub mod command;
pub mod credits;
pub mod decide;
pub mod entry;
mod exact;
pub mod forecast;
pub mod ids;
pub mod instant;
pub mod lot;
pub mod money;
pub mod outlook;
pub mod pricing;
pub mod purchase;
pub mod rejection;
pub mod replay;

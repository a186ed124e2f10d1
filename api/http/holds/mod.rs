//! Holds: credits set aside for work under way, then captured for what it cost, or released.

pub mod capture;
pub mod change;
pub mod create;
mod request;
pub mod show;
mod submit;
mod view;

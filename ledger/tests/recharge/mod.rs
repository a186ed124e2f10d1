//! Auto-recharge: what it may try, what stops it, and how rarely it asks a card that says no.

mod declines;
mod policy;
mod table;
mod year;

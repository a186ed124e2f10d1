//! `decide`, told in tables: a line for each command, what came of it, and the entries it booked.

mod adjustments;
mod expiry;
mod invariants;
mod keys;
mod properties;
mod purchases;
mod table;
mod words;

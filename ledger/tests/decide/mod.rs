//! `decide`, told in tables: a line for each command, what came of it, and the entries it booked.

mod adjustments;
mod any_command;
mod asking;
mod captures;
mod codes;
mod configure;
mod debits;
mod debt;
mod expiry;
mod explanations;
mod hold_grid;
mod holds;
mod invariants;
mod keys;
mod limits;
mod overage;
mod promotions;
mod properties;
mod purchases;
mod refunds;
mod reversals;
mod table;
mod telling;
mod windows;
mod words;
mod writer;

//! Amounts, instants, currencies and cycles.

mod credits;
mod cycle;
mod instant;
mod leap_years;
mod money;

//! Amounts, instants, currencies and calendars.

mod bucket;
mod calendar_changes;
mod calendar_cycles;
mod calendar_dates;
mod calendar_zones;
mod credits;
mod hashes;
mod ids;
mod instant;
mod leap_years;
mod money;
mod outlook;
mod summary;

//! Amounts, instants, currencies and calendars.

mod calendar_changes;
mod calendar_cycles;
mod calendar_dates;
mod calendar_zones;
mod credits;
mod instant;
mod leap_years;
mod money;

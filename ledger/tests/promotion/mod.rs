//! Promotion codes: how they are written, what they make of an offer, and how uses are counted.

mod codes;
mod effects;
mod uses;

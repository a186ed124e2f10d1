//! The ledger held against the plain model of `simulation`: in random stories, and in those that once
//! told of a defect.

mod found;
mod random;

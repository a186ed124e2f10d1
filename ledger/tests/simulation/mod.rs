//! The ledger held against the plain model of `simulation`: in stories that once told of a defect.

mod found;

//! Every query, written once and compiled once for each engine: `postgres.rs` and `sqlite.rs` each
//! include this folder, and supply `Conn` and the little in which the engines differ. A query
//! lives here unless it cannot.

pub mod administration;
pub mod audit;
pub mod catalogue;
pub mod consumption;
pub mod contacts;
pub mod cursor;
pub mod deliveries;
pub mod endpoints;
pub mod history;
pub mod housekeeping;
pub mod inbox;
pub mod lags;
pub mod load;
pub mod lot_ends;
pub mod notices;
pub mod outbox;
pub mod persist;
pub mod promotions;
pub mod purchases;
pub mod reads;
pub mod recharges;
pub mod uses;
pub mod verify;

use super::{Conn, Glance, find, store};

//! The database, on both engines: what is written is what is read, and what is wrong is found.

mod catalogue;
mod history;
mod lot_ends;
mod migrations;
mod notices;
mod outbox;
mod reads;
mod recharges;
mod remembered;
mod schema;
mod usage;
mod verify;
mod verify_promotions;
mod verify_purchases;
mod verify_work;
mod writes;
mod writes_promotions;
mod writes_purchases;

//! The database, on both engines: what is written is what is read, and what is wrong is found.

mod catalogue;
mod migrations;
mod reads;
mod schema;
mod verify;
mod verify_purchases;
mod writes;
mod writes_purchases;

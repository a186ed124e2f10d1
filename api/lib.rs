//! The credits service.

pub mod clock;
pub mod config;
pub mod data_dir;
pub mod payments;
pub mod store;
pub mod workers;
pub mod writer;
pub mod http {
    //! What callers see of the service.
    pub mod auth;
}

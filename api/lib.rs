//! The credits service.

pub mod config;
pub mod data_dir;
pub mod store;
pub mod verify;
pub mod http {
    //! What callers see of the service.
    pub mod auth;
}
pub mod payments {
    //! Money, through Stripe.
    pub mod signature;
}

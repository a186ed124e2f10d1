//! Buyers and an administrator who go on while the service dies under them, and the reckoning
//! afterwards. What was paid is asked of the Stripe sandbox; what was granted, of the service.

mod people;
mod reckoning;

pub use people::{People, pay};
pub use reckoning::{reckon, settled};

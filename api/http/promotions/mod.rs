//! Promotion codes and promotional grants: what a code does to an offer, codes as administrators see
//! and set them, and credits that administrators give.

pub mod codes;
pub mod grants;
pub mod left_behind;
pub mod offer;
pub mod request;
mod view;

pub use view::BuyersPromotionView;

//! Promotion codes: what a code takes off a price or adds to a purchase, and when it may be used.
//!
//! **When a use counts.** A code is used once for each purchase that was opened with it: reserved as
//! the purchase is opened, given back when the purchase expires or fails, and kept for good once it is
//! paid, whatever happens to the money later. A purchase that is paid after it gave its use back takes
//! it again, even past the code's limits: what was agreed when it was opened stays agreed, because the
//! terms are a snapshot.
//!
//! How often an account used a code is read off its own purchases; how often all accounts did is one
//! number in the code's row. Both are judged when a purchase is opened and never again.

mod code;
mod effect;
mod known;
mod refusal;
mod standing;
mod terms;

pub use code::{CodeIsMalformed, PromotionCode};
pub use effect::{Effect, Percent, PercentIsOutOfRange};
pub use known::Promotions;
pub use refusal::PromotionRefusal;
pub use standing::{Standing, Uses};
pub use terms::{Audience, Goods, NewPromotion, Promotion, PromotionSettings, Redemption};

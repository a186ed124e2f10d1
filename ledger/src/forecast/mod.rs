//! From what was used to what is advised: how long credits last, how many the coming year will
//! likely take, and which package surely gets used up before it ends. It only estimates: nothing
//! here decides anything about an account, and no advice is for more than would be used.

mod advice;
mod burn;
mod coming_use;
mod daily_use;
mod runway;

pub use advice::{Advice, Forecast, Holdings, NoPurchase, Offer, Recommendation, advise};
pub use coming_use::Estimate;
pub use daily_use::DailyUse;
pub use runway::{Runway, runway};

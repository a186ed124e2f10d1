//! Whether an auto-recharge may try now, for how many credits and at what price; or what keeps it. It
//! only looks: whoever acts on it counts the attempt.

use super::{AttemptState, AutoRecharge, Settings, Suspension, Watch};
use crate::calendar::Period;
use crate::credits::Credits;
use crate::instant::Instant;
use crate::money::Money;
use crate::pricing::PriceList;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Try(Offer),
    Wait(Obstacle),
}

/// What an attempt buys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub credits: Credits,
    pub price: Money,
}

/// What keeps an auto-recharge from trying: of several the first in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    Off,
    Suspended(Suspension),
    NoCard,
    UnderWay,
    NeedsAuthentication,
    Pausing {
        until: Instant,
    },
    EnoughIsAvailable,
    /// The next recharge would pass the cap.
    CapReached {
        until: Instant,
    },
    /// Nothing is sold at present in the cap's currency, or the account could not own it.
    NothingToBuy,
}

/// `prices` are all that there are, one list for a currency; `cycle` is the account's at `now`.
pub fn verdict(
    recharge: &AutoRecharge,
    available: Credits,
    prices: &[PriceList],
    cycle: &Period,
    now: Instant,
) -> Verdict {
    if let Some(obstacle) = standing_obstacle(recharge, now) {
        return Verdict::Wait(obstacle);
    }
    let Some(settings) = &recharge.settings else {
        return Verdict::Wait(Obstacle::Off);
    };
    if available >= settings.threshold {
        return Verdict::Wait(Obstacle::EnoughIsAvailable);
    }
    let Some(Offer { credits, price }) = offer(settings, available, prices) else {
        return Verdict::Wait(Obstacle::NothingToBuy);
    };
    let spending = recharge.spending.in_cycle(cycle);
    if !spending.leaves_room(price, settings.cycle_cap) {
        return Verdict::Wait(Obstacle::CapReached { until: cycle.end });
    }
    Verdict::Try(Offer { credits, price })
}

/// None: nothing is sold that way.
fn offer(settings: &Settings, available: Credits, prices: &[PriceList]) -> Option<Offer> {
    let currency = settings.cycle_cap.currency;
    let prices = prices.iter().find(|list| list.currency() == currency)?;
    let (least, most) = (prices.min_credits(), prices.max_credits());
    let wanted = settings.amount.wanted(available, least, most);
    Some(Offer {
        credits: Credits::from_whole(wanted)?,
        price: prices.price(wanted).ok()?,
    })
}

fn standing_obstacle(recharge: &AutoRecharge, now: Instant) -> Option<Obstacle> {
    if !recharge.settings.as_ref().is_some_and(|it| it.enabled) {
        return Some(Obstacle::Off);
    }
    if let Some(why) = recharge.suspension {
        return Some(Obstacle::Suspended(why));
    }
    if recharge.customer_id.is_none() || recharge.usable_card().is_none() {
        return Some(Obstacle::NoCard);
    }
    match recharge.attempt.map(|attempt| attempt.state) {
        Some(AttemptState::UnderWay) => return Some(Obstacle::UnderWay),
        Some(AttemptState::NeedsAuthentication) => return Some(Obstacle::NeedsAuthentication),
        Some(AttemptState::Over) | None => {}
    }
    let until = recharge.not_before.filter(|until| now < *until)?;
    Some(Obstacle::Pausing { until })
}

impl AutoRecharge {
    /// What keeps it whatever is available.
    pub fn obstacle(&self, now: Instant) -> Option<Obstacle> {
        standing_obstacle(self, now)
    }

    /// When to look at it again, after everything that changed it. What needs a person, or the end of
    /// what is under way, brings itself to notice.
    pub fn watch(&self, now: Instant) -> Watch {
        match (standing_obstacle(self, now), &self.settings) {
            (None, Some(settings)) => Watch {
                below: Some(settings.threshold),
                due_at: None,
            },
            (Some(Obstacle::Pausing { until }), _) => Watch {
                below: None,
                due_at: Some(until),
            },
            _ => Watch::default(),
        }
    }
}

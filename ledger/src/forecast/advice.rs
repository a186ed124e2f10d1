//! What to buy today, if anything: the largest package that is surely used up before it ends, one
//! calendar year from now. It never advises more than the low estimate of what is still needed,
//! and nothing that would make credits end unused which the account has already.

use crate::credits::Credits;
use crate::exact::{minus, plus};
use crate::instant::Instant;
use crate::lot::Lot;
use crate::rejection::Rejection;

use super::burn::{Burn, Pace, Stock, burn};
use super::coming_use::{ComingUse, Estimate, coming_use};
use super::daily_use::DailyUse;

/// What an account has, and what is on its way in and out.
#[derive(Clone, Copy, Debug)]
pub struct Holdings<'a> {
    pub lots: &'a [Lot],
    /// Credits of purchases whose money is under way.
    pub pending: Credits,
    /// What the next grant pays first.
    pub debt: Credits,
}

/// A package to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<'a> {
    pub package_id: &'a str,
    /// The bonus included.
    pub credits: Credits,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice<'a> {
    /// When a purchase made now would end.
    pub ends_at: Instant,
    /// `None` while the history is too short for one.
    pub forecast: Option<Forecast>,
    pub recommendation: Recommendation<'a>,
}

/// The time from now to the end of a purchase made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    pub expected_use: Estimate,
    /// Of what the account has, used by then at the likely pace.
    pub used_of_holdings: Credits,
    /// Of what the account has, ended unused by then at the likely pace.
    pub ending_unused: Credits,
    /// Use, and debt, that what the account has will not cover.
    pub needed: Estimate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recommendation<'a> {
    Buy(Offer<'a>),
    BuyNothing(NoPurchase),
}

/// Why nothing is advised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPurchase {
    /// Fewer than four whole weeks since the first use.
    HistoryIsTooShort,
    /// Nothing was used lately.
    NothingIsUsed,
    /// What the account has will likely do.
    HoldingsWillDo,
    /// Every package holds more than would surely be used.
    NoPackageIsSmallEnough,
}

/// Advice as of `now`. Refused only for figures that no account can have.
pub fn advise<'a>(
    daily_use: &DailyUse,
    holdings: &Holdings<'_>,
    offers: &[Offer<'a>],
    now: Instant,
) -> Result<Advice<'a>, Rejection> {
    let ends_at = now
        .one_calendar_year_later()
        .ok_or(Rejection::AmountOutOfRange)?;
    let days = ends_at.seconds_since(now).div_euclid(SECONDS_PER_DAY);
    let Some(coming) = coming_use(daily_use, days) else {
        return Ok(Advice {
            ends_at,
            forecast: None,
            recommendation: Recommendation::BuyNothing(NoPurchase::HistoryIsTooShort),
        });
    };
    let year = Year::new(holdings, &coming, now, ends_at)?;
    let forecast = year.forecast(coming.credits)?;
    Ok(Advice {
        ends_at,
        forecast: Some(forecast),
        recommendation: year.recommend(&forecast, offers)?,
    })
}

const SECONDS_PER_DAY: i64 = 86_400;

/// The year to come, played through at three paces with what the account has.
struct Year {
    now: Instant,
    ends_at: Instant,
    stock: Vec<Stock>,
    /// Debt that pending purchases will not pay.
    debt: Credits,
    low: (Pace, Burn),
    likely: (Pace, Burn),
    high: (Pace, Burn),
}

impl Year {
    fn new(
        holdings: &Holdings<'_>,
        coming: &ComingUse,
        now: Instant,
        ends_at: Instant,
    ) -> Result<Year, Rejection> {
        let paid = holdings.debt.min(holdings.pending);
        let mut stock: Vec<Stock> = holdings.lots.iter().map(Stock::of).collect();
        let pending = minus(holdings.pending, paid)?;
        stock.push(Stock::bought(pending, now, ends_at));
        let play = |credits, days| {
            let from = now;
            let pace = Pace {
                credits,
                from,
                days,
            };
            burn(stock.clone(), &pace, ends_at).map(|burn| (pace, burn))
        };
        let Estimate { low, likely, high } = coming.credits;
        Ok(Year {
            now,
            ends_at,
            debt: minus(holdings.debt, paid)?,
            low: play(low, coming.low_days)?,
            likely: play(likely, coming.days)?,
            high: play(high, coming.days)?,
            stock,
        })
    }

    fn forecast(&self, expected_use: Estimate) -> Result<Forecast, Rejection> {
        let needed = |burn: &Burn| plus(burn.uncovered, self.debt);
        let (_, likely) = &self.likely;
        Ok(Forecast {
            expected_use,
            used_of_holdings: likely.used,
            ending_unused: likely.forfeited,
            needed: Estimate {
                low: needed(&self.low.1)?,
                likely: needed(likely)?,
                high: needed(&self.high.1)?,
            },
        })
    }

    fn recommend<'a>(
        &self,
        forecast: &Forecast,
        offers: &[Offer<'a>],
    ) -> Result<Recommendation<'a>, Rejection> {
        if forecast.expected_use.likely.is_zero() {
            return Ok(Recommendation::BuyNothing(NoPurchase::NothingIsUsed));
        }
        if forecast.needed.likely.is_zero() {
            return Ok(Recommendation::BuyNothing(NoPurchase::HoldingsWillDo));
        }
        let mut largest_first: Vec<Offer<'a>> = offers.to_vec();
        largest_first.retain(|offer| offer.credits.is_positive());
        largest_first.sort_by_key(|offer| std::cmp::Reverse(offer.credits));
        for offer in largest_first {
            if offer.credits <= forecast.needed.low && self.leaves_nothing_unused(&offer)? {
                return Ok(Recommendation::Buy(offer));
            }
        }
        let reason = NoPurchase::NoPackageIsSmallEnough;
        Ok(Recommendation::BuyNothing(reason))
    }

    /// Whether, at each of the three paces, no more ends unused with the package than without.
    /// Lots that come after it in the burn order may end before it.
    fn leaves_nothing_unused(&self, offer: &Offer<'_>) -> Result<bool, Rejection> {
        let paid = self.debt.min(offer.credits);
        let bought = minus(offer.credits, paid)?;
        for (pace, without) in [&self.low, &self.likely, &self.high] {
            let mut stock = self.stock.clone();
            stock.push(Stock::bought(bought, self.now, self.ends_at));
            if burn(stock, pace, self.ends_at)?.forfeited > without.forfeited {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

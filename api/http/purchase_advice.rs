//! What to buy today, if anything. It advises only: nothing here offers or sells.

use actix_web::get;
use actix_web::web::{Data, Json};
use ledger::calendar::Date;
use ledger::credits::Credits;
use ledger::forecast::{
    Advice, DailyUse, Estimate, Forecast, Holdings as Held, NoPurchase, Offer, Recommendation,
    advise,
};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::rejection::Rejection;
use serde::Serialize;
use utoipa::ToSchema;

use super::callers::Reader;
use super::cycle;
use super::error::ApiError;
use crate::app::App;
use crate::catalogue::{Catalogue, Package};
use crate::wire::{CreditsView, InstantView};

/// How many credits the account will likely use until a purchase made now ends, and which package
/// would surely be used up.
#[derive(Serialize, ToSchema)]
#[schema(as = PurchaseAdvice)]
pub struct PurchaseAdviceView {
    pub as_of: InstantView,
    /// When credits bought now would end.
    pub ends_at: InstantView,
    /// Null while there are fewer than four whole weeks of use to judge by.
    pub forecast: Option<UseForecastView>,
    /// The largest package that will surely be used up in time; null when nothing is advised.
    #[schema(examples("plus"))]
    pub package_id: Option<String>,
    /// Why nothing is advised; null when a package is.
    pub reason: Option<NoPurchaseView>,
}

/// What will likely happen until `ends_at`.
#[derive(Serialize, ToSchema)]
#[schema(as = UseForecast)]
pub struct UseForecastView {
    pub expected_use: EstimateView,
    /// Of what the account has, the credits that will likely be used.
    pub used_of_holdings: CreditsView,
    /// Of what the account has, the credits that will likely end unused.
    pub ending_unused: CreditsView,
    /// Use, and debt, that what the account has will not cover.
    pub needed: EstimateView,
}

/// What is likely, and between which bounds.
#[derive(Serialize, ToSchema)]
#[schema(as = Estimate)]
pub struct EstimateView {
    pub low: CreditsView,
    pub likely: CreditsView,
    pub high: CreditsView,
}

/// Why nothing is advised.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NoPurchaseReason)]
pub enum NoPurchaseView {
    /// There are fewer than four whole weeks of use to judge by.
    HistoryIsTooShort,
    /// Nothing was used lately.
    NothingIsUsed,
    /// What the account has will likely do.
    HoldingsWillDo,
    /// Every package holds more than would surely be used.
    NoPackageIsSmallEnough,
}

/// What to buy, if anything
///
/// Credits end a calendar year after they were bought, so that advice is never for more than would
/// surely be used by then. The forecast is read off the daily use of the last 52 weeks.
#[utoipa::path(
    operation_id = "get_purchase_advice",
    tag = "Buying",
    responses((status = 200, description = "The advice.", body = PurchaseAdviceView,
        example = json!({
            "as_of": "2026-11-23T09:00:00Z", "ends_at": "2027-11-23T09:00:00Z",
            "forecast": {
                "expected_use": {"low": "5200", "likely": "6100", "high": "7300"},
                "used_of_holdings": "975", "ending_unused": "0",
                "needed": {"low": "4225", "likely": "5125", "high": "6325"}
            },
            "package_id": "starter", "reason": null
        })))
)]
#[get("/v1/purchase-advice")]
pub async fn get_purchase_advice(
    app: Data<App>,
    Reader(caller): Reader,
) -> Result<Json<PurchaseAdviceView>, ApiError> {
    let now = app.clock.now();
    let holdings = app.store.holdings(&caller.account_id, now).await?;
    let today = cycle::today(&holdings.calendar(), now)?.date;
    let daily_use = daily_use(&app, &caller.account_id, holdings.first_use, today).await?;
    let held = Held {
        lots: &holdings.lots,
        pending: holdings.pending,
        debt: holdings.debt(),
    };
    let catalogue = Catalogue::load(&app.store, app.currency).await?;
    let offers = catalogue.packages.iter().map(offer);
    let offers = offers.collect::<Result<Vec<_>, _>>()?;
    let advice = advise(&daily_use, &held, &offers, now)?;
    Ok(Json(view(&advice, now)))
}

async fn daily_use(
    app: &App,
    id: &AccountId,
    first_use: Option<Date>,
    today: Date,
) -> Result<DailyUse, ApiError> {
    let midnight = |days: i32| {
        let days = i64::from(today.days()).saturating_add(i64::from(days));
        Instant::from_micros(0).plus_days(days)
    };
    // Wherever the account is, a day begins less than two days from its midnight in UTC.
    let from = midnight(DailyUse::DAYS.saturating_add(2).saturating_neg());
    let from = from.unwrap_or(Instant::MIN);
    let to = midnight(2).unwrap_or(Instant::MAX);
    let days = app.store.used(id, from, to).await?;
    let days = days.iter().map(|(_, used)| Ok((used.date, used.net()?)));
    let days: Vec<(Date, Credits)> = days.collect::<Result<_, Rejection>>()?;
    Ok(DailyUse::new(days, first_use, today))
}

fn offer(package: &Package) -> Result<Offer<'_>, ApiError> {
    let credits = package.credits.checked_add(package.bonus);
    Ok(Offer {
        package_id: &package.id,
        credits: credits.ok_or_else(|| ApiError::internal(&"a package is out of range"))?,
    })
}

fn view(advice: &Advice<'_>, now: Instant) -> PurchaseAdviceView {
    let (package_id, reason) = match advice.recommendation {
        Recommendation::Buy(offer) => (Some(offer.package_id.to_owned()), None),
        Recommendation::BuyNothing(reason) => (None, Some(reason.into())),
    };
    PurchaseAdviceView {
        as_of: now.into(),
        ends_at: advice.ends_at.into(),
        forecast: advice.forecast.as_ref().map(UseForecastView::from),
        package_id,
        reason,
    }
}

impl From<&Forecast> for UseForecastView {
    fn from(forecast: &Forecast) -> UseForecastView {
        UseForecastView {
            expected_use: forecast.expected_use.into(),
            used_of_holdings: forecast.used_of_holdings.into(),
            ending_unused: forecast.ending_unused.into(),
            needed: forecast.needed.into(),
        }
    }
}

impl From<Estimate> for EstimateView {
    fn from(estimate: Estimate) -> EstimateView {
        EstimateView {
            low: estimate.low.into(),
            likely: estimate.likely.into(),
            high: estimate.high.into(),
        }
    }
}

impl From<NoPurchase> for NoPurchaseView {
    fn from(reason: NoPurchase) -> NoPurchaseView {
        match reason {
            NoPurchase::HistoryIsTooShort => NoPurchaseView::HistoryIsTooShort,
            NoPurchase::NothingIsUsed => NoPurchaseView::NothingIsUsed,
            NoPurchase::HoldingsWillDo => NoPurchaseView::HoldingsWillDo,
            NoPurchase::NoPackageIsSmallEnough => NoPurchaseView::NoPackageIsSmallEnough,
        }
    }
}

//! What the caller used over a range of days, from the sums of days alone: it costs the same however
//! many debits there were.

use actix_web::get;
use actix_web::web::{Data, Json};
use ledger::calendar::{Calendar, Date, Period};
use ledger::instant::Instant;
use ledger::summary::{self, Group, Grouping, Sums};
use ledger::usage::{UsageKey, Used};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::callers::Reader;
use super::cycle;
use super::error::{ApiError, ErrorCode};
use super::query::Query;
use crate::app::App;
use crate::store::Holdings;
use crate::wire::CreditsView;

/// Five years.
const MOST_DAYS: i32 = 1830;

/// What was used from `from` to just before `to`.
#[derive(Serialize, ToSchema)]
#[schema(as = UsageSummary)]
pub struct UsageSummaryView {
    #[schema(format = "date", examples("2026-11-01"))]
    pub from: String,
    #[schema(format = "date", examples("2026-12-01"))]
    pub to: String,
    /// The account's, by which days begin and end.
    #[schema(examples("Asia/Kolkata"))]
    pub time_zone: String,
    /// What debits and captures cost.
    pub consumed: CreditsView,
    pub refunded: CreditsView,
    /// Consumed less refunded. Where work of an earlier time was given back it may be negative.
    pub credits: CreditsView,
    /// Debits and captures.
    #[schema(minimum = 0)]
    pub count: i64,
    pub data: Vec<UsageSumView>,
}

/// One operation, variant, day, week or month in which anything was used or given back.
#[derive(Serialize, ToSchema)]
#[schema(as = UsageSum)]
pub struct UsageSumView {
    /// Of a summary by operation or variant. `other` stands for work whose operation nobody named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("model_inference"))]
    pub operation: Option<String>,
    /// Of a summary by variant, where the operation has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("large"))]
    pub variant: Option<String>,
    /// Of a summary over time: the day, the week's Monday, or the first of the month, though the
    /// range may begin after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "date", examples("2026-11-23"))]
    pub date: Option<String>,
    pub consumed: CreditsView,
    pub refunded: CreditsView,
    pub credits: CreditsView,
    #[schema(minimum = 0)]
    pub count: i64,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SummaryQuery {
    /// The first date, in the account's time zone; with `to`. Without either: the running cycle.
    #[param(nullable = false, value_type = Option<String>, format = "date", example = "2026-11-01")]
    from: Option<String>,
    /// The date after the last one; at most 1830 days after `from`.
    #[param(nullable = false, value_type = Option<String>, format = "date", example = "2026-12-01")]
    to: Option<String>,
    /// What the rows stand for; `operation` if left out.
    #[param(nullable = false, inline)]
    by: Option<GroupingView>,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupingView {
    Operation,
    Variant,
    Day,
    Week,
    Month,
}

/// What the caller used
///
/// Sums by operation, variant, day, week (from Monday) or month, over a range of dates or the
/// running cycle. What is given back counts on the day on which it is given back.
#[utoipa::path(
    operation_id = "get_usage_summary",
    tag = "Account",
    params(SummaryQuery),
    responses((status = 200, description = "The summary.", body = UsageSummaryView,
        example = json!({
            "from": "2026-11-01", "to": "2026-12-01", "time_zone": "UTC",
            "consumed": "275", "refunded": "25", "credits": "250", "count": 215,
            "data": [
                {"operation": "backtesting", "consumed": "225", "refunded": "25",
                 "credits": "200", "count": 5},
                {"operation": "model_inference", "consumed": "50", "refunded": "0",
                 "credits": "50", "count": 210}
            ]
        })))
)]
#[get("/v1/usage-summary")]
pub async fn get_usage_summary(
    app: Data<App>,
    Reader(caller): Reader,
    Query(query): Query<SummaryQuery>,
) -> Result<Json<UsageSummaryView>, ApiError> {
    let now = app.clock.now();
    let asked = query.range()?;
    let holdings = app.store.holdings(&caller.account_id, now).await?;
    let calendar = holdings.calendar();
    let (range, days) = match asked {
        None => of_cycle(&calendar, &holdings, now)?,
        Some(range) => {
            let period = around(range)?;
            let days = app.store.used(&caller.account_id, period.start, period.end);
            let mut days = days.await?;
            days.retain(|(_, used)| range.contains(used.date));
            (range, days)
        }
    };
    let by = query.by.unwrap_or(GroupingView::Operation);
    Ok(Json(view(range, &calendar, &days, by.into())?))
}

/// Dates, half open.
#[derive(Clone, Copy)]
struct Range {
    from: Date,
    to: Date,
}

impl Range {
    fn contains(self, date: Date) -> bool {
        self.from <= date && date < self.to
    }
}

type Days = Vec<(UsageKey, Used)>;

/// The running cycle by its instants, which a change of the calendar keeps: what the balance shows.
fn of_cycle(
    calendar: &Calendar,
    holdings: &Holdings,
    now: Instant,
) -> Result<(Range, Days), ApiError> {
    let cycle = cycle::period(calendar, now)?;
    let date = |instant| {
        let date = calendar.zone().date(instant);
        date.ok_or_else(|| ApiError::internal(&"the clock is out of range"))
    };
    let range = Range {
        from: date(cycle.start)?,
        to: date(cycle.end)?,
    };
    let days = holdings.used.iter();
    let days = days.filter(|(key, _)| cycle.contains(key.day_start));
    let days = days.map(|(key, used)| (key.clone(), *used));
    Ok((range, days.collect()))
}

/// When the days of these dates began, in whatever zone: none begins two days from its midnight in
/// UTC, not even one that a change of the zone began.
fn around(range: Range) -> Result<Period, ApiError> {
    let midnight = |date: Date, days: i64| {
        let days = i64::from(date.days()).saturating_add(days);
        Instant::from_micros(0).plus_days(days)
    };
    let start = midnight(range.from, -2);
    let end = midnight(range.to, 2);
    match (start, end) {
        (Some(start), Some(end)) => Ok(Period { start, end }),
        _ => Err(invalid("from and to lie in the years 0001 to 9998.")),
    }
}

fn view(
    range: Range,
    calendar: &Calendar,
    days: &Days,
    by: Grouping,
) -> Result<UsageSummaryView, ApiError> {
    let total = summary::total(days.iter().map(|(_, used)| used))?;
    let rows = summary::summary(days.iter().map(|(key, used)| (key, used)), by)?;
    let rows = rows.iter().map(|(group, sums)| row(group, sums));
    Ok(UsageSummaryView {
        from: range.from.to_string(),
        to: range.to.to_string(),
        time_zone: calendar.zone().name().to_owned(),
        consumed: total.consumed.into(),
        refunded: total.refunded.into(),
        credits: total.net()?.into(),
        count: total.count,
        data: rows.collect::<Result<_, _>>()?,
    })
}

fn row(group: &Group, sums: &Sums) -> Result<UsageSumView, ApiError> {
    Ok(UsageSumView {
        operation: group.operation.clone(),
        variant: group.variant.clone(),
        date: group.date.map(|date| date.to_string()),
        consumed: sums.consumed.into(),
        refunded: sums.refunded.into(),
        credits: sums.net()?.into(),
        count: sums.count,
    })
}

impl SummaryQuery {
    fn range(&self) -> Result<Option<Range>, ApiError> {
        let date = |name: &str, text: &str| {
            let detail = format!("{name} is a date such as 2026-11-23.");
            text.parse::<Date>().map_err(|_| invalid(&detail))
        };
        let (from, to) = match (&self.from, &self.to) {
            (None, None) => return Ok(None),
            (Some(from), Some(to)) => (date("from", from)?, date("to", to)?),
            _ => return Err(invalid("from and to come together or not at all.")),
        };
        let days = to.days().saturating_sub(from.days());
        if (0..=MOST_DAYS).contains(&days) {
            Ok(Some(Range { from, to }))
        } else {
            let detail = format!("to is at most {MOST_DAYS} days after from, and not before it.");
            Err(invalid(&detail))
        }
    }
}

fn invalid(detail: &str) -> ApiError {
    ApiError::with_detail(ErrorCode::InvalidQuery, format!("The query: {detail}"))
}

impl From<GroupingView> for Grouping {
    fn from(by: GroupingView) -> Grouping {
        match by {
            GroupingView::Operation => Grouping::Operation,
            GroupingView::Variant => Grouping::Variant,
            GroupingView::Day => Grouping::Day,
            GroupingView::Week => Grouping::Week,
            GroupingView::Month => Grouping::Month,
        }
    }
}

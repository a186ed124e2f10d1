//! What an account's owner is told of a change: decided here from what the change has left behind, once
//! it is certain, and stored with it. It moves no credits.

use std::collections::BTreeMap;

use crate::account::AccountState;
use crate::calendar::Date;
use crate::command::{DisabledEndpoint, Outcome};
use crate::credits::Credits;
use crate::entry::{Entry, EntryKind};
use crate::exact::{minus, negated, plus};
use crate::ids::LotId;
use crate::instant::Instant;
use crate::limit::{Standing, ToldLimit};
use crate::lot::Lot;
use crate::notice::{Course, News, due_stage};
use crate::recharge::{AttemptState, AutoRecharge};
use crate::rejection::Rejection;

/// Where an account stood before a command.
pub struct Before {
    entries: usize,
    recharge: Option<AutoRecharge>,
}

impl Before {
    pub fn of(account: &AccountState) -> Before {
        Before {
            entries: account.changes.entries.len(),
            recharge: account.recharge.clone(),
        }
    }
}

/// Tells of everything that a command has changed.
pub fn of_changes(
    account: &mut AccountState,
    before: &Before,
    now: Instant,
) -> Result<(), Rejection> {
    let entries = account.changes.entries.get(before.entries..);
    let Some(last) = entries.and_then(<[Entry]>::last) else {
        return of_recharge(account, before, now);
    };
    let available = last.available_after;
    let (mut fell, mut rose) = (false, false);
    let mut told = Vec::new();
    for entry in entries.unwrap_or_default() {
        match course(entry)? {
            Course::Down => fell = true,
            Course::Up => rose = true,
        }
        if let Some(news) = of_entry(entry, account.account.debt)? {
            told.push((entry.sequence, news));
        }
    }
    for (sequence, news) in told {
        account.tell(news, Some(sequence), now);
    }
    // Both at once where an end is booked before a grant: what was lost may be more than what came.
    for (went, course) in [(fell, Course::Down), (rose, Course::Up)] {
        if went && let Some(news) = account.account.low_balance.follow(available, course) {
            account.tell(news, None, now);
        }
    }
    of_recharge(account, before, now)
}

/// Which way the entry has moved what is available.
fn course(entry: &Entry) -> Result<Course, Rejection> {
    let body = &entry.body;
    let owned = minus(body.amount, body.held_change)?;
    let free = minus(owned, body.frozen_change)?;
    Ok(if free.is_negative() {
        Course::Down
    } else {
        Course::Up
    })
}

fn of_entry(entry: &Entry, debt: Credits) -> Result<Option<News>, Rejection> {
    let body = &entry.body;
    let credits = body.amount;
    let lot_id = body.lots.first().map(|change| change.lot_id);
    Ok(match (body.kind, body.purchase_id) {
        (EntryKind::Grant, Some(purchase_id)) => Some(News::PurchasePaid {
            purchase_id,
            credits,
        }),
        (EntryKind::Grant | EntryKind::Adjustment, _) if !credits.is_negative() => {
            Some(News::CreditsGiven { credits })
        }
        (EntryKind::Adjustment, _) => Some(News::CreditsTaken {
            credits: negated(credits)?,
        }),
        (EntryKind::Expiry, _) => match lot_id {
            Some(lot_id) => Some(News::CreditsExpired {
                lot_id,
                credits: negated(credits)?,
            }),
            None => None,
        },
        (EntryKind::Clawback, Some(purchase_id)) => {
            let gone = minus(body.debt_change, credits)?;
            Some(if gone.is_negative() {
                News::ReversalUndone {
                    purchase_id,
                    credits: negated(gone)?,
                }
            } else {
                News::PaymentReversed {
                    purchase_id,
                    credits: gone,
                }
            })
        }
        (EntryKind::Freeze, Some(purchase_id)) => Some(News::PaymentDisputed {
            purchase_id,
            credits: body.frozen_change,
        }),
        (EntryKind::Thaw, Some(purchase_id)) => Some(News::DisputeEnded {
            purchase_id,
            credits: negated(body.frozen_change)?,
        }),
        (EntryKind::Debit | EntryKind::Capture, _) if body.debt_change.is_positive() => {
            Some(News::DebtIncurred {
                credits: body.debt_change,
                debt,
            })
        }
        _ => None,
    })
}

fn of_recharge(account: &mut AccountState, before: &Before, now: Instant) -> Result<(), Rejection> {
    if !account.changes.recharge || account.recharge == before.recharge {
        return Ok(());
    }
    let Some(recharge) = &account.recharge else {
        return Ok(());
    };
    let was = before.recharge.as_ref();
    let attempt = recharge.attempt;
    let mut told = Vec::new();
    if let (Some(failure), Some(attempt)) = (&recharge.last_failure, attempt)
        && was.is_none_or(|was| was.last_failure != recharge.last_failure)
        && attempt.state != AttemptState::NeedsAuthentication
    {
        told.push(News::RechargeFailed {
            purchase_id: attempt.purchase_id,
            code: failure.decline.code.clone(),
        });
    }
    if let Some(attempt) = attempt.filter(|it| it.state == AttemptState::NeedsAuthentication)
        && was.is_none_or(|was| was.attempt != Some(attempt))
    {
        told.push(News::RechargeNeedsAuthentication {
            purchase_id: attempt.purchase_id,
        });
    }
    if let Some(why) = recharge.suspension
        && was.is_none_or(|was| was.suspension != Some(why))
    {
        told.push(News::RechargeSuspended { why });
    }
    let (spent, was_spent) = (recharge.spending, was.map(|was| was.spending));
    if let Some(reached) = spent.notice
        && was_spent
            .is_none_or(|was| was.cycle_start != spent.cycle_start || was.notice < spent.notice)
    {
        told.push(News::RechargeCap { reached });
    }
    for news in told {
        account.tell(news, None, now);
    }
    Ok(())
}

/// Tells that a limit leaves too little, once in its window.
pub fn note_limit(account: &mut AccountState, standing: &Standing, now: Instant) -> Outcome {
    let limit = &standing.limit;
    let totals = &mut account.account;
    let was_told = |told: &ToldLimit| told.is_of(limit) && told.until >= standing.resets_at;
    let is_over = standing.resets_at <= now || !totals.limits.contains(limit);
    if is_over || totals.limits_told.iter().any(was_told) {
        return Outcome::LimitNoted;
    }
    totals
        .limits_told
        .retain(|told| told.until > now && !told.is_of(limit));
    totals.limits_told.push(ToldLimit {
        operation: limit.operation.clone(),
        window: limit.window,
        until: standing.resets_at,
    });
    account.changes.settings = true;
    let news = News::LimitReached {
        operation: limit.operation.clone(),
        window: limit.window,
        credits: limit.credits,
        resets_at: standing.resets_at,
    };
    account.tell(news, None, now);
    Outcome::LimitNoted
}

/// Tells whoever has made an endpoint that nothing is sent there any more.
pub fn note_endpoint(
    account: &mut AccountState,
    endpoint: &DisabledEndpoint,
    now: Instant,
) -> Outcome {
    let news = News::EndpointDisabled {
        endpoint_id: endpoint.endpoint_id,
        url: endpoint.url.clone(),
    };
    account.tell(news, None, now);
    Outcome::EndpointNoted
}

/// Tells of lots that will end soon: of all that end on one day of the account's together.
pub fn remind(
    account: &mut AccountState,
    stages: &[u16],
    now: Instant,
) -> Result<Outcome, Rejection> {
    let due = due_reminders(account, stages, now)?;
    // From here it must succeed.
    for reminder in due.into_values() {
        for lot_id in &reminder.lots {
            account.remind(*lot_id, reminder.days)?;
        }
        let news = News::CreditsExpiring {
            days: reminder.days,
            credits: reminder.credits,
            ends_at: reminder.ends_at,
        };
        account.tell(news, None, now);
    }
    Ok(Outcome::Reminded)
}

/// What is told of the lots of one day.
struct Reminder {
    days: u16,
    credits: Credits,
    ends_at: Instant,
    lots: Vec<LotId>,
}

/// By the day on which the lots end. Once one of them has reached a stage, so have the others of its
/// day, some hours early.
fn due_reminders(
    account: &AccountState,
    stages: &[u16],
    now: Instant,
) -> Result<BTreeMap<Date, Reminder>, Rejection> {
    let calendar = &account.account.calendar;
    let mut ending: BTreeMap<Date, Vec<&Lot>> = BTreeMap::new();
    for lot in &account.lots {
        if lot.available(now).is_some_and(Credits::is_positive) {
            let day = calendar.day(lot.expires_at);
            let day = day.ok_or(Rejection::AmountOutOfRange)?;
            ending.entry(day.date).or_default().push(lot);
        }
    }
    let mut due = BTreeMap::new();
    for (date, lots) in ending {
        let stage = lots
            .iter()
            .filter_map(|lot| due_stage(lot, stages, now))
            .min();
        let Some(days) = stage else {
            continue;
        };
        let told = |lot: &&&Lot| lot.reminded_days.is_none_or(|told| days < told);
        let mut reminder = Reminder {
            days,
            credits: Credits::ZERO,
            ends_at: Instant::MAX,
            lots: Vec::new(),
        };
        for lot in lots.iter().filter(told) {
            let free = lot.available(now).ok_or(Rejection::AmountOutOfRange)?;
            reminder.credits = plus(reminder.credits, free)?;
            reminder.ends_at = reminder.ends_at.min(lot.expires_at);
            reminder.lots.push(lot.id);
        }
        due.insert(date, reminder);
    }
    Ok(due)
}

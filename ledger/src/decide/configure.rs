//! What is set for an account: by an administrator its calendar, its limits, and how much it may owe; by
//! its owner what they want to be told, and where. No credits move.

use crate::account::AccountState;
use crate::command::{AccountSettings, Configured, Outcome, Preferences};
use crate::credits::Credits;
use crate::exact::minus;
use crate::instant::Instant;
use crate::notice::{Audience, Kind, MOST_THRESHOLDS};
use crate::rejection::Rejection;

/// More limits than anyone overlooks.
pub const MOST_LIMITS: usize = 20;

pub fn check_shape(settings: &AccountSettings) -> Result<(), Rejection> {
    let limits = &settings.limits;
    if limits.len() > MOST_LIMITS {
        return Err(Rejection::TooManyLimits { most: MOST_LIMITS });
    }
    let same = limits.iter().enumerate().any(|(place, limit)| {
        let before = limits.iter().take(place);
        let mut before = before.map(|other| (&other.operation, other.window));
        before.any(|other| other == (&limit.operation, limit.window))
    });
    if same {
        return Err(Rejection::LimitIsSetTwice);
    }
    let amounts = limits.iter().map(|limit| limit.credits);
    let mut amounts = amounts.chain([settings.overdraft_limit]);
    if amounts.any(Credits::is_negative) {
        return Err(Rejection::LimitIsNegative);
    }
    Ok(())
}

pub fn check_thresholds(thresholds: &[Credits]) -> Result<(), Rejection> {
    if thresholds.len() > MOST_THRESHOLDS {
        let given = thresholds.len();
        return Err(Rejection::TooManyThresholds { given });
    }
    if thresholds.iter().any(|it| !it.is_positive()) {
        return Err(Rejection::ThresholdIsNotPositive);
    }
    Ok(())
}

pub fn set_preferences(account: &mut AccountState, preferences: &Preferences) -> Outcome {
    let totals = &mut account.account;
    totals.low_balance.set(preferences.low_balance.clone());
    totals.choices = preferences.choices;
    preferences_set(account)
}

/// Asked twice, it changes nothing more.
pub fn stop_mail(account: &mut AccountState, kind: Kind) -> Outcome {
    let choices = &mut account.account.choices;
    let audience = choices.audience(kind);
    choices.choose(
        kind,
        Audience {
            mail: false,
            ..audience
        },
    );
    preferences_set(account)
}

fn preferences_set(account: &mut AccountState) -> Outcome {
    account.changes.settings = true;
    account.changes.watch = true;
    account.touch();
    let totals = &account.account;
    Outcome::PreferencesSet(Preferences {
        low_balance: totals.low_balance.thresholds().to_vec(),
        choices: totals.choices,
    })
}

pub fn configure(
    account: &mut AccountState,
    settings: &AccountSettings,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let calendar =
        account
            .account
            .calendar
            .changed(settings.zone.clone(), settings.anchor_day, now);
    let calendar = calendar.ok_or(Rejection::AmountOutOfRange)?;
    // From here it must succeed.
    let totals = &mut account.account;
    totals.calendar = calendar;
    totals.overdraft_limit = settings.overdraft_limit;
    totals.limits.clone_from(&settings.limits);
    account.changes.settings = true;
    account.touch();
    let configured = look_at(account, now)?;
    Ok(Outcome::Configured(Box::new(configured)))
}

fn look_at(account: &AccountState, now: Instant) -> Result<Configured, Rejection> {
    let totals = &account.account;
    let standings = totals.limits.iter().map(|limit| {
        let used = account.used.as_ref().ok_or(Rejection::AmountOutOfRange)?;
        limit.standing(&totals.calendar, used, now)
    });
    let mut held = totals.held;
    for hold in account.holds.values().filter(|hold| hold.is_due(now)) {
        held = minus(held, hold.held()?)?;
    }
    Ok(Configured {
        account: totals.clone(),
        available: account.available(now)?,
        held,
        standings: standings.collect::<Result<_, _>>()?,
    })
}

//! What an operator has to see rise: how far each worker lags behind, how long the oldest event has
//! waited, and how many purchases are undecided. It only looks.

use std::time::Duration;

use ledger::instant::Instant;
use metrics::gauge;

use super::{expiry, reminders};
use crate::payments::{Payments, event_list};
use crate::stopping::{Stopping, Wake};
use crate::store::{Progress, StoreError, Waiting};

const EVERY: Duration = Duration::from_secs(10);

/// `stages`: so many days before their end lots are told of.
pub async fn run(payments: Payments, stages: Vec<u16>, mut stopping: Stopping) {
    loop {
        if let Err(error) = look_once(&payments, &stages).await {
            tracing::warn!(%error, "the gauges could not be read");
        }
        if stopping.pause(EVERY).await == Wake::Stop {
            return;
        }
    }
}

async fn look_once(payments: &Payments, stages: &[u16]) -> Result<(), StoreError> {
    let store = &payments.store;
    let now = payments.clock.now();
    let oldest = store.oldest_waiting_event().await?;
    let age = oldest.map_or(0, |since| seconds(since, now));
    gauge!("credits_inbox_oldest_age_seconds").set(f64::from(age));
    let open = store.open_purchases().await?;
    gauge!("credits_purchases_open").set(f64::from(u32::try_from(open).unwrap_or(u32::MAX)));
    let ours = Ours {
        list: event_list::cursor(payments),
        stages,
    };
    for (worker, lag) in lags(
        &store.waiting().await?,
        &store.progress().await?,
        &ours,
        now,
    ) {
        gauge!("credits_worker_lag_seconds", "worker" => worker).set(f64::from(lag));
    }
    Ok(())
}

/// What this process goes through time for; other cursors are left from another configuration.
struct Ours<'a> {
    list: &'a str,
    stages: &'a [u16],
}

/// For how long what each worker is to do has waited for it; of those that go through time, how long ago it
/// is that they have come to.
fn lags(
    waiting: &Waiting,
    progress: &[Progress],
    ours: &Ours<'_>,
    now: Instant,
) -> Vec<(&'static str, u32)> {
    let since = |due: Option<Instant>| due.map_or(0, |due| seconds(due, now));
    let mut lags = vec![
        ("inbox", since(waiting.event)),
        ("reconciliation", since(waiting.purchase)),
        ("holds", since(waiting.hold)),
        ("recharge", since(waiting.recharge)),
        ("outbox", since(waiting.notice)),
        ("delivery", since(waiting.delivery)),
    ];
    // Who has just begun has come to nothing yet.
    let begun = |it: &&Progress| it.done_until > Instant::MIN;
    let come_to = |worker: &'static str, to: &dyn Fn(&Progress) -> Option<Instant>| {
        let farthest_back = progress.iter().filter(begun).filter_map(to).min();
        farthest_back.map(|it| (worker, seconds(it, now)))
    };
    lags.extend(come_to("expiry", &|it| {
        (it.cursor == expiry::CURSOR).then_some(it.done_until)
    }));
    // It looks ahead by the days of its stage.
    lags.extend(come_to("reminders", &|it| {
        let days = reminders::days_of(&it.cursor)?;
        let is_told = ours.stages.contains(&days);
        let ahead = it.done_until.plus_days(i64::from(days).saturating_neg());
        ahead.filter(|_| is_told)
    }));
    lags.extend(come_to("event_list", &|it| {
        (it.cursor == ours.list).then_some(it.done_until)
    }));
    lags
}

fn seconds(since: Instant, now: Instant) -> u32 {
    u32::try_from(now.seconds_since(since).max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lag_is_how_long_ago_something_was_due() {
        let now = Instant::from_micros(1_795_597_320_000_000);
        let ago = |seconds: i64| now.plus_seconds(-seconds);
        let waiting = Waiting {
            event: ago(7),
            delivery: ago(-60),
            ..Waiting::default()
        };
        let progress = [
            (expiry::CURSOR, ago(5)),
            ("reminders_30", ago(9).unwrap().plus_days(30)),
            ("reminders_7", ago(40).unwrap().plus_days(7)),
            ("reminders_90", ago(9_000).unwrap().plus_days(90)),
            ("stripe_events_live", ago(300)),
            ("stripe_events_test", ago(9_000)),
            ("stripe_events_live", Some(Instant::MIN)),
        ];
        let progress = progress.map(|(cursor, done_until)| Progress {
            cursor: cursor.to_owned(),
            done_until: done_until.unwrap(),
        });
        let ours = Ours {
            list: "stripe_events_live",
            stages: &[30, 7],
        };
        let lags = lags(&waiting, &progress, &ours, now);
        let behind: Vec<_> = lags.iter().filter(|it| it.1 > 0).copied().collect();
        let expected = [
            ("inbox", 7),
            ("expiry", 5),
            ("reminders", 40),
            ("event_list", 300),
        ];
        assert_eq!(behind, expected);
        assert_eq!(lags.len(), 9);
    }
}

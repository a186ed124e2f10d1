//! The clock: mostly it hardly moves; now and then it jumps, by hours or years, or to the very
//! microsecond at which something ends; and sometimes it steps back.

use fastrand::Rng;
use ledger::instant::Instant;

use super::Generator;
use crate::model::{Account, Model};

pub(super) const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600 * SECOND;
const DAY: i64 = 24 * HOUR;

/// Clocks of processes differ by less than an hour.
const MOST_BEHIND: i64 = HOUR - SECOND;

/// Where the zones' rules are tables, and far from where the calendar ends.
const LATEST: i64 = 7_258_118_400_000_000;

/// Of a hundred moves, how many are of each kind.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    still: u8,
    boundary: u8,
    hours: u8,
    days: u8,
    years: u8,
}

impl Pace {
    pub fn any(rng: &mut Rng) -> Pace {
        let paces = [
            (70, 8, 3, 1, 0),
            (60, 12, 8, 1, 0),
            (40, 25, 12, 2, 1),
            (30, 15, 15, 12, 3),
        ];
        let (still, boundary, hours, days, years) = paces[rng.usize(..paces.len())];
        Pace {
            still,
            boundary,
            hours,
            days,
            years,
        }
    }
}

impl Generator {
    pub(super) fn pass_time(&mut self, model: &Model) {
        let Pace {
            still,
            boundary,
            hours,
            days,
            years,
        } = self.pace;
        let mut roll = self.rng.u8(..100);
        let mut falls = |share: u8| {
            let is_it = roll < share;
            roll = roll.saturating_sub(share);
            if is_it {
                roll = u8::MAX;
            }
            is_it
        };
        let step = if falls(still) {
            0
        } else if falls(boundary) {
            let to = self.boundary(model);
            to - self.now + self.rng.i64(-1..=1)
        } else if falls(hours) {
            self.rng.i64(1..12 * HOUR)
        } else if falls(days) {
            self.rng.i64(1..45) * DAY + self.rng.i64(0..DAY)
        } else if falls(years) {
            self.rng.i64(300..400) * DAY
        } else if falls(3) {
            -[1, SECOND, self.rng.i64(1..60 * SECOND), HOUR][self.rng.usize(..4)]
        } else {
            self.rng.i64(1..30 * SECOND)
        };
        self.now = (self.now + step).clamp(self.latest - MOST_BEHIND, LATEST);
        self.latest = self.latest.max(self.now);
    }

    /// When something ends, soon.
    fn boundary(&mut self, model: &Model) -> i64 {
        let place = self.rng.usize(..usize::from(self.accounts));
        let account = model.accounts().nth(place).unwrap();
        let mut ends = self.ends(account);
        ends.retain(|end| *end > self.now - SECOND);
        ends.sort_unstable();
        // Sooner rather than later, so that not all is over at once.
        let soon = ends.len().min(3);
        match soon {
            0 => self.now,
            _ => ends[self.rng.usize(..soon)],
        }
    }

    fn ends(&mut self, account: &Account) -> Vec<i64> {
        let now = Instant::from_micros(self.now);
        match self.rng.u8(..6) {
            0 | 1 => account.lots.iter().map(|lot| lot.ends.micros()).collect(),
            2 | 3 => account
                .active
                .iter()
                .map(|hold| hold.ends.micros())
                .collect(),
            4 => vec![account.day(now).period.end.micros()],
            _ => {
                let periods = [account.calendar.week(now), account.calendar.cycle(now)];
                let periods = periods.into_iter().flatten();
                periods.map(|period| period.end.micros()).collect()
            }
        }
    }

    /// When credits given now are to end.
    pub(super) fn end_of_gift(&mut self, account: &Account) -> Option<i64> {
        let known = account.lots.iter().map(|lot| lot.ends);
        let known = known.chain(account.active.iter().map(|hold| hold.ends));
        let known: Vec<i64> = known.map(Instant::micros).collect();
        match self.rng.u8(..10) {
            0..2 => None,
            2..4 if !known.is_empty() => Some(known[self.rng.usize(..known.len())]),
            4 => Some(self.now + self.rng.i64(-1..=1)),
            5 => Some(self.now + self.rng.i64(1..30_000) * SECOND),
            _ => Some(self.now + self.rng.i64(1..40) * DAY),
        }
    }
}

//! Whether work is admitted: funds and every limit are looked at, and the tightest is named.

use ledger::instant::Instant;
use ledger::limit::{Limit, LimitWindow, Standing};
use ledger::rejection::Rejection;
use ledger::usage::{Usage, UsageKey};

use super::account::Account;
use super::{MOST_OWNED, credits, micros};

impl Account {
    pub(super) fn admit(
        &self,
        required: i128,
        usage: Option<&Usage>,
        now: Instant,
    ) -> Result<(), Rejection> {
        let available = self.available(now);
        let operation = usage.map_or("other", |usage| &usage.operation);
        let concerned = self.limits.iter().filter(|limit| {
            let named = limit.operation.as_deref();
            named.is_none() || named == Some(operation)
        });
        let standings: Vec<Standing> = concerned.map(|limit| self.standing(limit, now)).collect();
        // Of equals the first.
        let tightest = standings.into_iter().min_by_key(|standing| standing.room);
        match tightest {
            Some(standing)
                if micros(standing.room) < required && micros(standing.room) < available =>
            {
                Err(Rejection::LimitLeavesTooLittle {
                    required: credits(required),
                    shortfall: credits(required - micros(standing.room)),
                    standing: Box::new(standing),
                })
            }
            _ => self.afford(required, now),
        }
    }

    pub(super) fn afford(&self, required: i128, now: Instant) -> Result<(), Rejection> {
        let available = self.available(now);
        if required <= available {
            return Ok(());
        }
        Err(Rejection::NotEnoughCredits {
            required: credits(required),
            available: credits(available),
            shortfall: credits(required - available),
        })
    }

    /// What days since the window began have used, and what holds made in it set aside.
    pub(super) fn standing(&self, limit: &Limit, now: Instant) -> Standing {
        let window = match limit.window {
            LimitWindow::Day => self.day(now).period,
            LimitWindow::Week => self.calendar.week(now).unwrap(),
            LimitWindow::Cycle => self.calendar.cycle(now).unwrap(),
        };
        let from = UsageKey {
            day_start: window.start,
            operation: String::new(),
            variant: String::new(),
        };
        let mut used = 0;
        for (key, sums) in self.used.range(from..) {
            let named = limit.operation.as_ref();
            let concerned = named.is_none_or(|operation| *operation == key.operation);
            if concerned && key.day_start < window.end {
                used += micros(sums.consumed) - micros(sums.refunded) + micros(sums.held);
            }
        }
        Standing {
            limit: limit.clone(),
            used: credits(used),
            room: credits((micros(limit.credits) - used).max(0)),
            resets_at: window.end,
        }
    }

    /// What a limit leaves.
    pub fn room(&self, limit: &Limit, now: Instant) -> i64 {
        self.standing(limit, now).room.micro()
    }

    /// Nobody owns more than the most there is. What time has taken away takes no room.
    pub(super) fn has_room(&self, added: i128, now: Instant) -> Result<(), Rejection> {
        let mut kept = self.balance;
        for lot in self.lots.iter().filter(|lot| lot.has_ended(now)) {
            kept -= lot.free;
        }
        for hold in self.active.iter().filter(|hold| hold.ends <= now) {
            let parts = hold.parts.iter();
            let ended = parts.filter(|(lot, _)| self.lot(*lot).has_ended(now));
            kept -= ended.map(|(_, part)| part).sum::<i128>();
        }
        if kept + added <= MOST_OWNED {
            return Ok(());
        }
        Err(Rejection::BalanceWouldPassTheMaximum {
            balance: credits(kept),
            added: credits(added),
        })
    }
}

//! Amounts: mostly small, and often exactly what there is, or one more, or one less.

use ledger::instant::Instant;

use super::Generator;
use crate::model::Account;

const MOST: i64 = 9_000_000_000_000_000;

impl Generator {
    /// What work may cost, given what can be spent and what limits leave.
    pub(super) fn cost(&mut self, account: &Account) -> i64 {
        let now = Instant::from_micros(self.now);
        match self.rng.u8(..100) {
            0..60 => self.rng.i64(1..30),
            60..63 => self.rng.i64(-1..=0),
            63..80 => {
                let available = whole(account.available(now));
                self.about(available)
            }
            80..90 if !account.limits.is_empty() => {
                let place = self.rng.usize(..account.limits.len());
                let room = account.room(&account.limits[place], now);
                self.about(room)
            }
            _ => {
                let available = whole(account.available(now));
                self.rng.i64(0..=available)
            }
        }
    }

    /// Exactly so much, or a little more or less.
    pub(super) fn about(&mut self, amount: i64) -> i64 {
        let near = amount + [0, 0, 1, -1, -2][self.rng.usize(..5)];
        near.clamp(-2, MOST)
    }

    pub(super) fn gift(&mut self) -> i64 {
        let mostly = if self.is_rich { 40 } else { 80 };
        match self.rng.u8(..100) {
            roll if roll < mostly => self.rng.i64(1..200),
            0..90 => self.rng.i64(1..5) * 1_000_000,
            90..94 => 10_000_000_000_000 + self.rng.i64(-1..=1),
            94..97 => 0,
            _ => self.rng.i64(1..10_000_000_000_000),
        }
    }
}

pub(super) fn whole(micros: i128) -> i64 {
    i64::try_from(micros).unwrap()
}

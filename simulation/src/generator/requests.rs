//! Requests about credits: what platforms' services and administrators ask for.

use ledger::instant::Instant;

use super::Generator;
use super::amounts::whole;
use crate::model::Account;
use crate::story::{Ask, Cap, Charged, Last, List, Policy, Work};
use crate::words::{KIND_COUNT, ZONE_COUNT};

impl Generator {
    fn kind(&mut self) -> Option<u8> {
        Some(self.rng.u8(..KIND_COUNT))
    }

    /// Rarely one that was used before.
    fn reference(&mut self) -> u32 {
        if self.chance(4) && self.next_reference > 0 {
            return self.rng.u32(..self.next_reference) + 1;
        }
        self.next_reference += 1;
        self.next_reference
    }

    pub(super) fn work(&mut self, account: &Account) -> Work {
        Work {
            credits: self.cost(account),
            kind: self.kind(),
            reference: self.reference(),
        }
    }

    pub(super) fn hold(&mut self, account: &Account) -> Ask {
        let mut work = self.work(account);
        if self.chance(25) {
            work.kind = None;
        }
        Ask::Hold {
            work,
            ttl: self.ttl(),
            overage: [
                Policy::Reject,
                Policy::Cap,
                Policy::Cover,
                Policy::Cover,
                Policy::Cover,
            ][self.rng.usize(..5)],
        }
    }

    fn ttl(&mut self) -> i64 {
        match self.rng.u8(..20) {
            0 => [0, -1, 86_401, i64::MAX][self.rng.usize(..4)],
            1 | 2 => 86_400,
            3 => 1,
            4..9 => self.rng.i64(1..120),
            _ => self.rng.i64(1..86_400),
        }
    }

    /// Mostly of a hold that is active.
    pub(super) fn hold_reference(&mut self, account: &Account) -> u32 {
        if self.chance(88) && !account.active.is_empty() {
            let hold = &account.active[self.rng.usize(..account.active.len())];
            return number_of(&hold.reference);
        }
        self.rng.u32(..self.next_reference + 2)
    }

    fn held(account: &Account, reference: u32) -> i64 {
        let mut active = account.active.iter();
        let hold = active.find(|hold| number_of(&hold.reference) == reference);
        hold.map_or(5, |hold| whole(hold.held()))
    }

    pub(super) fn capture(&mut self, account: &Account) -> Ask {
        let hold = self.hold_reference(account);
        let held = Self::held(account, hold);
        let credits = match self.rng.u8(..10) {
            0..3 => self.about(held),
            3..7 => self.rng.i64(0..=held),
            7 if self.is_rich => self.rng.i64(0..9_000_000_000_000_000),
            7 | 8 if self.chance(60) => {
                let now = Instant::from_micros(self.now);
                let beyond = whole(account.available(now)) + self.rng.i64(0..60);
                (held + beyond).min(8_000_000_000_000_000)
            }
            7..9 => held
                .saturating_add(self.rng.i64(1..40))
                .min(held.max(8_000_000_000_000_000)),
            _ => self.cost(account),
        };
        Ask::Capture {
            hold,
            credits,
            kind: if self.chance(30) { self.kind() } else { None },
            is_last: [Last::No, Last::Yes, Last::Yes][self.rng.usize(..3)],
        }
    }

    pub(super) fn change(&mut self, account: &Account) -> Ask {
        let hold = self.hold_reference(account);
        let held = Self::held(account, hold);
        let ttl = if self.chance(40) {
            Some(self.ttl())
        } else {
            None
        };
        let credits = match self.rng.u8(..10) {
            0..2 => None,
            2 => Some(0),
            3..5 => Some(self.rng.i64(0..=held)),
            5..7 => Some(self.about(held)),
            _ => Some((held + self.cost(account)).min(8_000_000_000_000_000)),
        };
        Ask::Change { hold, ttl, credits }
    }

    pub(super) fn refund(&mut self, account: &Account) -> Ask {
        let of = self.charged(account);
        let cost = match of {
            Charged::Entry(sequence) => account.charge(sequence).and_then(|it| it.body.cost()),
            _ => None,
        };
        let cost = cost.map_or(7, ledger::credits::Credits::micro);
        let credits = match self.rng.u8(..10) {
            0..5 => None,
            5..8 => Some(self.rng.i64(0..=cost)),
            _ => Some(self.about(cost)),
        };
        Ask::Refund {
            of: named(account, of),
            credits,
        }
    }

    /// Mostly a debit or a capture of late.
    fn charged(&mut self, account: &Account) -> Charged {
        let late = account.entries.iter().rev().take(40);
        let late = late.filter(|entry| entry.body.kind.consumes());
        let owing = late
            .clone()
            .filter(|entry| entry.body.debt_change.is_positive());
        let owing: Vec<i64> = owing.map(|entry| entry.sequence).collect();
        if !owing.is_empty() && self.chance(40) {
            return Charged::Entry(owing[self.rng.usize(..owing.len())]);
        }
        let late: Vec<i64> = late.map(|entry| entry.sequence).collect();
        if late.is_empty() || self.chance(8) {
            return Charged::Entry(self.rng.i64(0..=account.sequence() + 1));
        }
        Charged::Entry(late[self.rng.usize(..late.len())])
    }

    pub(super) fn give(&mut self, account: &Account) -> Ask {
        let (credits, ends) = (self.gift(), self.end_of_gift(account));
        if self.chance(30) {
            let priority = [0, 0, -1, 1, i16::MIN, i16::MAX][self.rng.usize(..6)];
            return Ask::Promote {
                credits,
                ends,
                priority,
            };
        }
        Ask::Adjust { credits, ends }
    }

    pub(super) fn take(&mut self, account: &Account) -> Ask {
        Ask::Adjust {
            credits: -self.cost(account),
            ends: if self.chance(5) {
                Some(self.now + 1)
            } else {
                None
            },
        }
    }

    pub(super) fn configure(&mut self, account: &Account) -> Ask {
        let count = match self.rng.u8(..20) {
            0..7 => 0,
            7..19 => self.rng.usize(1..4),
            _ => 21,
        };
        let mut limits = Vec::with_capacity(count);
        for place in 0..count {
            limits.push(Cap {
                kind: if self.chance(50) { self.kind() } else { None },
                window: if count > 4 {
                    u8::try_from(place % 3).unwrap()
                } else {
                    self.rng.u8(..3)
                },
                credits: self.rng.i64(0..400) - i64::from(self.chance(3)) * 400,
            });
        }
        let keeps_calendar = self.chance(50);
        Ask::Configure {
            zone: if keeps_calendar {
                0
            } else {
                self.rng.u8(..ZONE_COUNT)
            },
            anchor: if keeps_calendar {
                account.calendar.anchor_day().get()
            } else {
                self.rng.u8(1..=31)
            },
            overdraft: match self.is_rich {
                true => 9_000_000_000_000_000,
                false => [0, 10, 50, 50, 200, 1_000, 1_000, -1][self.rng.usize(..8)],
            },
            limits: List(limits),
        }
    }
}

/// By its reference, where it has one: that stays right in a shorter story.
fn named(account: &Account, charged: Charged) -> Charged {
    let Charged::Entry(sequence) = charged else {
        return charged;
    };
    let entry = account.charge(sequence);
    let Some((entry, reference)) = entry.and_then(|it| Some((it, it.body.reference.as_ref()?)))
    else {
        return charged;
    };
    let number = number_of(reference);
    let Some(hold) = entry.body.hold_id else {
        return Charged::Debit(number);
    };
    let mut captures = account.captures_of(hold).iter();
    match captures.position(|it| *it == sequence) {
        Some(which) => Charged::Capture(number, which),
        None => charged,
    }
}

fn number_of(reference: &str) -> u32 {
    let number = reference.rsplit('-').next();
    number.and_then(|it| it.parse().ok()).unwrap_or(0)
}

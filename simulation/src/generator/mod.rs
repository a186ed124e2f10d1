//! Invents what happens next. It looks at the model for where things become tight (an end, an
//! amount exactly there, a hold about to run out), and then does as chance has it. What it invents
//! need not make sense: that is for the ledger to find.

mod amounts;
mod clock;
mod requests;
mod shopping;

use fastrand::Rng;

use crate::model::{Account, Model};
use crate::story::{Ask, Batch, Fate, KeyNumber, List, Request};

pub struct Generator {
    rng: Rng,
    now: i64,
    accounts: u8,
    /// Requests that may come again.
    past: Vec<Request>,
    /// Account, purchase and offer.
    opened: Vec<(u8, u32, u8)>,
    next_key: u32,
    next_reference: u32,
    next_purchase: u32,
    /// Batches until the account of many lots has them.
    to_come: u32,
    pace: clock::Pace,
    /// In some stories accounts come close to the most that anyone can own.
    is_rich: bool,
    /// In some somebody opens more purchases than anyone pays.
    is_shopping: bool,
}

/// 2026-03-01T12:00:00Z.
const BEGINNING: i64 = 1_772_366_400_000_000;
const REMEMBERED: usize = 40;

impl Generator {
    /// The same seed and story always invent the same, given the same model.
    pub fn new(seed: u64, story: u64, accounts: u8) -> Generator {
        let mut rng = Rng::with_seed(seed ^ story.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let pace = clock::Pace::any(&mut rng);
        let to_come = [0, 4, 4, 12][rng.usize(..4)];
        let is_rich = rng.u8(..8) == 0;
        let is_shopping = rng.u8(..16) == 0;
        Generator {
            now: BEGINNING + rng.i64(0..1_000_000_000_000),
            rng,
            accounts,
            past: Vec::new(),
            opened: Vec::new(),
            next_key: 0,
            next_reference: 0,
            next_purchase: 0,
            to_come,
            pace,
            is_rich,
            is_shopping,
        }
    }

    pub(crate) fn next(&mut self, model: &Model) -> Batch {
        if self.to_come > 0 {
            self.to_come -= 1;
            return self.many_lots();
        }
        self.pass_time(model);
        let count = match self.rng.u8(..10) {
            0..6 => 1,
            6..8 => 2,
            8 => 3,
            _ => self.rng.usize(4..9),
        };
        let mut requests: Vec<Request> = Vec::with_capacity(count);
        for _ in 0..count {
            let request = self.request(model);
            requests.push(request);
        }
        let fate = match self.rng.u8(..40) {
            0..3 => Fate::CrashedAndRepeated,
            3 => Fate::Lost,
            _ => Fate::Stored,
        };
        // What was lost comes again some time, as everything may.
        self.past.extend(requests.iter().cloned());
        let old = self.past.len().saturating_sub(REMEMBERED);
        self.past.drain(..old);
        Batch {
            at: self.now,
            fate,
            requests,
        }
    }

    fn many_lots(&mut self) -> Batch {
        let account = self.accounts - 1;
        let ends = |rng: &mut Rng, now: i64| now + rng.i64(1..40) * 86_400_000_000;
        let requests = (0..10).map(|_| Request {
            account,
            key: None,
            ask: Ask::Adjust {
                credits: self.rng.i64(1..40),
                ends: Some(ends(&mut self.rng, self.now)),
            },
        });
        Batch {
            at: self.now,
            fate: Fate::Stored,
            requests: requests.collect(),
        }
    }

    fn account(&mut self) -> u8 {
        // The account of many lots costs more to compare, so it has fewer turns.
        match self.rng.u8(..16) {
            0 => self.accounts - 1,
            _ => self.rng.u8(..self.accounts - 1),
        }
    }

    fn request(&mut self, model: &Model) -> Request {
        if self.chance(12) && !self.past.is_empty() {
            return self.again();
        }
        let number = self.account();
        let account = model.accounts().nth(usize::from(number)).unwrap();
        let ask = self.ask(number, account, model);
        let key = self.key(number);
        Request {
            account: number,
            key,
            ask,
        }
    }

    fn key(&mut self, account: u8) -> Option<KeyNumber> {
        if self.chance(35) {
            return None;
        }
        self.next_key += 1;
        let other = self.rng.u8(..self.accounts);
        let owner = if self.chance(20) { other } else { account };
        Some(KeyNumber {
            owner,
            number: self.next_key,
            print: 0,
        })
    }

    /// An earlier request: as it was, or another one under its key, or with one thing changed.
    fn again(&mut self) -> Request {
        let place = self.rng.usize(..self.past.len());
        let mut request = self.past[place].clone();
        // Whoever repeats an order brings a new number for the purchase.
        if let Ask::Open {
            purchase, offer, ..
        } = &mut request.ask
        {
            self.next_purchase += 1;
            *purchase = self.next_purchase;
            self.opened.push((request.account, *purchase, *offer));
        }
        if let Some(key) = &mut request.key
            && self.rng.u8(..4) == 0
        {
            key.print += 1;
        }
        request
    }

    fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(..100) < percent
    }

    fn ask(&mut self, number: u8, account: &Account, model: &Model) -> Ask {
        if account.lots.is_empty() && self.chance(40) {
            return self.give(account);
        }
        if self.is_shopping && self.chance(40) {
            return self.shop(number);
        }
        let roll = self.rng.u8(..100);
        if (37..58).contains(&roll) && account.active.is_empty() && self.chance(85) {
            return self.hold(account);
        }
        match roll {
            0..22 => Ask::Debit(self.work(account)),
            22..25 => {
                let count = self.rng.usize(1..6);
                let mut items = Vec::with_capacity(count);
                for _ in 0..count {
                    let number = self.account();
                    let account = model.accounts().nth(usize::from(number)).unwrap();
                    items.push((number, self.work(account)));
                }
                Ask::DebitMany(List(items))
            }
            25..37 => self.hold(account),
            37..48 => self.capture(account),
            48..55 => self.change(account),
            55..58 => Ask::Release {
                hold: self.hold_reference(account),
            },
            58..66 => self.refund(account),
            66..75 => self.give(account),
            75..78 => self.take(account),
            78..93 => self.shop(number),
            93..96 => Ask::BookDue,
            _ => self.configure(account),
        }
    }
}

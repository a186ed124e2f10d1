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
    /// The furthest that the clock has been.
    latest: i64,
    accounts: u8,
    /// Requests that may come again.
    past: Vec<Request>,
    opened: Vec<Opened>,
    /// A refund that went out lately, of which session, and its number.
    refunded: Option<(Opened, u8, u8)>,
    /// Requests that nobody heard the answers of: they come again at once.
    unheard: Vec<Request>,
    next_key: u32,
    next_reference: u32,
    next_purchase: u32,
    /// Batches until the account of many lots has them.
    to_come: u32,
    pace: clock::Pace,
    /// The most requests in a batch, where the story is for a database.
    most: Option<usize>,
    /// In some stories accounts come close to the most that anyone can own.
    is_rich: bool,
    /// In some somebody opens more purchases than anyone pays.
    is_shopping: bool,
}

/// A purchase that somebody asked for.
#[derive(Clone, Copy)]
struct Opened {
    account: u8,
    purchase: u32,
    offer: u8,
    key: Option<KeyNumber>,
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
            latest: BEGINNING,
            accounts,
            past: Vec::new(),
            opened: Vec::new(),
            refunded: None,
            unheard: Vec::new(),
            next_key: 0,
            next_reference: 0,
            next_purchase: 0,
            to_come,
            pace,
            most: None,
            is_rich,
            is_shopping,
        }
    }

    /// For a database: in batches of any number of requests up to so many, because commits are dear;
    /// and with no account configured at a whole second, because the auditor tells by it a day that
    /// began at midnight from one that a change of the calendar began.
    pub fn for_a_database(self, most: usize) -> Generator {
        let most = Some(most);
        Generator { most, ..self }
    }

    pub(crate) fn next(&mut self, model: &Model) -> Batch {
        if self.to_come > 0 {
            self.to_come -= 1;
            return self.many_lots();
        }
        if !self.unheard.is_empty() {
            return self.repeat();
        }
        self.pass_time(model);
        let count = self.count();
        let mut requests: Vec<Request> = Vec::with_capacity(count);
        for _ in 0..count {
            let request = self.request(model);
            requests.push(request);
        }
        if self.most.is_some() && self.now % clock::SECOND == 0 {
            requests.retain(|request| !matches!(request.ask, Ask::Configure { .. }));
        }
        let fate = match self.rng.u8(..40) {
            0..3 => Fate::CrashedAndRepeated,
            3 => Fate::Lost,
            4 => Fate::Unheard,
            _ => Fate::Stored,
        };
        // What was lost comes again some time, as everything may.
        self.past.extend(requests.iter().cloned());
        let old = self.past.len().saturating_sub(REMEMBERED);
        self.past.drain(..old);
        if fate == Fate::Unheard {
            self.unheard.clone_from(&requests);
        }
        Batch {
            at: self.now,
            fate,
            requests,
        }
    }

    fn repeat(&mut self) -> Batch {
        let mut requests = std::mem::take(&mut self.unheard);
        for request in &mut requests {
            self.renumber(request);
        }
        Batch {
            at: self.now,
            fate: Fate::Stored,
            requests,
        }
    }

    fn count(&mut self) -> usize {
        if let Some(most) = self.most {
            return self.rng.usize(1..=most);
        }
        match self.rng.u8(..10) {
            0..6 => 1,
            6..8 => 2,
            8 => 3,
            _ => self.rng.usize(4..9),
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
        let key = match ask {
            Ask::Record { purchase, .. } => self.key_of(purchase, number),
            _ => self.key(number),
        };
        if let Ask::Open { .. } = ask
            && let Some(opened) = self.opened.last_mut()
        {
            opened.key = key;
        }
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

    /// Mostly that of the order, which is answered once its session is known.
    fn key_of(&mut self, purchase: u32, account: u8) -> Option<KeyNumber> {
        let mut opened = self.opened.iter();
        match opened.find(|opened| opened.purchase == purchase) {
            Some(opened) if self.rng.u8(..4) > 0 => opened.key,
            _ => self.key(account),
        }
    }

    /// An earlier request: as it was, or another one under its key, or with one thing changed.
    fn again(&mut self) -> Request {
        let place = self.rng.usize(..self.past.len());
        let mut request = self.past[place].clone();
        self.renumber(&mut request);
        if let Some(key) = &mut request.key
            && self.rng.u8(..4) == 0
        {
            key.print += 1;
        }
        request
    }

    /// Whoever repeats an order brings a new number for the purchase.
    fn renumber(&mut self, request: &mut Request) {
        if let Ask::Open {
            purchase, offer, ..
        } = &mut request.ask
        {
            self.next_purchase += 1;
            *purchase = self.next_purchase;
            self.opened.push(Opened {
                account: request.account,
                purchase: *purchase,
                offer: *offer,
                key: request.key,
            });
        }
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

//! The tables' interpreter. Every line is carried out and every expectation checked; after each
//! command the invariants hold, and after a rejection the account is exactly what it was.
//!
//! ```text
//! now 2026-03-01T12:00:00Z
//! lot a adjustment 10 [held 4] [of 30] [priority 1] [granted 2026-01-01] ends 2026-04-01
//! adjust -5 => 5 available
//!   entry adjustment -5 balance 5 available 5 lots a-5
//! hold h1 4 => active, 4 held, 1 available
//!   entry hold 0 held +4 balance 5 available 1 lots a(+4)
//! capture h1 5 => charged 5, captured, 0 held, 0 available
//!   entry capture -5 held -4 balance 0 available 0 lots a-5(-4)
//! debit r1 9 => ! 9 credits are needed and 0 are available
//! ```
//! What can be asked is in `asking`, how answers are told in `telling`. These lines only look:
//!
//! ```text
//! lots a 5, n1 3
//! holds h1 active credits 4 captured 0 in a 4 ends 2026-03-01T13:00:00Z
//! available 5
//! debt 2
//! used backtesting/small 2026-03-01 consumed 5 refunded 1 held 2 count 1, 2026-03-02 nothing
//! ```
//! New lots are named n1, n2, … as entries name them; a hold is named by its reference. In an
//! entry, what is in brackets is the change of a lot's held part.

use std::collections::BTreeMap;

use ledger::account::{AccountState, State};
use ledger::credits::Credits;
use ledger::decide::decide;
use ledger::entry::Entry;
use ledger::ids::LotId;
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::notice::Notice;

use super::asking::{self, hold_id, options};
use super::words::{self, account_id, credits, instant};
use super::writer::{Batches, Writer, fresh_account};
use super::{invariants, notices, recharge_words, telling};

/// A table is true however its commands are batched.
pub fn check(table: &str) {
    for batches in Batches::ALL {
        let mut bench = Bench::new(batches);
        for (number, line) in (1..).zip(table.lines()) {
            let line = line.split('#').next().unwrap().trim();
            if !line.is_empty() {
                bench.line(&format!("{batches:?}, line {number}: {line}"), line);
            }
        }
        bench.expect_no_more_entries("the end");
    }
}

struct Bench {
    state: State,
    writer: Writer,
    now: Instant,
    names: BTreeMap<LotId, String>,
    /// Entries of the last command that no line has named yet.
    unnamed: Vec<Entry>,
    /// What the last command told the account's owner.
    told: Vec<Notice>,
}

impl Bench {
    fn new(batches: Batches) -> Bench {
        let now = instant("2026-03-01T12:00:00Z");
        let mut state = State::default();
        state.accounts.insert(account_id(), fresh_account(now));
        Bench {
            state,
            writer: Writer::new(batches),
            now,
            names: BTreeMap::new(),
            unnamed: Vec::new(),
            told: Vec::new(),
        }
    }

    fn account(&mut self) -> &mut AccountState {
        self.state.accounts.get_mut(&account_id()).unwrap()
    }

    fn line(&mut self, place: &str, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap();
        if word == "entry" {
            assert!(!self.unnamed.is_empty(), "{place}: there is no such entry");
            let entry = self.unnamed.remove(0);
            let said = self.describe(&entry);
            assert_eq!(said, rest, "{place}");
            return;
        }
        self.expect_no_more_entries(place);
        match word {
            "now" => self.now = instant(rest),
            "lot" => self.add_lot(rest),
            "lots" => assert_eq!(self.lots(), rest, "{place}"),
            "told" => assert_eq!(notices::said(&self.told), rest, "{place}"),
            "holds" => assert_eq!(self.hold(rest), rest, "{place}"),
            "watch" => assert_eq!(recharge_words::watch(self.account()), rest, "{place}"),
            "progress" => assert_eq!(recharge_words::progress(self.account()), rest, "{place}"),
            "available" => assert_eq!(self.available(), credits(rest), "{place}"),
            "debt" => assert_eq!(self.account().account.debt, credits(rest), "{place}"),
            "used" => assert_eq!(self.used(rest), rest, "{place}"),
            _ => {
                let (words, expected) = line.split_once(" => ").unwrap();
                self.command(place, words, expected);
            }
        }
    }

    fn expect_no_more_entries(&mut self, place: &str) {
        let entries = std::mem::take(&mut self.unnamed);
        let said: Vec<String> = entries.iter().map(|entry| self.describe(entry)).collect();
        assert!(said.is_empty(), "{place}: entries were booked: {said:#?}");
    }

    fn add_lot(&mut self, words: &str) {
        let words: Vec<&str> = words.split_whitespace().collect();
        let [name, source, amount, rest @ ..] = words.as_slice() else {
            panic!("lot NAME SOURCE CREDITS …");
        };
        let options = options(rest);
        let option = |word: &str| options.get(word).copied();
        let remaining = credits(amount);
        let granted = option("of").map_or(remaining, credits);
        let lot = Lot {
            id: words::lot_id(name),
            source: words::source(source),
            purchase_id: None,
            priority: option("priority").map_or(0, |it| it.parse().unwrap()),
            granted,
            remaining,
            held: option("held").map_or(Credits::ZERO, credits),
            frozen: Credits::ZERO,
            consumed: granted.checked_sub(remaining).unwrap(),
            expired: Credits::ZERO,
            clawed: Credits::ZERO,
            granted_at: instant(option("granted").unwrap_or("2026-01-01")),
            expires_at: instant(option("ends").unwrap()),
            reminded_days: None,
        };
        self.names.insert(lot.id, (*name).to_owned());
        let account = self.account();
        let totals = &mut account.account;
        totals.balance = totals.balance.checked_add(lot.remaining).unwrap();
        totals.held = totals.held.checked_add(lot.held).unwrap();
        account.lots.insert(lot);
    }

    fn command(&mut self, place: &str, words: &str, expected: &str) {
        let words: Vec<&str> = words.split_whitespace().collect();
        let command = asking::command(&words, self.account());
        self.writer.load_codes(&mut self.state);
        let account = self.state.accounts.get_mut(&account_id()).unwrap();
        self.writer.load(account, Some(&command.action), self.now);
        self.writer.load_standing(account);
        let before = self.state.clone();
        let decided = decide(&mut self.state, &command, self.now);
        assert_eq!(telling::decision(&decided), expected, "{place}");
        if let Err(rejection) = decided {
            let (was, is) = (&before.accounts, &self.state.accounts);
            assert_eq!(format!("{was:?}"), format!("{is:?}"), "{place}");
            let (was, is) = (&before.promotions, &self.state.promotions);
            assert_eq!(format!("{was:?}"), format!("{is:?}"), "{place}");
            if !rejection.is_final() {
                assert_eq!(before.keys, self.state.keys, "{place}");
            }
        }
        let before = &before.accounts[&account_id()];
        let account = self.state.accounts.get_mut(&account_id()).unwrap();
        invariants::assert_step(before, account);
        self.told = invariants::new_notices(before, account).to_vec();
        self.unnamed = self.writer.store(before, account);
    }

    fn describe(&mut self, entry: &Entry) -> String {
        assert_eq!(
            entry.created_at, self.now,
            "an entry is booked when it is decided"
        );
        let changes = entry.body.lots.iter();
        let lots: Vec<String> = changes
            .map(|change| telling::lot_change(&self.name(change.lot_id), change))
            .collect();
        telling::entry(entry, &lots)
    }

    fn name(&mut self, id: LotId) -> String {
        let new = self.names.values().filter(|name| name.len() > 1).count() + 1;
        let name = self.names.entry(id);
        name.or_insert_with(|| format!("n{new}")).clone()
    }

    /// Lots with something left, in burn order.
    fn lots(&mut self) -> String {
        let mut lots: Vec<Lot> = self.account().lots.iter().cloned().collect();
        lots.retain(|lot| lot.remaining.is_positive());
        lots.sort_by_key(Lot::burn_order);
        let said = lots
            .iter()
            .map(|lot| format!("{} {}", self.name(lot.id), lot.remaining));
        telling::list(said)
    }

    fn hold(&mut self, line: &str) -> String {
        let reference = line.split(' ').next().unwrap();
        let id = hold_id(reference, self.account());
        let hold = self.writer.holds[&id].clone();
        let parts = hold
            .parts
            .iter()
            .map(|part| format!("{} {}", self.name(part.lot_id), part.credits));
        telling::hold(&hold, &telling::list(parts))
    }

    fn available(&mut self) -> Credits {
        let account = self.state.accounts.get_mut(&account_id()).unwrap();
        self.writer.load(account, None, self.now);
        account.available(self.now).unwrap()
    }

    fn used(&mut self, line: &str) -> String {
        let work = line.split(' ').next().unwrap();
        telling::used(work, self.account().used.as_ref().unwrap())
    }
}

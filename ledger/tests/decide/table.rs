//! The tables' interpreter. Every line is carried out and every expectation checked; after each
//! command the invariants hold, and after a rejection the account is exactly what it was.
//!
//! ```text
//! now 2026-03-01T12:00:00Z
//! lot a adjustment 10 [held 4] [of 30] [priority 1] [granted 2026-01-01] ends 2026-04-01
//! adjust -5 [ends 2026-05-01] [key 7] => 5 available
//!   entry adjustment -5 balance 5 available 5 lots a-5
//! adjust -9 => ! 9 credits are needed and 5 are available
//! open 1 [shop other] [bonus 0] [key 7] => opened 1 created
//! record 1 [session cs_9] [key 7] => recorded 1 open
//! abandon 1 => abandoned 1 failed
//! tell 1 paid => granted 1050 1 paid
//! lots a 5, n1 3
//! ```
//! New lots are named n1, n2, … as entries name them.

use std::collections::BTreeMap;

use ledger::account::{Account, AccountState, State};
use ledger::command::{Action, Adjustment, Command, NewSession, PurchaseEvidence};
use ledger::credits::Credits;
use ledger::decide::decide;
use ledger::entry::Entry;
use ledger::ids::LotId;
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::purchase::Evidence;

use super::invariants;
use super::words::{self, account_id, credits, instant};

pub fn check(table: &str) {
    let mut bench = Bench::new();
    for (number, line) in (1..).zip(table.lines()) {
        let line = line.split('#').next().unwrap().trim();
        if !line.is_empty() {
            bench.line(&format!("line {number}: {line}"), line);
        }
    }
    bench.expect_no_more_entries("the end");
}

struct Bench {
    state: State,
    now: Instant,
    names: BTreeMap<LotId, String>,
    /// Entries of the last command that no line has named yet.
    unnamed: Vec<Entry>,
}

/// Words after the first, as pairs: `held 4 ends 2026-04-01`.
type Options<'a> = BTreeMap<&'a str, &'a str>;

impl Bench {
    fn new() -> Bench {
        let now = instant("2026-03-01T12:00:00Z");
        let mut state = State::default();
        let account = AccountState::new(Account::new(account_id(), now));
        state.accounts.insert(account_id(), account);
        Bench {
            state,
            now,
            names: BTreeMap::new(),
            unnamed: Vec::new(),
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
            _ => {
                let (words, expected) = line.split_once(" => ").unwrap();
                self.command(place, words, expected);
            }
        }
    }

    fn expect_no_more_entries(&self, place: &str) {
        assert_eq!(self.unnamed, [], "{place}: entries were booked before");
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
            consumed: granted.checked_sub(remaining).unwrap(),
            expired: Credits::ZERO,
            clawed: Credits::ZERO,
            granted_at: instant(option("granted").unwrap_or("2026-01-01")),
            expires_at: instant(option("ends").unwrap()),
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
        let command = parse(&words);
        let before = self.state.clone();
        let decided = decide(&mut self.state, &command, self.now);
        let said = match &decided {
            Ok(outcome) => words::outcome(outcome),
            Err(rejection) => format!("! {rejection}"),
        };
        assert_eq!(said, expected, "{place}");
        let after = self.state.clone();
        if let Err(rejection) = decided {
            let (was, is) = (&before.accounts, &after.accounts);
            assert_eq!(format!("{was:?}"), format!("{is:?}"), "{place}");
            if !rejection.is_final() {
                assert_eq!(before.keys, after.keys, "{place}");
            }
        }
        let (before, after) = (&before.accounts, &after.accounts);
        let (before, after) = (&before[&account_id()], &after[&account_id()]);
        invariants::assert_step(before, after);
        self.unnamed = invariants::new_entries(before, after).to_vec();
    }

    fn describe(&mut self, entry: &Entry) -> String {
        let body = &entry.body;
        let lots: Vec<String> = body
            .lots
            .iter()
            .map(|change| {
                let sign = if change.credits.is_positive() {
                    "+"
                } else {
                    ""
                };
                format!("{}{sign}{}", self.name(change.lot_id), change.credits)
            })
            .collect();
        assert_eq!(
            entry.created_at, self.now,
            "an entry is booked when it is decided"
        );
        format!(
            "{} {} balance {} available {} lots {}",
            words::kind(body.kind),
            body.amount,
            entry.balance_after,
            entry.available_after,
            lots.join(" ")
        )
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
        let said: Vec<String> = lots
            .iter()
            .map(|lot| format!("{} {}", self.name(lot.id), lot.remaining))
            .collect();
        if said.is_empty() {
            "none".to_owned()
        } else {
            said.join(", ")
        }
    }
}

fn options<'a>(words: &[&'a str]) -> Options<'a> {
    assert_eq!(words.len() % 2, 0, "options come in pairs: {words:?}");
    let pairs = words.chunks_exact(2);
    pairs.map(|pair| (pair[0], pair[1])).collect()
}

fn parse(words: &[&str]) -> Command {
    let (action, rest) = match words {
        ["adjust", amount, rest @ ..] => {
            let options = options(rest);
            let adjustment = Adjustment {
                credits: credits(amount),
                reason: "goodwill".to_owned(),
                actor: "admin-1".to_owned(),
                expires_at: options.get("ends").map(|end| instant(end)),
            };
            (Action::Adjust(adjustment), options)
        }
        ["open", number, rest @ ..] => {
            let options = options(rest);
            let shop = options.get("shop").copied().unwrap_or("shop");
            let bonus = options.get("bonus").copied().unwrap_or("50");
            let new = words::new_purchase(number, shop, bonus);
            (Action::OpenPurchase(new), options)
        }
        ["resume", rest @ ..] => (Action::ResumePurchase, options(rest)),
        ["record", number, rest @ ..] => {
            let options = options(rest);
            let ours = format!("cs_{number}");
            let session = NewSession {
                purchase_id: words::purchase_id(number),
                session_id: options.get("session").map_or(ours, |&it| it.to_owned()),
                url: Some("https://pay.test/".to_owned()),
            };
            (Action::RecordSession(session), options)
        }
        ["abandon", number, rest @ ..] => {
            let id = words::purchase_id(number);
            (Action::AbandonPurchase(id), options(rest))
        }
        ["tell", number, state, rest @ ..] => {
            let news = PurchaseEvidence {
                purchase_id: words::purchase_id(number),
                evidence: vec![Evidence::Session(words::session(number, state))],
                next_check_at: instant("2026-03-01T13:00:00Z"),
            };
            (Action::ApplyEvidence(news), options(rest))
        }
        _ => panic!("no command: {words:?}"),
    };
    Command {
        account_id: account_id(),
        key: rest.get("key").map(|key| words::key(key)),
        action,
    }
}

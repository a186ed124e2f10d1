//! Whatever is asked in whatever order: the invariants hold after every command, a rejection
//! changes nothing, and time that passes between commands changes no total by itself.

use ledger::account::{AccountState, State};
use ledger::command::{Action, Command, Outcome};
use ledger::credits::Credits;
use ledger::decide::decide;
use ledger::entry::EntryKind;
use ledger::instant::Instant;
use ledger::rejection::Rejection;
use proptest::prelude::*;

use super::any_command::{Ask, any_ask};
use super::asking::{self, usage};
use super::invariants::assert_step;
use super::table::{fresh_account, offer_debits_again};
use super::words::{self, account_id, instant};

/// What is asked, under which key and fingerprint, and how many minutes after the one before.
type Step = (Ask, Option<(u8, u8)>, i64);

fn any_commands() -> impl Strategy<Value = Vec<Step>> {
    let key = prop_oneof![3 => Just(None), 1 => (0..40_u8, 0..2_u8).prop_map(Some)];
    let minutes = prop_oneof![
        6 => Just(0_i64),
        6 => 0..90_i64,
        2 => 0..48 * 60_i64,
        1 => Just(24 * 60 * 100),
    ];
    prop::collection::vec((any_ask(), key, minutes), 1..50)
}

fn start() -> (State, Instant) {
    let now = instant("2026-03-01");
    let mut state = State::default();
    state.accounts.insert(account_id(), fresh_account(now));
    (state, now)
}

fn ask(state: &mut State, command: &Command, now: Instant) -> Result<Outcome, Rejection> {
    let before = state.clone();
    let decided = decide(state, command, now);
    let was = &before.accounts[&account_id()];
    assert_step(was, &state.accounts[&account_id()]);
    let is = state.accounts.get_mut(&account_id()).unwrap();
    if let Err(rejection) = &decided {
        assert_eq!(format!("{was:?}"), format!("{is:?}"), "{rejection}");
        assert_ne!(*rejection, Rejection::AmountOutOfRange);
        if !rejection.is_final() {
            assert_eq!(before.keys, state.keys, "{rejection}");
        }
    }
    offer_debits_again(was, is);
    decided
}

fn run(commands: Vec<Step>) -> AccountState {
    let (mut state, mut now) = start();
    for (asked, key, minutes) in commands {
        now = now.plus_seconds(minutes * 60).unwrap();
        let account = &state.accounts[&account_id()];
        let action = asked.action(account);
        // The writer offers a new id to each purchase; a known one stands for a defect of ours.
        if let Action::OpenPurchase(new) = &action
            && account.purchases.contains_key(&new.terms.purchase_id)
        {
            continue;
        }
        let command = Command {
            account_id: account_id(),
            key: key.map(|(digest, print)| words::key(&format!("{digest}/{print}"))),
            action,
        };
        // Refusals are part of the game.
        let _ = ask(&mut state, &command, now);
    }
    state.accounts.remove(&account_id()).unwrap()
}

fn sum_of(account: &AccountState, kinds: &[EntryKind]) -> i64 {
    let entries = account.changes.entries.iter();
    let entries = entries.filter(|entry| kinds.contains(&entry.body.kind));
    entries.map(|entry| entry.body.amount.micro()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_invariants_hold_after_every_command(commands in any_commands()) {
        let account = run(commands);
        for purchase in account.purchases.values() {
            let grants = account.changes.entries.iter().filter(|entry| {
                entry.body.purchase_id == Some(purchase.terms.purchase_id)
                    && entry.body.kind == EntryKind::Grant
            });
            let granted: Vec<_> = grants.map(|entry| entry.body.amount).collect();
            let owed = purchase.terms.credits.checked_add(purchase.terms.bonus).unwrap();
            prop_assert!(granted.is_empty() || granted == [owed]);
            prop_assert_eq!(purchase.posted, granted.first().copied().unwrap_or_default());
        }
    }

    #[test]
    fn the_same_commands_have_the_same_outcome(commands in any_commands()) {
        let (one, other) = (run(commands.clone()), run(commands));
        prop_assert_eq!(one.account, other.account);
        prop_assert_eq!(one.changes.entries, other.changes.entries);
    }

    /// In any zones, with changes of zone in between: what is owned and not owed is what came in
    /// less what the sums of use say was used, and what ended.
    #[test]
    fn credits_are_conserved(commands in any_commands()) {
        let account = run(commands);
        let came_in = sum_of(&account, &[EntryKind::Grant, EntryKind::Adjustment]);
        let ended = sum_of(&account, &[EntryKind::Expiry]);
        let used: i64 = account.changes.used.values().map(|sum| sum.net().unwrap().micro()).sum();
        let owned = account.account.balance.micro() - account.account.debt.micro();
        prop_assert_eq!(owned, came_in + ended - used);
        let held: i64 = account.changes.used.values().map(|sum| sum.held.micro()).sum();
        prop_assert_eq!(account.account.held.micro(), held);
    }

    #[test]
    fn twenty_holds_of_75_on_500_admit_six_whatever_comes_between(
        between in prop::collection::vec((0..8_u8, 0..20_usize), 20)
    ) {
        let (mut state, now) = start();
        let plain = |action| Command { account_id: account_id(), key: None, action };
        let words = |line: &str, state: &State| {
            let words: Vec<&str> = line.split(' ').collect();
            asking::command(&words, &state.accounts[&account_id()])
        };
        let give = words("adjust +500", &state);
        ask(&mut state, &give, now).unwrap();
        let mut admitted = 0;
        for (number, (kind, earlier)) in (0..20_usize).zip(between) {
            let place = words(&format!("hold h{number} 75 key {number}"), &state);
            admitted += i32::from(ask(&mut state, &place, now).is_ok());
            let neutral = match kind {
                0 => words(&format!("hold h{number} 75 key {number}"), &state),
                1 => words(&format!("hold h{} 1", earlier.min(number).min(5)), &state),
                2 => words("debit big 500.000001", &state),
                3 => words(&format!("change h{earlier} ttl 7200"), &state),
                4 => words(&format!("change h{earlier} credits 75"), &state),
                5 => words(&format!("capture h{earlier} 0 finality partial"), &state),
                6 => words("configure zone Asia/Kolkata overdraft 1000", &state),
                _ => plain(Action::BookDue),
            };
            // Some are refused, and none moves a credit.
            let _ = ask(&mut state, &neutral, now);
        }
        let account = &state.accounts[&account_id()];
        prop_assert_eq!(admitted, 6);
        prop_assert_eq!(account.account.held, Credits::from_whole(450).unwrap());
        prop_assert_eq!(account.available(now).unwrap(), Credits::from_whole(50).unwrap());
    }

    /// However many debits one request carries, each is judged as if it had come alone.
    #[test]
    fn a_batch_of_debits_is_its_debits_one_by_one(
        amounts in prop::collection::vec((0..12_u8, 0..40_i64), 0..20)
    ) {
        let (mut one, now) = start();
        let command = |action| Command { account_id: account_id(), key: None, action };
        let give = asking::command(&["adjust", "+100"], &one.accounts[&account_id()]);
        ask(&mut one, &give, now).unwrap();
        let mut other = one.clone();
        let news = amounts.iter().map(|(reference, whole)| {
            let mut new = asking::debit(&format!("r{reference}"), "0", None);
            new.credits = Credits::from_whole(*whole).unwrap();
            new.usage = usage("backtesting");
            (account_id(), new)
        });
        let news: Vec<_> = news.collect();
        let batch = command(Action::DebitMany(news.clone()));
        let together = format!("{:?}", ask(&mut one, &batch, now).unwrap());
        let each = news.into_iter().map(|(_, new)| ask(&mut other, &command(Action::Debit(new)), now));
        let alone = Outcome::DebitedMany(each.collect());
        prop_assert_eq!(together, format!("{alone:?}"));
        prop_assert_eq!(&one.accounts[&account_id()].account, &other.accounts[&account_id()].account);
    }
}

//! What an administrator sets for an account: it moves no credits, and is taken whole or not at all.

use ledger::command::{AccountSettings, Action, Command, Outcome};
use ledger::decide::{MOST_LIMITS, decide};
use ledger::rejection::Rejection;

use super::asking;
use super::table::check;
use super::words::{account_id, instant};
use super::writer::fresh_account;

#[test]
fn a_window_of_an_operation_has_one_limit() {
    check(
        "configure limits day:5,day:5 => ! an operation has one limit for each window
         configure limits day:backtesting:5,day:backtesting:6 => ! an operation has one limit for each window
         configure limits week:1,day:backtesting:5,day:6,day:other:5,week:backtesting:5 => configured",
    );
}

#[test]
fn nothing_that_is_set_is_negative() {
    check(
        "configure limits day:-0.000001 => ! a limit is not negative
         configure overdraft -0.000001 => ! a limit is not negative
         configure limits day:0 overdraft 0 => configured",
    );
}

#[test]
fn an_account_has_at_most_twenty_limits() {
    let limits = |count: usize| {
        let limits: Vec<String> = (0..count).map(|it| format!("day:work_{it}:1")).collect();
        limits.join(",")
    };
    assert_eq!(MOST_LIMITS, 20);
    check(&format!(
        "configure limits {} => configured
         configure limits {} => ! an account has at most 20 limits",
        limits(20),
        limits(21)
    ));
}

#[test]
fn a_refused_setting_leaves_its_key_free_and_a_repeat_has_no_second_effect() {
    check(
        "configure overdraft -1 key 1 => ! a limit is not negative
         configure overdraft 1 key 1 => configured
         configure overdraft 1 key 1 => answered before
         configure overdraft 2 key 1/2 => ! the idempotency key was used for another request",
    );
}

#[test]
fn settings_are_taken_whole() {
    let now = instant("2026-03-01T12:00:00Z");
    let mut state = ledger::account::State::default();
    state.accounts.insert(account_id(), fresh_account(now));
    let words =
        "configure zone Asia/Kolkata anchor 15 overdraft 7 limits day:5,cycle:backtesting:9";
    let words: Vec<&str> = words.split(' ').collect();
    let command = asking::command(&words, &state.accounts[&account_id()]);
    let outcome = decide(&mut state, &command, now).unwrap();
    let Action::Configure(settings) = &command.action else {
        panic!("{command:?}");
    };
    let account = &state.accounts[&account_id()];
    let is = &account.account;
    assert_eq!(
        *settings,
        AccountSettings {
            zone: is.calendar.zone().clone(),
            anchor_day: is.calendar.anchor_day(),
            overdraft_limit: is.overdraft_limit,
            limits: is.limits.clone(),
        }
    );
    assert_eq!(is.calendar.since(), now);
    assert_eq!((is.version, account.changes.account), (1, true));
    let Outcome::Configured(told) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(told.account, *is);
}

#[test]
fn limits_without_sums_to_hold_them_against_are_not_set() {
    let now = instant("2026-03-01T12:00:00Z");
    let mut state = ledger::account::State::default();
    let mut account = fresh_account(now);
    account.used = None;
    state.accounts.insert(account_id(), account);
    let mut ask = |words: &str| {
        let words: Vec<&str> = words.split(' ').collect();
        let command: Command = asking::command(&words, &state.accounts[&account_id()]);
        decide(&mut state, &command, now)
    };
    ask("adjust +5").unwrap();
    ask("debit r1 1").unwrap();
    let refused = ask("configure limits day:5").unwrap_err();
    assert_eq!(refused, Rejection::AmountOutOfRange);
}

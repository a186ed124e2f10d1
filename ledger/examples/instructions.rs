//! A small, fixed workload for counting the instructions of `decide`. It prepares the same state and
//! the same commands whatever it is asked, then decides only as many of them as it is told: the
//! difference between two runs is what the commands cost. `scripts/instructions.sh` does that.
//!
//! ```text
//! instructions WORKLOAD COUNT
//! ```
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a workload that cannot be prepared measures nothing"
)]

use std::env;
use std::hint::black_box;
use std::process::exit;

use ledger::account::{Account, AccountState, State};
use ledger::command::{Action, Adjustment, Capture, Command, Finality, NewDebit, NewHold};
use ledger::credits::Credits;
use ledger::decide::decide;
use ledger::entry::new_hold_id;
use ledger::hold::Overage;
use ledger::ids::{AccountId, HoldId};
use ledger::instant::Instant;
use ledger::rating::Quantities;
use ledger::replay::{Key, KeyId};
use ledger::usage::Usage;

/// As many commands of each workload are prepared.
const MOST: usize = 1_000;
const NOW: Instant = Instant::from_micros(1_772_366_400_000_000);

fn main() {
    let mut arguments = env::args().skip(1);
    let workload = arguments.next().expect("instructions WORKLOAD COUNT");
    let count: usize = arguments.next().expect("a count").parse().unwrap();
    let lots = if workload == "debit-of-100-lots" {
        100
    } else {
        1
    };
    let mut state = account_with(lots);
    let debits: Vec<Command> = (0..MOST).map(debit).collect();
    let holds: Vec<Command> = (0..MOST).map(hold).collect();
    match workload.as_str() {
        "debit" | "debit-of-100-lots" => {
            for debit in debits.iter().take(count) {
                run(&mut state, debit);
            }
        }
        "hold-and-capture" => {
            for (place, hold) in holds.iter().take(count).enumerate() {
                let id = next_hold_id(&state);
                run(&mut state, hold);
                run(&mut state, &capture(place, id));
                forget_holds(&mut state);
            }
        }
        other => panic!("no such workload: {other}"),
    }
    black_box(&state);
    // What it takes to throw the state away is not asked for.
    exit(0);
}

fn run(state: &mut State, command: &Command) {
    let decided = decide(state, black_box(command), NOW);
    black_box(decided.expect("every command is admitted"));
}

fn next_hold_id(state: &State) -> HoldId {
    let account = &state.accounts[&account_id()].account;
    new_hold_id(&account.id, &account.last_hash, NOW)
}

/// The writer loads only the holds that are asked for or due.
fn forget_holds(state: &mut State) {
    let account = state.accounts.values_mut().next();
    account.unwrap().holds.clear();
}

fn account_id() -> AccountId {
    AccountId::parse("auth0|5f7c8ec7c33c6c004bbafe82").unwrap()
}

fn account_with(lots: i64) -> State {
    let mut state = State::default();
    let account = AccountState::new(Account::new(account_id(), NOW));
    state.accounts.insert(account_id(), account);
    for number in 0..lots {
        let action = Action::Adjust(Adjustment {
            credits: Credits::from_whole(1_000_000).unwrap(),
            reason: "a lot".to_owned(),
            actor: "admin".to_owned(),
            expires_at: NOW.plus_days(1 + number),
        });
        let give = Command {
            account_id: account_id(),
            key: None,
            action,
        };
        decide(&mut state, &give, NOW).unwrap();
    }
    state
}

fn credits(micro: i64) -> Credits {
    Credits::from_micro(micro)
}

fn command(place: usize, action: Action) -> Command {
    let mut digest = [0; 16];
    for (byte, of_place) in digest.iter_mut().zip(place.to_be_bytes()) {
        *byte = of_place;
    }
    let is_capture = matches!(action, Action::CaptureHold(_));
    digest[15] = u8::from(is_capture);
    let id = KeyId {
        owner: account_id(),
        digest,
    };
    Command {
        account_id: account_id(),
        key: Some(Key {
            id,
            fingerprint: [7; 16],
        }),
        action,
    }
}

fn usage() -> Usage {
    Usage {
        operation: "model_inference".to_owned(),
        variant: Some("large".to_owned()),
        quantities: Quantities::from_json("{\"input_tokens\":1200,\"output_tokens\":350}").unwrap(),
        rate_version: Some(3),
    }
}

fn debit(place: usize) -> Command {
    let new = NewDebit {
        credits: credits(50),
        usage: usage(),
        reference: format!("run-{place:06}"),
        description: None,
        metadata: None,
    };
    command(place, Action::Debit(new))
}

fn hold(place: usize) -> Command {
    let new = NewHold {
        credits: credits(100),
        usage: Some(usage()),
        reference: format!("run-{place:06}"),
        description: None,
        metadata: None,
        ttl_seconds: 3_600,
        overage: Overage::Cover,
    };
    command(place, Action::PlaceHold(new))
}

fn capture(place: usize, hold_id: HoldId) -> Command {
    let capture = Capture {
        hold_id,
        credits: credits(60),
        usage: None,
        finality: Finality::Final,
    };
    command(place, Action::CaptureHold(capture))
}

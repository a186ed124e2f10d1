//! Every entry explains itself: what work it was about, whose hold, which reference, and why.

use ledger::account::State;
use ledger::command::{Action, Command, NewDebit, NewHold, Outcome, Refund};
use ledger::decide::decide;
use ledger::entry::{Entry, EntryBody, EntryKind};
use ledger::hold::Overage;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::rating::Quantities;
use ledger::rejection::Rejection;
use ledger::usage::Usage;

use super::asking;
use super::words::{account_id, credits, instant};
use super::writer::{Batches, Writer, fresh_account};

struct Desk {
    state: State,
    writer: Writer,
    now: Instant,
}

impl Desk {
    /// With a hundred credits.
    fn open() -> Desk {
        let now = instant("2026-03-01T12:00:00Z");
        let mut state = State::default();
        state.accounts.insert(account_id(), fresh_account(now));
        let writer = Writer::new(Batches::One);
        let mut desk = Desk { state, writer, now };
        desk.say("adjust +100");
        desk
    }

    fn act(&mut self, action: Action) -> Result<Outcome, Rejection> {
        let command = Command {
            account_id: account_id(),
            key: None,
            action,
        };
        let before = self.state.accounts[&account_id()].clone();
        let decided = decide(&mut self.state, &command, self.now);
        let account = self.state.accounts.get_mut(&account_id()).unwrap();
        self.writer.store(&before, account);
        decided
    }

    fn say(&mut self, words: &str) {
        let words: Vec<&str> = words.split(' ').collect();
        let account = &self.state.accounts[&account_id()];
        let action = asking::command(&words, account).action;
        self.act(action).unwrap();
    }

    fn last_entry(&self) -> &Entry {
        let account = &self.state.accounts[&account_id()];
        account.changes.entries.last().unwrap()
    }

    /// What the last entry says, but for the amounts.
    fn last_words(&self) -> EntryBody {
        let body = self.last_entry().body.clone();
        EntryBody {
            amount: credits("0"),
            held_change: credits("0"),
            debt_change: credits("0"),
            lots: Vec::new(),
            ..body
        }
    }
}

/// A backtest of three assets, priced by the fourth version of its rate.
fn backtest() -> Usage {
    let quantities = "{\"assets\":3,\"bar_years\":2.5}";
    Usage {
        operation: "backtesting".to_owned(),
        variant: Some("small".to_owned()),
        quantities: Quantities::from_json(quantities).unwrap(),
        rate_version: Some(4),
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn new_debit(reference: &str) -> NewDebit {
    NewDebit {
        credits: credits("5"),
        usage: backtest(),
        reference: reference.to_owned(),
        description: text("Backtest of momentum"),
        metadata: text("{\"run\":7}"),
    }
}

#[test]
fn a_debit_says_what_work_it_was_and_a_refund_what_it_gives_back_and_why() {
    let mut desk = Desk::open();
    desk.act(Action::Debit(new_debit("run-7"))).unwrap();
    let debit = EntryBody {
        usage: Some(backtest()),
        reference: text("run-7"),
        description: text("Backtest of momentum"),
        metadata: text("{\"run\":7}"),
        ..EntryBody::of(EntryKind::Debit)
    };
    assert_eq!(desk.last_words(), debit);
    let refund = Refund {
        sequence: 2,
        credits: Some(credits("1")),
        reason: "no data".to_owned(),
    };
    let refunded = desk.act(Action::RefundDebit(refund)).unwrap();
    let expected = EntryBody {
        refunds: Some(2),
        description: text("no data"),
        metadata: None,
        ..EntryBody {
            kind: EntryKind::Refund,
            ..debit
        }
    };
    assert_eq!(desk.last_words(), expected);
    let Outcome::Refunded { debit, entry, .. } = refunded else {
        panic!("{refunded:?}");
    };
    assert_eq!((debit.sequence, entry.sequence), (2, 3));
}

#[test]
fn a_hold_and_all_that_becomes_of_it_name_the_hold_and_its_work() {
    let mut desk = Desk::open();
    let placed = desk.act(Action::PlaceHold(NewHold {
        credits: credits("10"),
        usage: Some(backtest()),
        reference: "run-8".to_owned(),
        description: text("Backtest of momentum"),
        metadata: text("{\"run\":8}"),
        ttl_seconds: 600,
        overage: Overage::Cap,
    }));
    let Ok(Outcome::HoldChanged { hold, .. }) = placed else {
        panic!("{placed:?}");
    };
    assert_eq!(hold.overage, Overage::Cap);
    assert_eq!(hold.description, text("Backtest of momentum"));
    assert_eq!(hold.id.bucket(), account_id().bucket());
    let about = EntryBody {
        usage: Some(backtest()),
        hold_id: Some(hold.id),
        reference: text("run-8"),
        ..EntryBody::of(EntryKind::Hold)
    };
    let first = EntryBody {
        description: text("Backtest of momentum"),
        metadata: text("{\"run\":8}"),
        ..about.clone()
    };
    assert_eq!(desk.last_words(), first);
    desk.say("change run-8 credits 8");
    assert_eq!(desk.last_words(), about);

    desk.say("capture run-8 1 finality partial");
    let capture = EntryBody {
        kind: EntryKind::Capture,
        description: text("Backtest of momentum"),
        ..about.clone()
    };
    assert_eq!(desk.last_words(), capture);
    desk.say("capture run-8 1 of backtesting/large finality partial");
    let other = EntryBody {
        usage: Some(asking::usage("backtesting/large")),
        ..capture
    };
    assert_eq!(desk.last_words(), other);
    desk.say("refund 5");
    let refund = EntryBody {
        kind: EntryKind::Refund,
        refunds: Some(5),
        description: text("the job failed"),
        ..other
    };
    assert_eq!(desk.last_words(), refund);
    desk.say("release run-8");
    let release = EntryBody {
        kind: EntryKind::Release,
        ..about
    };
    assert_eq!(desk.last_words(), release);
}

#[test]
fn an_adjustment_says_who_made_it_and_why_and_a_grant_what_was_bought() {
    let mut desk = Desk::open();
    for words in ["adjust +1", "adjust -1"] {
        desk.say(words);
        let adjustment = EntryBody {
            description: text("goodwill"),
            actor: text("admin-1"),
            ..EntryBody::of(EntryKind::Adjustment)
        };
        assert_eq!(desk.last_words(), adjustment);
    }
    desk.say("open 1");
    desk.say("tell 1 paid");
    let grant = EntryBody {
        purchase_id: Some(super::words::purchase_id("1")),
        description: text("1000 credits"),
        ..EntryBody::of(EntryKind::Grant)
    };
    assert_eq!(desk.last_words(), grant);
}

#[test]
fn holds_made_in_the_same_moment_have_ids_of_their_own() {
    let mut desk = Desk::open();
    desk.say("hold one 1");
    desk.say("hold other 1");
    let account = &desk.state.accounts[&account_id()];
    assert_eq!(account.holds.len(), 2);
}

#[test]
fn a_forfeit_names_the_purchase_whose_credits_ended() {
    let mut desk = Desk::open();
    desk.say("open 1");
    desk.say("tell 1 paid");
    let id = super::words::purchase_id("1");
    assert_eq!(desk.last_entry().body.purchase_id, Some(id));
    desk.now = instant("2027-03-01T12:00:00Z");
    desk.say("book due");
    let forfeit = EntryBody {
        purchase_id: Some(id),
        ..EntryBody::of(EntryKind::Expiry)
    };
    assert_eq!(desk.last_words(), forfeit);
}

#[test]
fn a_debit_of_a_batch_is_told_with_the_account_it_is_about() {
    let mut desk = Desk::open();
    let poor = AccountId::parse("acct-8").unwrap();
    let mut account = fresh_account(desk.now);
    account.account.id = poor.clone();
    desk.state.accounts.insert(poor.clone(), account);
    let batch = [
        (account_id(), new_debit("run-7")),
        (poor.clone(), new_debit("run-7")),
        (account_id(), new_debit("run-8")),
    ];
    let told = desk.act(Action::DebitMany(batch.to_vec())).unwrap();
    let Outcome::DebitedMany(results) = told else {
        panic!("{told:?}");
    };
    let whose = |result: &Result<Outcome, Rejection>| match result {
        Ok(Outcome::Debited { account_id, entry }) => {
            (account_id.to_string(), entry.id(account_id).bucket())
        }
        other => (format!("{other:?}"), 0),
    };
    let ours = ("acct-7".to_owned(), account_id().bucket());
    assert_eq!(whose(&results[0]), ours);
    let refused = Rejection::NotEnoughCredits {
        required: credits("5"),
        available: credits("0"),
        shortfall: credits("5"),
    };
    assert_eq!(results[1].as_ref().unwrap_err(), &refused);
    assert_eq!(whose(&results[2]), ours);
    assert!(desk.state.accounts[&poor].changes.entries.is_empty());
}

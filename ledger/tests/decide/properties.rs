//! Whatever is asked in whatever order: the invariants hold after every command, a rejection
//! changes nothing, and time that passes between commands changes no total by itself.

use ledger::account::{AccountState, State};
use ledger::command::{Action, Command, Outcome};
use ledger::credits::Credits;
use ledger::decide::decide;
use ledger::entry::EntryKind;
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::rejection::Rejection;
use proptest::prelude::*;

use super::any_command::{Ask, any_ask};
use super::asking;
use super::invariants::assert_step;
use super::words::{self, account_id, instant};
use super::writer::{Batches, Writer, fresh_account};

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

/// An account, and the writer that it is stored by.
struct Service {
    state: State,
    writer: Writer,
    now: Instant,
}

impl Service {
    fn start(batches: Batches) -> Service {
        let now = instant("2026-03-01");
        let mut state = State::default();
        state.accounts.insert(account_id(), fresh_account(now));
        Service {
            state,
            writer: Writer::new(batches),
            now,
        }
    }

    fn account(&self) -> &AccountState {
        &self.state.accounts[&account_id()]
    }

    fn ask(&mut self, command: &Command) -> Result<Outcome, Rejection> {
        let account = self.state.accounts.get_mut(&account_id()).unwrap();
        self.writer.load(account, Some(&command.action), self.now);
        let before = self.state.clone();
        let decided = decide(&mut self.state, command, self.now);
        let was = &before.accounts[&account_id()];
        let is = self.state.accounts.get_mut(&account_id()).unwrap();
        assert_step(was, is);
        if let Err(rejection) = &decided {
            assert_eq!(format!("{was:?}"), format!("{is:?}"), "{rejection}");
            assert_ne!(*rejection, Rejection::AmountOutOfRange);
            if !rejection.is_final() {
                assert_eq!(before.keys, self.state.keys, "{rejection}");
            }
        }
        self.writer.store(was, is);
        decided
    }

    fn say(&mut self, words: &str) -> Result<Outcome, Rejection> {
        let words: Vec<&str> = words.split(' ').collect();
        let command = asking::command(&words, self.account());
        self.ask(&command)
    }

    fn sum_of(&self, kinds: &[EntryKind]) -> i64 {
        let entries = self.writer.entries.iter();
        let entries = entries.filter(|entry| kinds.contains(&entry.body.kind));
        entries.map(|entry| entry.body.amount.micro()).sum()
    }
}

fn run(commands: Vec<Step>, batches: Batches) -> Service {
    let mut service = Service::start(batches);
    for (asked, key, minutes) in commands {
        service.now = service.now.plus_seconds(minutes * 60).unwrap();
        let account = service.account();
        let action = asked.action(account, &service.writer.holds);
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
        let _ = service.ask(&command);
    }
    service
}

/// Those with something left: only they are remembered.
fn open_lots(account: &AccountState) -> Vec<&Lot> {
    let lots = account.lots.iter();
    lots.filter(|lot| lot.remaining.is_positive()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// In any zones, with changes of zone in between: what is owned and not owed is what came in
    /// less what the sums of use say was used, and what ended.
    #[test]
    fn credits_are_conserved_and_granted_once(commands in any_commands()) {
        let service = run(commands, Batches::OneForEachCommand);
        let account = service.account();
        let came_in = service.sum_of(&[EntryKind::Grant, EntryKind::Adjustment]);
        let ended = service.sum_of(&[EntryKind::Expiry]);
        let sums = || account.used.iter().flat_map(|sums| sums.values());
        let used: i64 = sums().map(|sum| sum.net().unwrap().micro()).sum();
        let owned = account.account.balance.micro() - account.account.debt.micro();
        prop_assert_eq!(owned, came_in + ended - used);
        let held: i64 = sums().map(|sum| sum.held.micro()).sum();
        prop_assert_eq!(account.account.held.micro(), held);
        for purchase in account.purchases.values() {
            let grants = service.writer.entries.iter().filter(|entry| {
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
    fn the_same_commands_have_the_same_outcome_however_they_are_batched(
        commands in any_commands()
    ) {
        let [one, others @ ..] = Batches::ALL.map(|batches| run(commands.clone(), batches));
        for other in &others {
            prop_assert_eq!(&one.writer.entries, &other.writer.entries);
            prop_assert_eq!(&one.writer.holds, &other.writer.holds);
            let (one, other) = (one.account(), other.account());
            prop_assert_eq!(open_lots(one), open_lots(other));
            prop_assert_eq!(&one.used, &other.used);
            prop_assert_eq!(&one.account, &other.account);
        }
    }

    #[test]
    fn twenty_holds_of_75_on_500_admit_six_whatever_comes_between(
        between in prop::collection::vec((0..8_u8, 0..20_usize), 20)
    ) {
        let mut service = Service::start(Batches::OneForEachCommand);
        service.say("adjust +500").unwrap();
        let mut admitted = 0;
        for (number, (kind, earlier)) in (0..20_usize).zip(between) {
            let place = format!("hold h{number} 75 key {number}");
            admitted += i32::from(service.say(&place).is_ok());
            // Some of these are refused, and none moves a credit.
            let _ = service.say(&match kind {
                0 => place,
                1 => format!("hold h{} 1", earlier.min(number).min(5)),
                2 => "debit big 500.000001".to_owned(),
                3 => format!("change h{earlier} ttl 7200"),
                4 => format!("change h{earlier} credits 75"),
                5 => format!("capture h{earlier} 0 finality partial"),
                6 => "configure zone Asia/Kolkata overdraft 1000".to_owned(),
                _ => "book due".to_owned(),
            });
        }
        let account = service.account();
        prop_assert_eq!(admitted, 6);
        prop_assert_eq!(account.account.held, Credits::from_whole(450).unwrap());
        let available = account.available(service.now).unwrap();
        prop_assert_eq!(available, Credits::from_whole(50).unwrap());
    }

    /// However many debits one request carries, each is judged as if it had come alone.
    #[test]
    fn a_batch_of_debits_is_its_debits_one_by_one(
        amounts in prop::collection::vec((0..12_u8, 0..40_i64), 1..20)
    ) {
        let debits = amounts.iter().map(|(reference, whole)| format!("r{reference} {whole}"));
        let debits: Vec<String> = debits.collect();
        let mut one = Service::start(Batches::OneForEachCommand);
        one.say("adjust +100").unwrap();
        let mut other = Service::start(Batches::OneForEachCommand);
        other.say("adjust +100").unwrap();
        let together = one.say(&format!("debits {}", debits.join(", "))).unwrap();
        let each = debits.iter().map(|debit| other.say(&format!("debit {debit}")));
        let alone = Outcome::DebitedMany(each.collect());
        prop_assert_eq!(format!("{together:?}"), format!("{alone:?}"));
        prop_assert_eq!(&one.writer.entries, &other.writer.entries);
    }
}

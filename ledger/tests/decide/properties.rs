//! Whatever is asked in whatever order: the invariants hold after every command, a rejection
//! changes nothing, and time that passes between commands changes no total by itself.

use ledger::account::{Account, AccountState, State};
use ledger::command::{Action, Adjustment, Command, NewSession, PurchaseEvidence};
use ledger::credits::Credits;
use ledger::decide::decide;
use ledger::instant::Instant;
use ledger::purchase::Evidence;
use proptest::prelude::*;

use super::invariants::assert_step;
use super::words::{self, account_id, instant, purchase_id};

const PURCHASES: u8 = 4;

/// What is asked, under which key and fingerprint, and how many hours after the one before.
type Step = (Action, Option<(u8, u8)>, i64);

fn any_action() -> impl Strategy<Value = Action> {
    let micro = prop_oneof![
        -20_000_000_i64..=20_000_000,
        -3_i64..=3,
        Just(10_000_000_000_000),
        Just(10_000_000_000_001),
    ];
    let end = prop::option::of(-5_i64..400);
    let adjust = (micro, end).prop_map(|(micro, end)| {
        Action::Adjust(Adjustment {
            credits: Credits::from_micro(micro),
            reason: "goodwill".to_owned(),
            actor: "admin-1".to_owned(),
            expires_at: end.and_then(|days| instant("2026-03-01").plus_days(days)),
        })
    });
    let number = || (1..=PURCHASES).prop_map(|number| number.to_string());
    let open = (number(), 0..2_u8, 0..2_u8).prop_map(|(number, shop, bonus)| {
        let new = words::new_purchase(&number, &shop.to_string(), &bonus.to_string());
        Action::OpenPurchase(new)
    });
    let record = (number(), 0..3_u8).prop_map(|(number, session)| {
        Action::RecordSession(NewSession {
            purchase_id: purchase_id(&number),
            session_id: format!("cs_{}", if session == 0 { "9" } else { &number }),
            url: None,
        })
    });
    let states = prop::sample::select(vec!["open", "expired", "unpaid", "paid"]);
    let tell = (number(), states, any::<bool>()).prop_map(|(number, state, is_right)| {
        let mut session = words::session(&number, state);
        if !is_right {
            session.amount_total_minor = Some(999);
        }
        Action::ApplyEvidence(PurchaseEvidence {
            purchase_id: purchase_id(&number),
            evidence: vec![Evidence::Session(session)],
            next_check_at: instant("2026-03-02"),
        })
    });
    let abandon = number().prop_map(|number| Action::AbandonPurchase(purchase_id(&number)));
    prop_oneof![5 => adjust, 2 => open, 1 => record, 2 => tell, 1 => abandon]
}

fn any_commands() -> impl Strategy<Value = Vec<Step>> {
    let key = prop::option::of((0..6_u8, 0..2_u8));
    let hours = prop_oneof![Just(0_i64), 0..48_i64, Just(24 * 200)];
    prop::collection::vec((any_action(), key, hours), 1..40)
}

fn run(commands: Vec<Step>) -> AccountState {
    let mut now: Instant = instant("2026-03-01");
    let mut state = State::default();
    let fresh = AccountState::new(Account::new(account_id(), now));
    state.accounts.insert(account_id(), fresh);
    for (action, key, hours) in commands {
        now = now.plus_seconds(hours * 3_600).unwrap();
        // The writer offers a new id to each purchase; a known one stands for a defect of ours.
        if let Action::OpenPurchase(new) = &action
            && state.accounts[&account_id()]
                .purchases
                .contains_key(&new.terms.purchase_id)
        {
            continue;
        }
        let command = Command {
            account_id: account_id(),
            key: key.map(|(digest, print)| words::key(&format!("{digest}/{print}"))),
            action,
        };
        let before = state.clone();
        let decided = decide(&mut state, &command, now);
        let (was, is) = (
            &before.accounts[&account_id()],
            &state.accounts[&account_id()],
        );
        assert_step(was, is);
        if let Err(rejection) = decided {
            assert_eq!(format!("{was:?}"), format!("{is:?}"), "{rejection}");
            if !rejection.is_final() {
                assert_eq!(before.keys, state.keys, "{rejection}");
            }
        }
    }
    state.accounts.remove(&account_id()).unwrap()
}

proptest! {
    #[test]
    fn the_invariants_hold_after_every_command(commands in any_commands()) {
        let account = run(commands);
        for purchase in account.purchases.values() {
            let grants = account.changes.entries.iter().filter(|entry| {
                entry.body.purchase_id == Some(purchase.terms.purchase_id)
                    && entry.body.kind == ledger::entry::EntryKind::Grant
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
}

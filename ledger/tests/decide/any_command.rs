//! Random commands: everything that can be asked, about holds and debits that mostly exist. It says
//! what is asked, and never what should come of it.

use std::collections::BTreeMap;

use ledger::account::AccountState;
use ledger::calendar::{AnchorDay, Zone};
use ledger::command::{
    AccountSettings, Action, Adjustment, Capture, Finality, HoldChange, NewDebit, NewHold,
    NewSession, PurchaseEvidence, Refund,
};
use ledger::credits::Credits;
use ledger::hold::{Hold, Overage};
use ledger::ids::HoldId;
use ledger::limit::{Limit, LimitWindow};
use ledger::purchase::Evidence;
use proptest::prelude::*;
use uuid::Uuid;

use super::asking::usage;
use super::words::{self, account_id, instant, purchase_id};

const PURCHASES: u8 = 4;
const WORK: [&str; 4] = [
    "backtesting",
    "backtesting/small",
    "model_inference/large",
    "other",
];
/// Whole hours, half hours, daylight saving of an hour and of half an hour, and a lost day.
const ZONES: [&str; 6] = [
    "UTC",
    "Asia/Kolkata",
    "America/St_Johns",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
];

/// What is asked; of holds and debits only which of those that there are.
#[derive(Clone, Debug)]
pub enum Ask {
    Plain(Box<Action>),
    Refund(usize, Option<Credits>),
    Capture(usize, Credits, Finality),
    Change(usize, Option<i64>, Option<Credits>),
    Release(usize),
}

fn plain(action: Action) -> Ask {
    Ask::Plain(Box::new(action))
}

type Holds = BTreeMap<HoldId, Hold>;

impl Ask {
    /// `holds` are all there are, loaded or not.
    pub fn action(self, account: &AccountState, holds: &Holds) -> Action {
        match self {
            Ask::Plain(action) => *action,
            Ask::Refund(index, credits) => Action::RefundDebit(Refund {
                sequence: nth(account.debits.keys(), index).copied().unwrap_or(1),
                credits,
                reason: "the job failed".to_owned(),
            }),
            Ask::Capture(index, credits, finality) => Action::CaptureHold(Capture {
                hold_id: hold_id(holds, index),
                credits,
                usage: index.is_multiple_of(3).then(|| usage(WORK[2])),
                finality,
            }),
            Ask::Change(index, ttl_seconds, credits) => Action::ChangeHold(HoldChange {
                hold_id: hold_id(holds, index),
                ttl_seconds,
                credits,
            }),
            Ask::Release(index) => Action::ReleaseHold(hold_id(holds, index)),
        }
    }
}

fn hold_id(holds: &Holds, index: usize) -> HoldId {
    let known = nth(holds.keys(), index).copied();
    known.unwrap_or(HoldId::from_uuid(Uuid::nil()))
}

/// One in sixteen is none of them.
fn nth<T>(mut all: impl ExactSizeIterator<Item = T>, index: usize) -> Option<T> {
    let of = all.len();
    if index.is_multiple_of(16) || of == 0 {
        return None;
    }
    all.nth(index / 16 % of)
}

pub fn any_ask() -> impl Strategy<Value = Ask> {
    prop_oneof![
        6 => adjust().prop_map(plain),
        4 => purchase().prop_map(plain),
        5 => debit().prop_map(|new| plain(Action::Debit(new))),
        1 => prop::collection::vec(debit(), 0..4).prop_map(debits),
        5 => hold().prop_map(|new| plain(Action::PlaceHold(new))),
        3 => (index(), prop::option::of(some_credits())).prop_map(|(it, part)| Ask::Refund(it, part)),
        6 => (index(), some_credits(), finality()).prop_map(|(it, cost, end)| Ask::Capture(it, cost, end)),
        3 => (index(), prop::option::of(ttl()), prop::option::of(some_credits()))
            .prop_map(|(it, ttl, credits)| Ask::Change(it, ttl, credits)),
        2 => index().prop_map(Ask::Release),
        1 => Just(plain(Action::BookDue)),
        2 => settings().prop_map(|it| plain(Action::Configure(it))),
    ]
}

fn index() -> impl Strategy<Value = usize> {
    0..1_024_usize
}

/// Few credits in few sizes, so that amounts often meet exactly.
fn some_credits() -> impl Strategy<Value = Credits> {
    let micro = prop_oneof![
        (0..=20_i64).prop_map(|whole| whole * 1_000_000),
        0..=3_i64,
        0..=20_000_000_i64,
    ];
    micro.prop_map(Credits::from_micro)
}

fn ttl() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 1..=86_400_i64, 1 => Just(3_600), 1 => Just(0), 1 => Just(86_401)]
}

fn finality() -> impl Strategy<Value = Finality> {
    prop::sample::select(vec![Finality::Partial, Finality::Final])
}

fn work() -> impl Strategy<Value = &'static str> {
    prop::sample::select(WORK.to_vec())
}

fn adjust() -> impl Strategy<Value = Action> {
    let micro = prop_oneof![
        0_i64..=40_000_000,
        -20_000_000_i64..=0,
        -3_i64..=3,
        Just(10_000_000_000_000),
        Just(10_000_000_000_001),
    ];
    let end = prop::option::of(prop_oneof![-1_i64..4, 0_i64..400]);
    (micro, end).prop_map(|(micro, end)| {
        Action::Adjust(Adjustment {
            credits: Credits::from_micro(micro),
            reason: "goodwill".to_owned(),
            actor: "admin-1".to_owned(),
            expires_at: end.and_then(|days| instant("2026-03-05").plus_days(days)),
        })
    })
}

fn purchase() -> impl Strategy<Value = Action> {
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
    prop_oneof![2 => open, 1 => record, 2 => tell, 1 => abandon]
}

fn debit() -> impl Strategy<Value = NewDebit> {
    (0..40_u8, some_credits(), work()).prop_map(|(number, credits, work)| NewDebit {
        credits,
        usage: usage(work),
        reference: format!("w{number}"),
        description: None,
        metadata: None,
    })
}

fn debits(new: Vec<NewDebit>) -> Ask {
    let each = new.into_iter().map(|new| (account_id(), new));
    plain(Action::DebitMany(each.collect()))
}

fn hold() -> impl Strategy<Value = NewHold> {
    let overage = prop::sample::select(vec![Overage::Reject, Overage::Cap, Overage::Cover]);
    let work = prop::option::of(work());
    (0..40_u8, some_credits(), work, ttl(), overage).prop_map(
        |(number, credits, work, ttl_seconds, overage)| NewHold {
            credits,
            usage: work.map(usage),
            reference: format!("w{number}"),
            description: None,
            metadata: None,
            ttl_seconds,
            overage,
        },
    )
}

fn settings() -> impl Strategy<Value = AccountSettings> {
    let windows = vec![LimitWindow::Day, LimitWindow::Week, LimitWindow::Cycle];
    let limit = (
        prop::option::of(work()),
        prop::sample::select(windows),
        -1_i64..200,
    );
    let limits = limit.prop_map(|(work, window, credits)| Limit {
        operation: work.map(|work| usage(work).operation),
        window,
        credits: Credits::from_micro(credits * 1_000_000),
    });
    let limits = prop::collection::vec(limits, 0..3);
    let zone = prop::sample::select(ZONES.to_vec());
    (zone, 1..=31_i16, some_credits(), limits).prop_map(
        |(zone, anchor, overdraft_limit, limits)| AccountSettings {
            zone: Zone::parse(zone).unwrap(),
            anchor_day: AnchorDay::new(anchor).unwrap(),
            overdraft_limit,
            limits,
        },
    )
}

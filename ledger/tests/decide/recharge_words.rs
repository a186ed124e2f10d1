//! What a table can ask of auto-recharge, and how it tells what came of it.
//!
//! ```text
//! recharge below 100 buy 500 cap 5000 => recharge on      # or up-to 600; cents; one cent a credit
//! recharge off => recharge off
//! card a 2026-02-01 => card pm_a                          # lost a => no card
//! attempt 1 => recharging 1 created                       # or: waits EnoughIsAvailable
//! tell 1 payment paid 500 => granted 500 1 paid           # a payment intent's word, in cents
//! tell 1 payment declined generic_decline => settled 1 failed
//! refuse 1 resource_missing => abandoned 1 failed
//! watch below 100 due 2026-03-01T12:00:00Z
//! progress 1 attempts, 1 failures, spent 0
//! ```

use ledger::account::AccountState;
use ledger::command::{Action, CardChange, RechargeAttempt, RefusedRecharge};
use ledger::money::{Currency, Money};
use ledger::pricing::{PriceList, Slab};
use ledger::purchase::{Charged, Evidence, PaymentIntentSnapshot, PaymentIntentState};
use ledger::recharge::{Amount, AutoRecharge, Card, Decline, Obstacle, Settings};

use super::words::{account_id, credits, instant, purchase_id};

pub const VERBS: [&str; 5] = ["recharge", "card", "lost", "attempt", "refuse"];

pub fn action(words: &[&str], account: &AccountState) -> Action {
    match words {
        ["recharge", "off"] => {
            let known = account.recharge.clone().unwrap().settings.unwrap();
            Action::ConfigureRecharge(Settings {
                enabled: false,
                ..known
            })
        }
        ["recharge", "below", below, how, amount, "cap", cap] => {
            Action::ConfigureRecharge(Settings {
                enabled: true,
                threshold: credits(below),
                amount: match *how {
                    "buy" => Amount::Fixed(amount.parse().unwrap()),
                    "up-to" => Amount::UpTo(credits(amount)),
                    _ => panic!("{words:?}"),
                },
                cycle_cap: cents(cap),
            })
        }
        ["card", name, added] => Action::ChangeCard(CardChange::Saved {
            customer_id: "cus_1".to_owned(),
            card: Card {
                payment_method_id: format!("pm_{name}"),
                brand: "visa".to_owned(),
                last4: "4242".to_owned(),
                exp_month: 12,
                exp_year: 2030,
                added_at: instant(added),
                removed_at: None,
            },
        }),
        ["lost", name] => Action::ChangeCard(CardChange::Removed {
            payment_method_id: format!("pm_{name}"),
        }),
        ["attempt", number] => Action::AttemptRecharge(Box::new(attempt(number))),
        ["refuse", number, code] => Action::RefuseRecharge(RefusedRecharge {
            purchase_id: purchase_id(number),
            decline: Decline::of_code(code),
        }),
        _ => panic!("no command: {words:?}"),
    }
}

fn cents(text: &str) -> Money {
    Money {
        amount_minor: text.parse().unwrap(),
        currency: Currency::USD,
    }
}

pub fn attempt(number: &str) -> RechargeAttempt {
    let slab = Slab {
        from_credits: 1,
        price_per_credit: 1.into(),
    };
    RechargeAttempt {
        purchase_id: purchase_id(number),
        prices: vec![PriceList::new(Currency::USD, vec![slab], 10, 2_000).unwrap()],
        livemode: true,
        success_url: "https://platform.test/done".to_owned(),
        cancel_url: "https://platform.test/credits".to_owned(),
    }
}

/// The payment intent of a purchase: `paid 500`, `declined lost_card`, `processing now`, or
/// `charge paid`, where only a charge was seen.
pub fn payment(number: &str, state: &str, detail: &str) -> Evidence {
    let charged = Charged {
        amount_minor: detail.parse().unwrap_or_default(),
        currency: "usd".to_owned(),
        livemode: true,
        account_id: Some(account_id().to_string()),
    };
    let is_paid = state == "paid";
    Evidence::PaymentIntent(PaymentIntentSnapshot {
        id: format!("pi_{number}"),
        state: match state {
            "paid" | "charge" => PaymentIntentState::Succeeded,
            "declined" => PaymentIntentState::Failed,
            "processing" => PaymentIntentState::Processing,
            _ => panic!("no state of a payment: {state}"),
        },
        observed_at: instant("2026-03-01T12:00:00Z"),
        purchase_id: Some(purchase_id(number).to_string()),
        receipt_url: None,
        charged: is_paid.then_some(charged),
        decline: (state == "declined").then(|| Decline::of_code(detail)),
    })
}

pub fn changed(recharge: &AutoRecharge) -> String {
    let is_on = recharge.settings.as_ref().is_some_and(|it| it.enabled);
    let card = recharge
        .usable_card()
        .map_or("no card", |card| &card.payment_method_id);
    format!("recharge {}, {card}", if is_on { "on" } else { "off" })
}

pub fn waits(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Pausing { until } => format!("waits: pausing until {until}"),
        Obstacle::CapReached { until } => format!("waits: cap until {until}"),
        other => format!("waits {other:?}"),
    }
}

pub fn watch(account: &AccountState) -> String {
    let watch = account.account.watch;
    let below = watch.below.map(|below| format!("below {below}"));
    let due = watch.due_at.map(|due| format!("due {due}"));
    let said: Vec<String> = below.into_iter().chain(due).collect();
    if said.is_empty() {
        "none".to_owned()
    } else {
        said.join(" ")
    }
}

pub fn progress(account: &AccountState) -> String {
    let recharge = account.recharge.as_ref().unwrap();
    let suspended = recharge.suspension.map(|why| format!(", {why:?}"));
    format!(
        "{} attempts, {} failures, spent {}{}",
        recharge.attempts,
        recharge.failures,
        recharge.spending.amount_minor,
        suspended.unwrap_or_default()
    )
}

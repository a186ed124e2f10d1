//! The tables' interpreter: one auto-recharge, told step by step what happens to it.
//!
//! ```text
//! now 2026-03-01T12:00:00Z
//! set below 100 buy 500 cap 1000      # or: up-to 600; or: off
//! card a 2026-02-01                   # or: lost a; or: customer gone
//! at 50 => try 500 for 500            # 500 credits for 500 cents: one cent a credit
//! try 1
//! declined 1 generic_decline          # or: declined 1 do_not_honor do_not_try_again
//! paid 1 500                          # or: ended 1
//! state => 1 attempts, 1 failures, spent 0
//! watch => due 2026-03-01T13:00:00Z   # or: below 100; or: none
//! ```
//! From 10 to 2000 credits can be bought at once. Of a purchase the card charged is the one that was
//! saved when it was tried.

use std::collections::BTreeMap;

use ledger::calendar::Calendar;
use ledger::credits::Credits;
use ledger::ids::PurchaseId;
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::pricing::{PriceList, Slab};
use ledger::recharge::{
    Advice, Amount, AutoRecharge, CapNotice, Card, Decline, Obstacle, Settings, Verdict, verdict,
};
use uuid::Uuid;

pub fn instant(text: &str) -> Instant {
    let whole = if text.contains('T') {
        text.to_owned()
    } else {
        format!("{text}T00:00:00Z")
    };
    whole.parse().unwrap()
}

pub fn cents(amount_minor: i64) -> Money {
    Money {
        amount_minor,
        currency: Currency::USD,
    }
}

pub fn prices() -> PriceList {
    let slab = Slab {
        from_credits: 1,
        price_per_credit: 1.into(),
    };
    PriceList::new(Currency::USD, vec![slab], 10, 2_000).unwrap()
}

pub fn card(name: &str, added_at: Instant) -> Card {
    Card {
        payment_method_id: format!("pm_{name}"),
        brand: "visa".to_owned(),
        last4: "4242".to_owned(),
        exp_month: 12,
        exp_year: 2030,
        added_at,
        removed_at: None,
    }
}

pub fn purchase(number: u128) -> PurchaseId {
    PurchaseId::from_uuid(Uuid::from_u128(number))
}

pub fn check(table: &str) {
    let now = instant("2026-03-01T12:00:00Z");
    let mut bench = Bench {
        recharge: AutoRecharge {
            customer_id: Some("cus_1".to_owned()),
            ..AutoRecharge::new(now)
        },
        charged: BTreeMap::new(),
        now,
    };
    for (number, line) in (1..).zip(table.lines()) {
        let line = line.split('#').next().unwrap().trim();
        if !line.is_empty() {
            bench.line(&format!("line {number}: {line}"), line);
        }
    }
}

struct Bench {
    recharge: AutoRecharge,
    charged: BTreeMap<PurchaseId, String>,
    now: Instant,
}

impl Bench {
    fn line(&mut self, place: &str, line: &str) {
        let (words, expected) = line.split_once(" => ").unwrap_or((line, ""));
        let words: Vec<&str> = words.split_whitespace().collect();
        let now = self.now;
        let id = |number: &str| purchase(number.parse().unwrap());
        let cycle = Calendar::default().cycle(now).unwrap();
        let recharge = &mut self.recharge;
        match words.as_slice() {
            ["now", at] => self.now = instant(at),
            ["set", rest @ ..] => set(recharge, rest, now),
            ["card", name, added] => recharge.save_card(card(name, instant(added)), now),
            ["lost", name] => recharge.remove_card(&format!("pm_{name}"), now),
            ["customer", "gone"] => recharge.lose_customer("cus_1", now),
            ["try", number] => {
                let card = recharge.usable_card().unwrap().payment_method_id.clone();
                self.charged.insert(id(number), card);
                recharge.begin(id(number), now);
            }
            ["paid", number, amount] => {
                recharge.succeed(id(number), cents(amount.parse().unwrap()), &cycle, now);
            }
            ["declined", number, code, advice @ ..] => {
                let decline = Decline {
                    code: (*code).to_owned(),
                    advice: advice.first().map(|word| Advice::parse(word).unwrap()),
                };
                let charged = &self.charged[&id(number)];
                recharge.decline(id(number), charged, &decline, now);
            }
            ["ended", number] => recharge.give_up(id(number), now),
            ["at", available] => {
                let available = available.parse().unwrap();
                let verdict = verdict(recharge, available, &[prices()], &cycle, now);
                assert_eq!(said(&verdict), expected, "{place}");
            }
            ["state"] => assert_eq!(state(recharge), expected, "{place}"),
            ["watch"] => assert_eq!(watch(recharge, now), expected, "{place}"),
            _ => panic!("{place}"),
        }
    }
}

fn set(recharge: &mut AutoRecharge, words: &[&str], now: Instant) {
    let ["below", threshold, how, amount, "cap", cap] = words else {
        assert_eq!(words, ["off"]);
        recharge.settings.as_mut().unwrap().enabled = false;
        return;
    };
    let settings = Settings {
        enabled: true,
        threshold: threshold.parse().unwrap(),
        amount: match *how {
            "buy" => Amount::Fixed(amount.parse().unwrap()),
            "up-to" => Amount::UpTo(amount.parse().unwrap()),
            _ => panic!("{words:?}"),
        },
        cycle_cap: cents(cap.parse().unwrap()),
    };
    assert_eq!(settings.check(), Ok(()));
    recharge.set(settings, now);
}

fn said(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Try(offer) => format!("try {} for {}", offer.credits, offer.price.amount_minor),
        Verdict::Wait(Obstacle::Pausing { until }) => format!("wait: pausing until {until}"),
        Verdict::Wait(Obstacle::CapReached { until }) => format!("wait: cap until {until}"),
        Verdict::Wait(obstacle) => format!("wait: {obstacle:?}"),
    }
}

fn state(recharge: &AutoRecharge) -> String {
    let spending = &recharge.spending;
    let notice = spending.notice.map(CapNotice::percent);
    let notice = notice.map_or(String::new(), |percent| format!(", {percent} % noticed"));
    format!(
        "{} attempts, {} failures, spent {}{notice}",
        recharge.attempts, recharge.failures, spending.amount_minor
    )
}

fn watch(recharge: &AutoRecharge, now: Instant) -> String {
    let watch = recharge.watch(now);
    let below = watch.below.map(|below: Credits| format!("below {below}"));
    let due = watch.due_at.map(|due| format!("due {due}"));
    below.or(due).unwrap_or_else(|| "none".to_owned())
}

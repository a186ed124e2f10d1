//! From the book's words to a story: its events as Stripe writes them, read once by the service's own
//! reader, and the figures it ends with.

use ledger::credits::Credits;
use ledger::purchase::{PurchaseStatus, ReviewReason};

use super::book::BOOK;
use super::objects;
use super::stripe::{Thing, Truth, Which};
use super::world::{Event, START};
use super::{Figures, Kept};
use crate::payments::events::read_evidence;

pub struct Story {
    pub name: &'static str,
    /// In the order in which Stripe makes them.
    pub events: Vec<Event>,
    /// What is true in the end.
    pub truth: Truth,
    /// Used as soon as they are there.
    pub uses: Credits,
    pub figures: Figures,
}

pub fn stories() -> Vec<Story> {
    let told = BOOK.trim().split("\n\n");
    told.map(|text| story(text.lines().collect())).collect()
}

fn story(lines: Vec<&'static str>) -> Story {
    let (first, lines) = lines.split_first().unwrap();
    let (last, lines) = lines.split_last().unwrap();
    let mut story = Story {
        name: first.strip_prefix("story ").unwrap(),
        events: Vec::new(),
        truth: Truth::default(),
        uses: Credits::ZERO,
        figures: figures(last.trim().strip_prefix("ends ").unwrap()),
    };
    let mut minute = 0;
    for line in lines.iter().map(|line| line.trim()) {
        if let Some(uses) = line.strip_prefix("uses ") {
            story.uses = uses.parse().unwrap();
            continue;
        }
        let (thing, kinds) = line.split_once(": ").unwrap();
        let thing = thing_of(thing);
        story.truth.become_true(&thing);
        minute += 1;
        for kind in kinds.split(", ") {
            let id = format!("evt_{}", story.events.len());
            let created = START + 60 * minute;
            let json = objects::event(&id, kind, &thing, &story.truth, created);
            story.events.push(Event {
                kind,
                which: thing.which(),
                reading: read_evidence(&json),
                created,
                truth: story.truth.clone(),
            });
        }
    }
    story
}

fn thing_of(text: &'static str) -> Thing {
    let words: Vec<&'static str> = text.split(' ').collect();
    match words.as_slice() {
        ["session", which, status, payment_status] => Thing::Session {
            which: which_of(which),
            status,
            payment_status,
        },
        ["payment", which, status, rest @ ..] => Thing::Payment {
            which: which_of(which),
            status,
            last_attempt_failed: rest == ["failed"],
        },
        ["refund", name, "of", which, amount, status, rest @ ..] => Thing::Refund {
            name: (*name).to_owned(),
            which: which_of(which),
            amount: amount.parse().unwrap(),
            status,
            names_purchase: rest == ["by", "us"],
        },
        ["dispute", name, "of", which, amount, status] => Thing::Dispute {
            name: (*name).to_owned(),
            which: which_of(which),
            amount: amount.parse().unwrap(),
            status,
        },
        ["warning", "on", which, rest @ ..] => Thing::Warning {
            which: which_of(which),
            actionable: rest == ["actionable"],
        },
        _ => panic!("not a thing at Stripe: {text}"),
    }
}

fn which_of(letter: &str) -> Which {
    match letter {
        "a" => Which::Ours,
        "b" => Which::Second,
        _ => panic!("no session {letter}"),
    }
}

fn figures(text: &str) -> Figures {
    let [status, credits, kept]: [&str; 3] = text
        .split(", ")
        .collect::<Vec<_>>()
        .try_into()
        .unwrap_or_else(|_| panic!("not an ending: {text}"));
    let (status, review) = match status {
        "paid" => (PurchaseStatus::Paid, None),
        "expired" => (PurchaseStatus::Expired, None),
        "failed" => (PurchaseStatus::Failed, None),
        "refunded" => (PurchaseStatus::Refunded, None),
        "disputed" => (PurchaseStatus::Disputed, None),
        "paid for review of a duplicate payment" => {
            (PurchaseStatus::Paid, Some(ReviewReason::DuplicatePayment))
        }
        _ => panic!("no status {status}"),
    };
    let named = |text: &str, name: &str| -> Option<Credits> {
        let mut words = text.split(' ');
        words.find(|word| *word == name)?;
        Some(words.next().unwrap().parse().unwrap())
    };
    Figures {
        status,
        review,
        granted: named(credits, "granted").unwrap(),
        clawed: named(credits, "clawed").unwrap(),
        frozen: named(credits, "frozen").unwrap(),
        kept: match named(kept, "worth") {
            Some(worth) => Kept::Worth(worth),
            None => Kept::Exactly {
                balance: named(kept, "balance").unwrap(),
                debt: named(kept, "debt").unwrap(),
            },
        },
    }
}

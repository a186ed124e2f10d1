//! Stories in which the ledger once went another way than its documents say, as short as they get.
//! What each must lead to, the model says.

use simulation::Ask::{
    Adjust, Capture, Change, Configure, Debit, Hold, Open, Refund, Release, Tell,
};
use simulation::Fate::Stored;
use simulation::{Ask, Batch, Charged, Last, Policy, Request, Said, Work, at, list, tell};

const NOON: i64 = 1_772_366_400_000_000;
const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// The offer of nearly as many credits as anyone can own.
const HUGE: u8 = 4;
const HUGE_CREDITS: i64 = 8_999_999_000_000_000;

fn step(micros: i64, ask: Ask) -> Batch {
    let request = Request {
        account: 0,
        key: None,
        ask,
    };
    at(micros, Stored, [request])
}

const fn give(credits: i64, ends: i64) -> Ask {
    let ends = Some(ends);
    Adjust { credits, ends }
}

const fn work(credits: i64, reference: u32) -> Work {
    let kind = Some(0);
    Work {
        credits,
        kind,
        reference,
    }
}

const fn hold(credits: i64, reference: u32, ttl: i64) -> Ask {
    Hold {
        work: work(credits, reference),
        ttl,
        overage: Policy::Cover,
    }
}

const fn settle(hold: u32, credits: i64) -> Ask {
    Capture {
        hold,
        credits,
        kind: None,
        is_last: Last::Yes,
    }
}

const fn refund(of: Charged, credits: i64) -> Ask {
    let credits = Some(credits);
    Refund { of, credits }
}

fn buy_hugely(purchase: u32) -> [Batch; 2] {
    let closes = NOON + DAY;
    let open = Open {
        purchase,
        offer: HUGE,
        shop: 0,
        closes,
    };
    let paid = Said::Session {
        session: 0,
        state: 6,
    };
    let paid = Tell {
        purchase,
        offer: HUGE,
        said: list([paid]),
        next_check: NOON,
    };
    [step(NOON, open), step(NOON, paid)]
}

#[test]
fn what_a_capture_took_goes_back_to_the_lot_that_burns_last() {
    let story = [
        step(NOON, give(20, NOON + 9 * DAY)),
        step(NOON, hold(10, 1, 60)),
        step(NOON, give(10, NOON + DAY)),
        step(NOON, settle(1, 15)),
        step(NOON, refund(Charged::Capture(1, 0), 8)),
    ];
    assert_eq!(tell(&story), Ok(()));
}

#[test]
fn a_hold_that_grew_uses_the_lot_first_that_burns_first() {
    let grown = Change {
        hold: 1,
        ttl: None,
        credits: Some(15),
    };
    let story = [
        step(NOON, give(20, NOON + 9 * DAY)),
        step(NOON, hold(10, 1, 60)),
        step(NOON, give(10, NOON + DAY)),
        step(NOON, grown),
        step(NOON, settle(1, 3)),
    ];
    assert_eq!(tell(&story), Ok(()));
}

#[test]
fn what_a_due_hold_had_of_an_ended_lot_takes_no_room() {
    let [open, _] = buy_hugely(1);
    let open = Batch {
        at: NOON + 2 * DAY,
        ..open
    };
    let mut story = vec![
        step(NOON, give(1_000_000_000_000, NOON + DAY)),
        step(NOON, hold(1_000_000_000_000, 1, 60)),
        open,
    ];
    let [_, paid] = buy_hugely(1);
    story.push(Batch {
        at: NOON + 2 * DAY,
        ..paid
    });
    assert_eq!(tell(&story), Ok(()));
}

#[test]
fn a_day_may_use_more_than_anyone_can_own() {
    let limits = Configure {
        zone: 0,
        anchor: 1,
        overdraft: 0,
        limits: list([simulation::Cap {
            kind: None,
            window: 0,
            credits: 9_000_000_000_000_000,
        }]),
    };
    let mut story = Vec::from(buy_hugely(1));
    for reference in 1..4 {
        story.push(step(NOON, Debit(work(HUGE_CREDITS, reference))));
        story.push(step(NOON, refund(Charged::Debit(reference), HUGE_CREDITS)));
    }
    story.push(step(NOON, limits));
    story.push(step(NOON, Debit(work(HUGE_CREDITS, 4))));
    story.push(step(NOON, Debit(work(HUGE_CREDITS, 5))));
    assert_eq!(tell(&story), Ok(()));
}

#[test]
fn debt_forgiven_takes_no_room() {
    let overdraft = Configure {
        zone: 0,
        anchor: 1,
        overdraft: HUGE_CREDITS,
        limits: list([]),
    };
    let mut story = vec![step(NOON, overdraft)];
    story.extend(buy_hugely(1));
    story.push(step(NOON, hold(1, 1, 60)));
    story.push(step(NOON, hold(HUGE_CREDITS - 1, 2, 60)));
    story.push(step(NOON, settle(1, HUGE_CREDITS)));
    story.push(step(NOON, Release { hold: 2 }));
    story.push(step(NOON, refund(Charged::Capture(1, 0), HUGE_CREDITS)));
    assert_eq!(tell(&story), Ok(()));
}

#[test]
fn one_hold_may_be_charged_more_than_anyone_can_own() {
    let part = |credits| Capture {
        hold: 1,
        credits,
        kind: None,
        is_last: Last::No,
    };
    let mut story = Vec::from(buy_hugely(1));
    story.push(step(NOON, hold(1, 1, 60)));
    for which in 0..3 {
        story.push(step(NOON, part(HUGE_CREDITS)));
        story.push(step(NOON, refund(Charged::Capture(1, which), HUGE_CREDITS)));
    }
    assert_eq!(tell(&story), Ok(()));
}

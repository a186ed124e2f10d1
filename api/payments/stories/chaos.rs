//! Random lives, badly told: events come twice, late, in any order, or not at all. Once Stripe was asked,
//! or its list of events was read, every purchase stands where the oracle says.
//!
//! `CHAOS` is how many, `CHAOS_SEED` repeats a run.

use std::collections::HashMap;
use std::thread;

use fastrand::Rng;
use ledger::credits::Credits;

use super::life::{Moment, life};
use super::objects;
use super::oracle::{self, Use};
use super::stripe::{Thing, Truth, Which};
use super::world::{START, World};
use crate::payments::event_list::KINDS;
use crate::payments::events::{Reading, read_evidence};

const LIVES: u64 = 200_000;
/// When everything is over.
const END: i64 = START + 30 * 86_400;

#[test]
fn however_badly_a_life_is_told_it_ends_as_it_was() {
    let setting = |name: &str, otherwise: u64| {
        std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
    };
    let (seed, lives) = (setting("CHAOS_SEED", 1), setting("CHAOS", LIVES));
    let threads = thread::available_parallelism().map_or(1, |it| u64::try_from(it.get()).unwrap());
    let told: Vec<Told> = thread::scope(|scope| {
        let tellers: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || {
                    let mut teller = Teller::default();
                    for number in (first..lives).step_by(usize::try_from(threads).unwrap()) {
                        teller.tell(seed, number);
                    }
                    teller.told
                })
            })
            .collect();
        let tellers = tellers.into_iter();
        tellers.map(|teller| teller.join().unwrap()).collect()
    });
    let sum = |of: fn(&Told) -> usize| told.iter().map(of).sum::<usize>();
    println!(
        "seed {seed}: {lives} lives with {} events, of which {} were dropped and {} came twice",
        sum(|told| told.events),
        sum(|told| told.dropped),
        sum(|told| told.twice),
    );
}

#[derive(Default)]
struct Told {
    events: usize,
    dropped: usize,
    twice: usize,
}

#[derive(Default)]
struct Teller {
    told: Told,
    /// Events as our reader understands them: of those that differ in nothing it reads, one is read.
    read: HashMap<(&'static str, Thing, i64, bool), Reading>,
}

/// One life's way of going wrong.
struct Delivery {
    loss_percent: u8,
    repeat_percent: u8,
    longest_delay: i64,
}

#[derive(Clone, Debug)]
enum Step {
    Hear(Reading),
    Use(Credits),
    RecordSession,
}

impl Teller {
    fn tell(&mut self, seed: u64, number: u64) {
        let mut rng = Rng::with_seed(seed.wrapping_mul(0x9e37_79b9).wrapping_add(number));
        let moments = life(&mut rng);
        let truth = moments
            .last()
            .map(|it| it.truth.clone())
            .unwrap_or_default();
        let has_second = truth.session(Which::Second).is_some();
        let (mut steps, mut missed) = (Vec::new(), Vec::new());
        let delivery = Delivery::any(&mut rng);
        for moment in &moments {
            for kind in &moment.kinds {
                let reading = self.reading(kind, moment);
                let arrivals = delivery.arrivals(moment.at, &mut rng);
                self.told.events += 1;
                self.told.dropped += usize::from(arrivals.is_empty());
                self.told.twice += usize::from(arrivals.len() > 1);
                if arrivals.is_empty() {
                    missed.push((*kind, reading.clone()));
                }
                let hear = Step::Hear(reading);
                steps.extend(arrivals.into_iter().map(|at| (at, hear.clone())));
            }
        }
        let longest = delivery.longest_delay.max(10);
        // A second session is made only after the first answer was lost and found again.
        if has_second || rng.u8(..5) > 0 {
            steps.push((0, Step::RecordSession));
        } else {
            steps.push((rng.i64(0..200), Step::RecordSession));
        }
        let uses = if rng.bool() { rng.usize(1..4) } else { 0 };
        for _ in 0..uses {
            let credits = Credits::from_whole(rng.i64(1..400)).unwrap();
            steps.push((rng.i64(0..100 + longest), Step::Use(credits)));
        }
        rng.shuffle(&mut steps);
        steps.sort_by_key(|(at, _)| *at);

        let mut world = World::without_session();
        for (at, step) in &steps {
            world.wait_until(START + at);
            let so_far = truth_at(&moments, *at);
            world.take(step, &so_far);
        }
        world.wait_until(END);
        // Nobody asks about a session that nobody knows of; the list has its events.
        if has_second || rng.bool() {
            for (kind, reading) in missed.iter().rev() {
                if KINDS.contains(kind) {
                    world.hear(reading, &truth);
                }
            }
        } else {
            world.ask(&truth);
        }
        let used = if uses > 0 {
            Use::Something
        } else {
            Use::Nothing
        };
        if let Some(difference) = world.difference(&oracle::figures(&truth, used)) {
            panic!(
                "CHAOS_SEED {seed}, life {number}\n{truth:#?}\n{steps:#?}\nmissed {missed:#?}\n{difference}"
            );
        }
    }

    fn reading(&mut self, kind: &'static str, moment: &Moment) -> Reading {
        let Moment {
            at, thing, truth, ..
        } = moment;
        let has_payment = truth.payment(thing.which()).is_some();
        let key = (kind, thing.clone(), *at, has_payment);
        let read = || {
            let json = objects::event("evt_1", kind, thing, truth, START + at);
            read_evidence(&json)
        };
        self.read.entry(key).or_insert_with(read).clone()
    }
}

impl World {
    fn take(&mut self, step: &Step, truth: &Truth) {
        match step {
            Step::Hear(reading) => self.hear(reading, truth),
            Step::Use(credits) => self.use_credits(*credits),
            Step::RecordSession => self.record_session(),
        }
    }
}

impl Delivery {
    fn any(rng: &mut Rng) -> Delivery {
        Delivery {
            loss_percent: [0, 10, 50, 100][rng.usize(..4)],
            repeat_percent: [0, 30][rng.usize(..2)],
            longest_delay: [0, 15, 60, 600][rng.usize(..4)],
        }
    }

    /// When an event arrives that is made `at`: never, once, or twice.
    fn arrivals(&self, at: i64, rng: &mut Rng) -> Vec<i64> {
        let times = match rng.u8(..100) {
            draw if draw < self.loss_percent => 0,
            _ if rng.u8(..100) < self.repeat_percent => 2,
            _ => 1,
        };
        let delays = 0..=self.longest_delay;
        (0..times).map(|_| at + rng.i64(delays.clone())).collect()
    }
}

/// What Stripe says when it is asked at that moment.
fn truth_at(moments: &[Moment], at: i64) -> Truth {
    let before = moments.iter().rev().find(|moment| moment.at <= at);
    before
        .map(|moment| moment.truth.clone())
        .unwrap_or_default()
}

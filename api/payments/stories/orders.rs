//! Every story of the book in every order of its events, with each event once more, and without each
//! event and with what makes up for it: the question, or Stripe's list of events. Nothing is drawn.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::book::BOOK;
use super::reading::{Story, stories};
use super::stripe::Which;
use super::world::{START, World};
use crate::payments::event_list::KINDS;

const MOST_EVENTS: usize = 7;

/// How many ways were told.
#[derive(Debug, Default)]
struct Counts {
    stories: usize,
    permutations: usize,
    duplicates: usize,
    losses_asked: usize,
    losses_listed: usize,
}

/// What may still go wrong on the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// One event may come twice.
    Repeat,
    Repeated,
    /// This event does not come.
    Lost(usize),
}

struct Telling<'a> {
    story: &'a Story,
    counts: &'a mut Counts,
    /// The events so far, by their place in the story.
    order: Vec<usize>,
}

#[test]
fn every_order_repeat_and_loss_ends_as_the_story_says() {
    let (stories, next) = (stories(), AtomicUsize::new(0));
    let mut told = Counts::default();
    thread::scope(|scope| {
        let teller = || {
            let mut counts = Counts::default();
            while let Some(story) = stories.get(next.fetch_add(1, Ordering::Relaxed)) {
                tell(story, &mut counts);
            }
            counts
        };
        let threads = thread::available_parallelism().map_or(1, |it| it.get());
        let tellers: Vec<_> = (0..threads).map(|_| scope.spawn(teller)).collect();
        for teller in tellers {
            told.add(&teller.join().unwrap());
        }
    });
    println!("{told:?}");
    assert_eq!(told.stories, BOOK.matches("story ").count());
}

fn tell(story: &Story, counts: &mut Counts) {
    let start = World::with_session(story.uses);
    let mut telling = Telling {
        story,
        counts,
        order: Vec::new(),
    };
    telling.go_on(&start, Fate::Repeat);
    for lost in 0..story.events.len() {
        telling.go_on(&start, Fate::Lost(lost));
    }
    counts.stories += 1;
}

impl Counts {
    fn add(&mut self, more: &Counts) {
        self.stories += more.stories;
        self.permutations += more.permutations;
        self.duplicates += more.duplicates;
        self.losses_asked += more.losses_asked;
        self.losses_listed += more.losses_listed;
    }
}

#[test]
fn the_book_tells_at_least_sixteen_stories_in_up_to_seven_events() {
    let stories = stories();
    assert!(stories.len() >= 16);
    for story in stories {
        assert!(
            (3..=MOST_EVENTS).contains(&story.events.len()),
            "{}",
            story.name
        );
    }
}

#[test]
fn with_every_event_lost_the_question_alone_brings_the_end() {
    for story in stories() {
        let mut world = World::with_session(story.uses);
        let (second, ours): (Vec<_>, Vec<_>) = story
            .events
            .iter()
            .partition(|event| event.which == Which::Second);
        assert!(!ours.is_empty());
        // Nobody asks about a session that nobody knows of.
        for event in second {
            world.wait_until(event.created);
            world.hear(&event.reading, &event.truth);
        }
        world.wait_until(START + 86_400);
        world.ask(&story.truth);
        let difference = world.difference(&story.figures);
        assert!(
            difference.is_none(),
            "{}: {}",
            story.name,
            difference.unwrap()
        );
    }
}

impl Telling<'_> {
    fn go_on(&mut self, world: &World, fate: Fate) {
        let mut is_end = true;
        for event in 0..self.story.events.len() {
            let is_heard = self.order.contains(&event);
            if !is_heard && fate != Fate::Lost(event) {
                is_end = false;
                self.hear(world, event, fate);
            }
            if is_heard && fate == Fate::Repeat && self.is_to_be_repeated(event) {
                self.hear(world, event, Fate::Repeated);
            }
        }
        if is_end {
            self.end(world, fate);
        }
    }

    /// At every later place; in the longest stories right away and at the end.
    fn is_to_be_repeated(&self, event: usize) -> bool {
        let count = self.story.events.len();
        count < MOST_EVENTS || self.order.len() == count || self.order.last() == Some(&event)
    }

    fn hear(&mut self, world: &World, event: usize, fate: Fate) {
        self.order.push(event);
        let mut world = world.clone();
        let known = self.order.iter().map(|event| &self.story.events[*event]);
        // What has not happened yet nobody can be told.
        let latest = known.max_by_key(|event| event.created).unwrap();
        world.wait_until(latest.created);
        world.hear(&self.story.events[event].reading, &latest.truth);
        self.go_on(&world, fate);
        self.order.pop();
    }

    fn end(&mut self, world: &World, fate: Fate) {
        match fate {
            Fate::Repeat => {
                self.counts.permutations += 1;
                self.ends_well(world);
                self.ends_well(&self.asked(world));
            }
            Fate::Repeated => {
                self.counts.duplicates += 1;
                self.ends_well(world);
            }
            Fate::Lost(lost) => {
                if self.story.events[lost].which == Which::Ours {
                    self.counts.losses_asked += 1;
                    self.ends_well(&self.asked(world));
                }
                self.counts.losses_listed += 1;
                self.ends_well(&self.caught_up(world, lost));
            }
        }
    }

    fn asked(&self, world: &World) -> World {
        let mut world = world.clone();
        world.wait_until(START + 86_400);
        world.ask(&self.story.truth);
        world
    }

    /// The list brings the event, if it is of a kind that we list.
    fn caught_up(&self, world: &World, lost: usize) -> World {
        let mut world = world.clone();
        let event = &self.story.events[lost];
        world.wait_until(START + 86_400);
        if KINDS.contains(&event.kind) {
            world.hear(&event.reading, &self.story.truth);
        }
        world
    }

    fn ends_well(&self, world: &World) {
        if let Some(difference) = world.difference(&self.story.figures) {
            let events = &self.story.events;
            let order: Vec<&str> = self.order.iter().map(|event| events[*event].kind).collect();
            panic!("{}, as {order:#?}\n{difference}", self.story.name);
        }
    }
}

//! Every order, every single duplication and every single loss of every story ends the same, with
//! the credits granted exactly once or not at all.

use ledger::credits::Credits;
use ledger::purchase::{Evidence, Facts, PurchaseStatus, Terms, target};

use super::story_book::{Story, stories};
use super::{OURS, without_session_id};

/// Someone who posts the difference between target and posted after each piece of evidence.
struct Books<'a> {
    terms: &'a Terms,
    facts: Facts,
    posted: Credits,
    grants: usize,
}

impl<'a> Books<'a> {
    fn new(terms: &'a Terms) -> Self {
        Books {
            terms,
            facts: Facts::default(),
            posted: Credits::ZERO,
            grants: 0,
        }
    }

    fn apply(&mut self, evidence: &Evidence) {
        self.facts.merge(evidence.clone());
        self.post();
    }

    fn post(&mut self) {
        let wanted = target(self.terms, &self.facts);
        let total = wanted.credits.checked_add(wanted.bonus).unwrap();
        assert!(total >= self.posted, "granted credits were taken back");
        self.grants += usize::from(total > self.posted);
        self.posted = total;
    }

    fn assert_ended_as(&self, story: &Story, order: &[&Evidence]) {
        let ended = target(self.terms, &self.facts);
        let told = || format!("{}: {order:#?}", story.name);
        assert_eq!(
            (ended.status, ended.review),
            (story.status, story.review),
            "{}",
            told()
        );
        let is_paid = story.status == PurchaseStatus::Paid;
        assert_eq!(self.grants, usize::from(is_paid), "{}", told());
        let granted = if is_paid {
            Credits::from_whole(1_050).unwrap()
        } else {
            Credits::ZERO
        };
        assert_eq!(self.posted, granted, "{}", told());
        assert_eq!(ended.paid_by.is_some(), is_paid, "{}", told());
    }
}

fn permutations<'a>(items: &[&'a Evidence]) -> Vec<Vec<&'a Evidence>> {
    if items.is_empty() {
        return vec![vec![]];
    }
    let mut all = Vec::new();
    for (index, first) in items.iter().enumerate() {
        let mut rest = items.to_vec();
        rest.remove(index);
        for mut tail in permutations(&rest) {
            tail.insert(0, first);
            all.push(tail);
        }
    }
    all
}

fn orders(story: &Story) -> Vec<Vec<&Evidence>> {
    permutations(&story.events.iter().collect::<Vec<_>>())
}

fn run(story: &Story, terms: &Terms, order: &[&Evidence], then: &[Evidence]) {
    let mut books = Books::new(terms);
    for evidence in order.iter().copied().chain(then) {
        books.apply(evidence);
    }
    books.assert_ended_as(story, order);
}

#[test]
fn the_stories_are_told_in_five_events_or_fewer() {
    let stories = stories();
    assert_eq!(stories.len(), 27);
    assert!(
        stories
            .iter()
            .all(|story| (3..=5).contains(&story.events.len()))
    );
}

#[test]
fn every_order_ends_in_the_same_state() {
    for story in stories() {
        for order in orders(&story) {
            run(&story, &story.terms, &order, &[]);
            run(&story, &story.terms, &order, &story.truth);
        }
    }
}

#[test]
fn every_single_duplication_in_every_order_changes_nothing() {
    for story in stories() {
        for order in orders(&story) {
            for (index, again) in order.iter().enumerate() {
                for later in index + 1..=order.len() {
                    let mut twice = order.clone();
                    twice.insert(later, again);
                    run(&story, &story.terms, &twice, &[]);
                }
            }
        }
    }
}

#[test]
fn every_single_loss_in_every_order_is_repaired_by_asking_stripe() {
    for story in stories() {
        for order in orders(&story) {
            for lost in 0..order.len() {
                let mut rest = order.clone();
                rest.remove(lost);
                run(&story, &story.terms, &rest, &story.truth);
            }
        }
    }
}

#[test]
fn the_loss_of_every_event_is_repaired_by_asking_stripe() {
    for story in stories() {
        run(&story, &story.terms, &[], &story.truth);
    }
}

#[test]
fn an_answer_of_stripe_may_overtake_any_event() {
    for story in stories() {
        let all: Vec<&Evidence> = story.events.iter().collect();
        let truth: Vec<&Evidence> = story.truth.iter().collect();
        for asked_after in 0..=all.len() {
            let (before, after) = all.split_at(asked_after);
            run(&story, &story.terms, &[before, &truth, after].concat(), &[]);
        }
    }
}

#[test]
fn events_may_come_before_our_session_id_is_stored() {
    let of_our_session = |evidence: &Evidence| match evidence {
        Evidence::Session(session) => session.id == OURS,
        _ => true,
    };
    for story in stories() {
        if story.terms.session_id.is_none() || !story.events.iter().all(of_our_session) {
            continue;
        }
        let nameless = without_session_id(&story.terms);
        for order in orders(&story) {
            for stored_after in 0..=order.len() {
                let mut books = Books::new(&nameless);
                for (index, evidence) in order.iter().enumerate() {
                    if index == stored_after {
                        books.terms = &story.terms;
                    }
                    books.apply(evidence);
                }
                books.terms = &story.terms;
                books.post();
                books.assert_ended_as(&story, &order);
            }
        }
    }
}

//! Seats, words and leave-taking of those who watch.

use futures_util::FutureExt;

use super::*;

fn account(name: &str) -> AccountId {
    AccountId::parse(name).unwrap()
}

fn word(watching: &mut Watching) -> Option<Word> {
    watching.word().now_or_never()
}

#[test]
fn a_change_is_told_once_to_everybody_who_watches_that_account() {
    let watchers = Watchers::default();
    let mut watching = [watchers.watch(&account("a")), watchers.watch(&account("a"))];
    let mut other = watchers.watch(&account("b"));
    watchers.tell(&account("a"), 7);
    for watching in &mut watching {
        assert_eq!(word(watching), Some(Word::Changed));
        assert_eq!(word(watching), None);
    }
    assert_eq!(word(&mut other), None);
    watchers.tell(&account("a"), 7);
    watchers.tell(&account("a"), 6);
    assert_eq!(word(&mut watching[0]), None, "it is no news");
}

#[test]
fn what_was_seen_already_is_no_news_and_what_came_since_is() {
    let watchers = Watchers::default();
    let mut watching = watchers.watch(&account("a"));
    watching.has_seen(7);
    watchers.tell(&account("a"), 7);
    assert_eq!(word(&mut watching), None);
    watchers.tell(&account("a"), 9);
    watching.has_seen(8);
    assert_eq!(word(&mut watching), Some(Word::Changed));
}

#[test]
fn who_comes_when_all_seats_are_taken_takes_the_oldest() {
    let watchers = Watchers::default();
    let mut seats: Vec<Watching> = (0..=MOST_OF_ONE_ACCOUNT)
        .map(|_| watchers.watch(&account("a")))
        .collect();
    assert_eq!(watchers.count(), MOST_OF_ONE_ACCOUNT);
    assert_eq!(word(&mut seats[0]), Some(Word::Leave));
    assert_eq!(word(&mut seats[1]), None);
    seats.clear();
    assert_eq!(
        (watchers.count(), watchers.accounts_watched().len()),
        (0, 0)
    );
}

#[test]
fn who_leaves_leaves_nothing_behind() {
    let watchers = Watchers::default();
    let (one, other) = (watchers.watch(&account("a")), watchers.watch(&account("a")));
    drop(one);
    assert_eq!(watchers.accounts_watched(), [account("a")]);
    drop(other);
    assert_eq!(
        (watchers.count(), watchers.accounts_watched().len()),
        (0, 0)
    );
}

#[test]
fn at_the_end_everybody_leaves_and_nobody_stays_who_comes_later() {
    let watchers = Watchers::default();
    let mut watching = watchers.watch(&account("a"));
    watchers.close();
    assert_eq!(word(&mut watching), Some(Word::Leave));
    assert_eq!(word(&mut watchers.watch(&account("a"))), Some(Word::Leave));
    assert_eq!(watchers.count(), 0);
}

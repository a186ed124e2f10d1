//! The table of declines.

use ledger::recharge::{Consequence, DECLINES, Decline};

#[test]
fn the_table_of_declines_names_each_code_once_in_order() {
    let codes: Vec<&str> = DECLINES.iter().map(|(code, _)| *code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
}

#[test]
fn a_code_that_nobody_knows_is_tried_again() {
    let unknown = Decline::of_code("a_code_of_next_year");
    assert_eq!(unknown.consequence(), Consequence::Pause);
}

//! The page of what auto-recharge does with a declined card, made from the table that it goes by.

use std::fmt::Write;

use ledger::recharge::{Consequence, DECLINES, MOST_FAILURES, PAUSES_SECONDS};

const HEAD: &str = "\
# Declined cards

What auto-recharge does when the saved card says no. This page is made from the table that the code
goes by: change `ledger/src/recharge/decline.rs` and run `make generate`.

- *pause*: the card is left alone for a while, and then tried again.
- *authenticate*: the card's owner has to confirm the payment. `GET /v1/auto-recharge` has a link for
  that, good for 23 hours; if nobody follows it, the card pauses.
- *suspend*: the card is not charged again until another one is saved.

Stripe's advice goes before the code: `do_not_try_again` and `confirm_card_data` suspend whatever the
code is, `try_again_later` changes nothing. A code that is not in the table pauses. That Stripe cannot
be reached is no decline: the same payment is asked for again, under the same key, and not counted.

";

/// The page, as Markdown.
pub fn declines_page() -> String {
    let pauses: Vec<String> = PAUSES_SECONDS
        .iter()
        .map(|seconds| format!("{} h", seconds.div_euclid(3_600)))
        .collect();
    let mut page = HEAD.to_owned();
    // Writing to a text cannot fail.
    let _ = writeln!(
        page,
        "Pauses last {}, one after the other; {MOST_FAILURES} failures in a row suspend the card.\n",
        pauses.join(" and ")
    );
    page.push_str("| `code` | what follows |\n|---|---|\n");
    for (code, consequence) in DECLINES {
        let word = match consequence {
            Consequence::Pause => "pause",
            Consequence::Authenticate => "authenticate",
            Consequence::Suspend => "suspend",
        };
        let _ = writeln!(page, "| `{code}` | {word} |");
    }
    page
}

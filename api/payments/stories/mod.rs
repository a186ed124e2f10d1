//! What Stripe can do to one purchase, told in Stripe's own events: every order of them, every one twice
//! and every one lost ends as the story says. It goes by what events say, and never past the reader of
//! events or the ledger's own decision.
//!
//! | file | what lives there |
//! |---|---|
//! | `book` | the stories, each with the figures that it ends with |
//! | `reading` | from the book's words to a story |
//! | `stripe` | what is true at Stripe, and what it answers when it is asked |
//! | `objects` | the same as Stripe writes it in events |
//! | `world` | our side: the ledger in memory, which hears events and asks |
//! | `orders` | all permutations, repeats and losses of the book |
//! | `life`, `oracle`, `chaos` | random lives, how each must end, and bad delivery |

mod book;
mod chaos;
mod life;
mod objects;
mod oracle;
mod orders;
mod reading;
mod stripe;
mod world;

use ledger::credits::Credits;
use ledger::purchase::{PurchaseStatus, ReviewReason};

/// What a purchase costs, in cents.
const PRICE: i64 = 2_500;
const PURCHASE: &str = "019ab0c1-0000-7000-8000-000000000001";
const ACCOUNT: &str = "user|1";

/// The figures a story ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Figures {
    status: PurchaseStatus,
    review: Option<ReviewReason>,
    granted: Credits,
    clawed: Credits,
    /// Where credits are used meanwhile: at most.
    frozen: Credits,
    kept: Kept,
}

/// What the buyer has left.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kept {
    /// Nothing was used.
    Exactly { balance: Credits, debt: Credits },
    /// How much could be used depends on the order: owned, less owed, and what was used.
    Worth(Credits),
}

//! What a person decided about money that the rules could not place. It is a fact like Stripe's own:
//! the target is read off it, and nothing is granted beside the target.

use super::reversal::Reversal;
use super::review::{ReviewReason, Verdict, judge};
use super::{Facts, SessionSnapshot, SessionState, Terms, target};
use crate::instant::Instant;

/// In ascending order: who rejected may accept later; what was accepted is granted, and stays so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ruling {
    /// The money grants nothing. What becomes of it is for a refund to say.
    Rejected,
    /// The money pays for the purchase as it was agreed.
    Accepted,
}

/// Ordered by the ruling first, as Stripe's snapshots are by their state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RulingSnapshot {
    /// Whose money it is about.
    pub session_id: String,
    pub ruling: Ruling,
    pub ruled_at: Instant,
    pub actor: String,
    pub reason: String,
}

/// The sessions that such a ruling can be made on, each with what is wrong with it: those that nobody
/// has ruled on, or not as far. Money that is back where it came from waits for nobody.
pub fn open_to<'a>(
    ruling: Ruling,
    terms: &Terms,
    facts: &'a Facts,
) -> Vec<(&'a str, ReviewReason)> {
    let granted = target(terms, facts).paid_session_id;
    let sessions = facts.sessions.values();
    sessions
        .filter(|session| facts.ruling_on(&session.id) < Some(ruling))
        .filter(|session| !Reversal::of(session, facts).is_whole())
        .filter_map(|session| {
            let reason = reason(terms, session, granted.as_deref())?;
            Some((session.id.as_str(), reason))
        })
        .collect()
}

fn reason(terms: &Terms, session: &SessionSnapshot, granted: Option<&str>) -> Option<ReviewReason> {
    let is_second = granted.is_some_and(|granted| granted != session.id);
    match judge(terms, session) {
        _ if is_second && session.state == SessionState::CompletePaid => {
            Some(ReviewReason::DuplicatePayment)
        }
        Verdict::NeedsReview(reason) => Some(reason),
        Verdict::Pays | Verdict::Waits | Verdict::Irrelevant => None,
    }
}

impl ReviewReason {
    /// Test money never becomes credits that are worth something, and no purchase is granted twice.
    pub const fn can_be_accepted(self) -> bool {
        !matches!(self, Self::ModeMismatch | Self::DuplicatePayment)
    }
}

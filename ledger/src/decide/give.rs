//! Promotional grants: an administrator gives credits for a promotion, each time as a lot of its own
//! with its own end and its own turn.

use super::grant::{self, Gift};
use super::{adjust, due};
use crate::account::AccountState;
use crate::command::{Outcome, PromotionalGrant};
use crate::entry::{EntryBody, EntryKind};
use crate::instant::Instant;
use crate::lot::Source;
use crate::rejection::Rejection;

/// What is wrong whenever it is asked.
pub fn check_shape(gift: &PromotionalGrant) -> Result<(), Rejection> {
    if !gift.credits.is_positive() || gift.credits > adjust::MOST_PER_ADJUSTMENT {
        return Err(Rejection::AdjustmentIsOutOfRange {
            most: adjust::MOST_PER_ADJUSTMENT,
        });
    }
    Ok(())
}

pub fn give(
    account: &mut AccountState,
    gift: &PromotionalGrant,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let expires_at = grant::end(gift.expires_at, now)?;
    grant::check_room(account, gift.credits, now)?;
    // From here it must succeed.
    due::book(account, now)?;
    let body = EntryBody {
        description: Some(gift.reason.clone()),
        actor: Some(gift.actor.clone()),
        ..EntryBody::of(EntryKind::Grant)
    };
    let lot = Gift {
        source: Source::Promotion,
        credits: gift.credits,
        priority: gift.priority,
    };
    let entry = grant::grant(account, &[lot], None, expires_at, body, now)?;
    let available = account.available(now)?;
    Ok(Outcome::Given { entry, available })
}

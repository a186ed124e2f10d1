//! Ending sessions that nobody paid; a complete session never expires.

use super::{Work, cancel, cancel_setup};
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::objects::session::{Session, SessionStatus};
use crate::objects::setup_intent::SetupIntent;
use crate::store::{StoreError, load};

/// Ends an open session, and the intent of its failed attempts with it.
pub(crate) fn expire(work: &Work<'_>, session: &mut Session) -> Result<(), StoreError> {
    work.tx.unplan(session.expires_at, &session.id)?;
    session.status = SessionStatus::Expired;
    session.awaiting_approval = None;
    work.tx.put(session)?;
    if let Some(id) = &session.intent
        && let Some(mut intent) = load::<PaymentIntent>(work.tx, id)?
        && !matches!(
            intent.status,
            IntentStatus::Succeeded | IntentStatus::Canceled | IntentStatus::Processing
        )
    {
        cancel(work, &mut intent, Some("expired".to_owned()))?;
    }
    if let Some(id) = &session.setup_intent
        && let Some(mut intent) = load::<SetupIntent>(work.tx, id)?
        && !intent.status.is_over()
    {
        cancel_setup(work, &mut intent, None)?;
    }
    work.emit("checkout.session.expired", session.view(work.public_url))
}

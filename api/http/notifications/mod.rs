//! What an account's owner is told: the feed, what of it was read, and what they want to hear of.

pub mod feed;
pub mod preferences;

use ledger::ids::AccountId;

use crate::store::FedNotice;
use crate::wire::{InstantView, NotificationView};

/// A notice as the feed and the live stream show it.
pub fn shown(account_id: &AccountId, fed: &FedNotice) -> NotificationView {
    let mut view = NotificationView::unread(account_id, &fed.notice);
    view.read_at = fed.read_at.map(InstantView::from);
    view
}

//! An entry on the wire: one line of an account's ledger.

use ledger::entry::{Entry, EntryKind};
use ledger::ids::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::wire::{CreditsView, InstantView};

/// What an entry records. All kinds there will be are named, so that a client written today knows
/// them; `clawback`, `freeze` and `thaw` do not occur yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EntryKind)]
pub enum KindView {
    Grant,
    Debit,
    Hold,
    Capture,
    Release,
    Refund,
    Expiry,
    Clawback,
    Freeze,
    Thaw,
    Adjustment,
    DebtPayment,
}

impl KindView {
    /// The ledger's kind, if it has it already.
    pub const fn kind(self) -> Option<EntryKind> {
        match self {
            KindView::Grant => Some(EntryKind::Grant),
            KindView::Expiry => Some(EntryKind::Expiry),
            KindView::Adjustment => Some(EntryKind::Adjustment),
            KindView::Debit => Some(EntryKind::Debit),
            KindView::Hold => Some(EntryKind::Hold),
            KindView::Capture => Some(EntryKind::Capture),
            KindView::Release => Some(EntryKind::Release),
            KindView::Refund => Some(EntryKind::Refund),
            KindView::DebtPayment => Some(EntryKind::DebtPayment),
            _ => None,
        }
    }
}

impl From<EntryKind> for KindView {
    fn from(kind: EntryKind) -> KindView {
        match kind {
            EntryKind::Grant => KindView::Grant,
            EntryKind::Expiry => KindView::Expiry,
            EntryKind::Adjustment => KindView::Adjustment,
            EntryKind::Debit => KindView::Debit,
            EntryKind::Hold => KindView::Hold,
            EntryKind::Capture => KindView::Capture,
            EntryKind::Release => KindView::Release,
            EntryKind::Refund => KindView::Refund,
            EntryKind::DebtPayment => KindView::DebtPayment,
        }
    }
}

/// One line of an account's append-only ledger.
#[derive(Serialize, ToSchema)]
#[schema(as = Entry)]
pub struct EntryView {
    pub id: Uuid,
    /// 1, 2, 3, … within the account, without gaps.
    #[schema(minimum = 1)]
    pub sequence: i64,
    pub kind: KindView,
    /// The change of what is owned.
    pub amount: CreditsView,
    /// The change of what is held.
    pub held_change: CreditsView,
    /// What is owned after it.
    pub balance_after: CreditsView,
    /// What could be spent right after it: owned, less held and frozen.
    pub available_after: CreditsView,
    /// The platform's own name for what this was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reference: Option<String>,
    /// Why, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub purchase_id: Option<Uuid>,
    /// The lots it put credits into or drew them from; they add up to `amount`.
    pub lots: Vec<LotChangeView>,
    pub created_at: InstantView,
}

/// How much went into a lot (positive) or came out of it (negative).
#[derive(Serialize, ToSchema)]
#[schema(as = LotChange)]
pub struct LotChangeView {
    pub lot_id: Uuid,
    pub credits: CreditsView,
}

impl EntryView {
    /// The entry of an account.
    pub fn of(account_id: &AccountId, entry: &Entry) -> EntryView {
        let body = &entry.body;
        EntryView {
            id: entry.id(account_id).uuid(),
            sequence: entry.sequence,
            kind: body.kind.into(),
            amount: body.amount.into(),
            held_change: body.held_change.into(),
            balance_after: entry.balance_after.into(),
            available_after: entry.available_after.into(),
            reference: body.reference.clone(),
            description: body.description.clone(),
            purchase_id: body.purchase_id.map(|id| id.uuid()),
            lots: body
                .lots
                .iter()
                .map(|change| LotChangeView {
                    lot_id: change.lot_id.uuid(),
                    credits: change.credits.into(),
                })
                .collect(),
            created_at: entry.created_at.into(),
        }
    }
}

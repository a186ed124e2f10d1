//! An entry on the wire: one line of an account's ledger.

use ledger::credits::Credits;
use ledger::entry::{Entry, EntryKind, LotChange};
use ledger::ids::AccountId;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use super::metadata::MetadataView;
use super::quantities::QuantitiesView;
use crate::wire::{CreditsView, InstantView};

/// What an entry records.
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
    /// The ledger's.
    pub const fn kind(self) -> EntryKind {
        match self {
            KindView::Grant => EntryKind::Grant,
            KindView::Expiry => EntryKind::Expiry,
            KindView::Adjustment => EntryKind::Adjustment,
            KindView::Debit => EntryKind::Debit,
            KindView::Hold => EntryKind::Hold,
            KindView::Capture => EntryKind::Capture,
            KindView::Release => EntryKind::Release,
            KindView::Refund => EntryKind::Refund,
            KindView::DebtPayment => EntryKind::DebtPayment,
            KindView::Clawback => EntryKind::Clawback,
            KindView::Freeze => EntryKind::Freeze,
            KindView::Thaw => EntryKind::Thaw,
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
            EntryKind::Clawback => KindView::Clawback,
            EntryKind::Freeze => KindView::Freeze,
            EntryKind::Thaw => KindView::Thaw,
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
    /// The change of what a dispute keeps from use; absent where that stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub frozen_change: Option<CreditsView>,
    /// The change of what is owed; absent where that stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub debt_change: Option<CreditsView>,
    /// What is owned after it.
    pub balance_after: CreditsView,
    /// What could be spent right after it: owned, less held and frozen.
    pub available_after: CreditsView,
    /// What work it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("model_inference"))]
    pub operation: Option<String>,
    /// Which kind of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("large"))]
    pub variant: Option<String>,
    /// How much of it; absent where the caller named the credits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub quantities: Option<QuantitiesView>,
    /// The version of the rate that priced it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1)]
    pub rate_version: Option<i32>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub hold_id: Option<Uuid>,
    /// Of a refund: the `sequence` of the debit or capture that it gives back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1)]
    pub refunds_sequence: Option<i64>,
    /// The platform's own notes, as they were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<MetadataView>)]
    pub metadata: Option<Box<RawValue>>,
    /// The lots it put credits into, drew them from or set them aside in. Their `credits` add up
    /// to `amount`, their `held_change` to `held_change`, their `frozen_change` to `frozen_change`.
    pub lots: Vec<LotChangeView>,
    pub created_at: InstantView,
}

/// How much went into a lot (positive) or came out of it (negative).
#[derive(Serialize, ToSchema)]
#[schema(as = LotChange)]
pub struct LotChangeView {
    pub lot_id: Uuid,
    pub credits: CreditsView,
    /// How much of the lot came under a hold (positive) or out of one (negative); absent where that
    /// stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub held_change: Option<CreditsView>,
    /// How much of it froze (positive) or thawed (negative); absent where that stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub frozen_change: Option<CreditsView>,
}

impl EntryView {
    /// The entry of an account.
    pub fn of(account_id: &AccountId, entry: &Entry) -> EntryView {
        let body = &entry.body;
        let usage = body.usage.as_ref();
        let quantities = usage.map(|usage| &usage.quantities);
        let quantities = quantities.filter(|quantities| !quantities.is_empty());
        let metadata = body.metadata.clone();
        EntryView {
            id: entry.id(account_id).uuid(),
            sequence: entry.sequence,
            kind: body.kind.into(),
            amount: body.amount.into(),
            held_change: body.held_change.into(),
            frozen_change: unless_zero(body.frozen_change),
            debt_change: unless_zero(body.debt_change),
            balance_after: entry.balance_after.into(),
            available_after: entry.available_after.into(),
            operation: usage.map(|usage| usage.operation.clone()),
            variant: usage.and_then(|usage| usage.variant.clone()),
            quantities: quantities.map(QuantitiesView::from),
            rate_version: usage.and_then(|usage| usage.rate_version),
            reference: body.reference.clone(),
            description: body.description.clone(),
            purchase_id: body.purchase_id.map(|id| id.uuid()),
            hold_id: body.hold_id.map(|id| id.uuid()),
            refunds_sequence: body.refunds,
            // It was JSON when it was taken in.
            metadata: metadata.and_then(|text| RawValue::from_string(text).ok()),
            lots: body.lots.iter().map(LotChangeView::from).collect(),
            created_at: entry.created_at.into(),
        }
    }
}

impl From<&LotChange> for LotChangeView {
    fn from(change: &LotChange) -> LotChangeView {
        LotChangeView {
            lot_id: change.lot_id.uuid(),
            credits: change.credits.into(),
            held_change: unless_zero(change.held),
            frozen_change: unless_zero(change.frozen),
        }
    }
}

fn unless_zero(credits: Credits) -> Option<CreditsView> {
    (!credits.is_zero()).then(|| credits.into())
}

//! What notices of several kinds tell alike.

use super::News;
use crate::credits::Credits;
use crate::ids::PurchaseId;

impl News {
    /// The credits that it is about; of a balance, what is available.
    pub const fn credits(&self) -> Option<Credits> {
        match self {
            News::PurchasePaid { credits, .. }
            | News::CreditsGiven { credits }
            | News::CreditsTaken { credits }
            | News::CreditsExpiring { credits, .. }
            | News::CreditsExpired { credits, .. }
            | News::LimitReached { credits, .. }
            | News::DebtIncurred { credits, .. }
            | News::PaymentReversed { credits, .. }
            | News::ReversalUndone { credits, .. }
            | News::PaymentDisputed { credits, .. }
            | News::DisputeEnded { credits, .. } => Some(*credits),
            News::BalanceLow { available, .. } | News::BalanceRecovered { available, .. } => {
                Some(*available)
            }
            News::RechargeFailed { .. }
            | News::RechargeSuspended { .. }
            | News::RechargeNeedsAuthentication { .. }
            | News::RechargeCap { .. }
            | News::EndpointDisabled { .. } => None,
        }
    }

    pub const fn purchase_id(&self) -> Option<PurchaseId> {
        match self {
            News::PurchasePaid { purchase_id, .. }
            | News::PaymentReversed { purchase_id, .. }
            | News::ReversalUndone { purchase_id, .. }
            | News::PaymentDisputed { purchase_id, .. }
            | News::DisputeEnded { purchase_id, .. }
            | News::RechargeFailed { purchase_id, .. }
            | News::RechargeNeedsAuthentication { purchase_id } => Some(*purchase_id),
            _ => None,
        }
    }

    pub const fn threshold(&self) -> Option<Credits> {
        match self {
            News::BalanceLow { threshold, .. } | News::BalanceRecovered { threshold, .. } => {
                Some(*threshold)
            }
            _ => None,
        }
    }
}

//! Events about saved cards: which one was saved or is gone, and whose it is. The card itself is asked
//! of Stripe.

use serde::Deserialize;
use serde_json::Value;

use super::objects::{FOREIGN, Metadata, account_named_in, read};
use super::{CardNews, Envelope, Reading};
use crate::payments::states::storable;

/// A payment method that has lost its customer: it says no more whose it was.
#[derive(Deserialize)]
pub(super) struct PaymentMethod {
    id: String,
}

#[derive(Deserialize)]
pub(super) struct Customer {
    id: String,
    metadata: Metadata,
}

/// A checkout session that sells nothing, but saves a card.
pub(super) fn session_completed(id: String, metadata: &Metadata, event: &Envelope) -> Reading {
    if event.kind != "checkout.session.completed" {
        return Reading::Ignored("kind");
    }
    account_named_in(metadata).map_or(FOREIGN, |account_id| {
        Reading::AboutCard(CardNews::SessionCompleted {
            account_id,
            session_id: id,
        })
    })
}

impl PaymentMethod {
    pub(super) fn read(object: Value) -> Result<PaymentMethod, String> {
        read(object, "payment_method")
    }

    pub(super) fn reading(self) -> Reading {
        Reading::AboutCard(CardNews::Detached {
            payment_method_id: storable(self.id),
        })
    }
}

impl Customer {
    pub(super) fn read(object: Value) -> Result<Customer, String> {
        read(object, "customer")
    }

    pub(super) fn reading(self) -> Reading {
        account_named_in(&self.metadata).map_or(FOREIGN, |account_id| {
            Reading::AboutCard(CardNews::CustomerDeleted {
                account_id,
                customer_id: storable(self.id),
            })
        })
    }
}

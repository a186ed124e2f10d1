//! Money sent back to the buyer by an administrator. Stripe is asked first, and what it answers is
//! evidence like any other: the credits go as the facts say. A crash in between loses nothing, because
//! Stripe's own events tell of the refund, too.

use ledger::command::{Action, Command, PurchaseEvidence};
use ledger::purchase::Purchase;
use ledger::replay::Key;

use super::schedule::{Expecting, next_check_at};
use super::stripe::NewRefund;
use super::{Payments, PaymentsError};
use crate::writer::{Render, Written};

impl Payments {
    /// Refunds at Stripe and settles the purchase by it. The answer that `render` makes is stored under
    /// `key` in the same transaction.
    ///
    /// # Errors
    /// After any of them the same call again finds the refund that was made, or makes it.
    pub async fn refund(
        &self,
        purchase: &Purchase,
        new: &NewRefund,
        key: Key,
        render: Render,
    ) -> Result<Written, PaymentsError> {
        let evidence = self.stripe.refund(purchase, new).await?;
        let news = PurchaseEvidence {
            purchase_id: purchase.terms.purchase_id,
            evidence,
            next_check_at: next_check_at(purchase.created_at, self.clock.now(), Expecting::Nothing),
        };
        let command = Command {
            account_id: purchase.terms.account_id.clone(),
            key: Some(key),
            action: Action::ApplyEvidence(news),
        };
        Ok(self.writer.submit(command, Some(render)).await?)
    }
}

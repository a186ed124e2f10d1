//! A purchase: one attempt to buy credits, from our snapshot of what was asked to what Stripe is
//! known to have done about it. Its terms never change; its facts only grow.

use super::payment::payments;
use super::{Facts, PurchaseStatus, ReviewReason, Tax, Terms, target};
use crate::credits::Credits;
use crate::instant::Instant;
use crate::money::Money;
use crate::recharge::Decline;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    pub terms: Terms,
    pub request: CheckoutRequest,
    /// Where the buyer pays; known once Stripe has answered.
    pub session_url: Option<String>,
    pub status: PurchaseStatus,
    pub review: Option<ReviewReason>,
    pub facts: Facts,
    /// Credits granted for this purchase so far, its bonus included.
    pub posted: Credits,
    /// What was taken back of them, in all.
    pub clawed: Clawed,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// When the payment was confirmed to us; the lots' year runs from here.
    pub paid_at: Option<Instant>,
    /// When Stripe is asked about it next, should no event come.
    pub next_check_at: Option<Instant>,
}

/// Credits taken back because their money went back, by where they were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clawed {
    /// Still in the purchase's lots.
    pub from_lots: Credits,
    /// Forfeited before: nothing was left to take.
    pub forfeited: Credits,
    /// Used, or held for work under way: the account owes them.
    pub as_debt: Credits,
}

impl Clawed {
    pub fn total(&self) -> Option<Credits> {
        let found = self.from_lots.checked_add(self.forfeited)?;
        found.checked_add(self.as_debt)
    }
}

/// What the checkout session is made with, kept so that the same call can be repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutRequest {
    /// None for a custom amount.
    pub package_id: Option<String>,
    /// What the buyer reads on the pay page.
    pub title: String,
    pub success_url: String,
    pub cancel_url: String,
    /// Whether Stripe makes an invoice of the payment.
    pub with_invoice: bool,
    /// When Stripe closes the session.
    pub expires_at: Instant,
}

impl Purchase {
    /// Whether the buyer can still be sent to the pay page.
    pub fn is_open(&self) -> bool {
        matches!(self.status, PurchaseStatus::Created | PurchaseStatus::Open)
    }

    /// The payments that may be for it, as far as Stripe has named them: the session or payment intent
    /// that tells each, and its payment intent.
    pub fn payments(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = payments(&self.terms, &self.facts);
        all.filter_map(|it| Some((it.told_by(), it.payment_intent_id()?)))
    }

    /// Where the payer sees the receipt of the payment that was granted.
    pub fn receipt_url(&self) -> Option<&str> {
        let paid = target(&self.terms, &self.facts).payment_intent_id?;
        self.facts
            .payment_intents
            .get(&paid)?
            .receipt_url
            .as_deref()
    }

    /// Why the saved card was not charged, as long as nobody was sent to a pay page instead.
    pub fn decline(&self) -> Option<&Decline> {
        if self.terms.session_id.is_some() {
            return None;
        }
        let mut failed = self.facts.payment_intents.values().rev();
        failed.find_map(|intent| intent.decline.as_ref())
    }

    /// The tax in the payment that was granted, where Stripe was told to compute any.
    pub fn tax(&self) -> Option<Money> {
        let paid = target(&self.terms, &self.facts).paid_by?;
        let session = self.facts.sessions.get(&paid)?;
        let amount_minor = session.amount_tax_minor?;
        let currency = self.terms.price.currency;
        (self.terms.tax != Tax::Off).then_some(Money {
            amount_minor,
            currency,
        })
    }

    /// Where the payer sees the invoice, where Stripe was told to make one.
    pub fn invoice_url(&self) -> Option<&str> {
        let mut invoices = self.facts.invoices.values();
        invoices.find_map(|invoice| invoice.hosted_url.as_deref())
    }

    /// Whether somebody asking for `terms` in the same way would be sent to this very purchase.
    pub fn serves(&self, terms: &Terms, request: &CheckoutRequest, now: Instant) -> bool {
        let same_offer = self.terms.credits == terms.credits
            && self.terms.bonus == terms.bonus
            && self.terms.price == terms.price
            && self.terms.tax == terms.tax
            && self.terms.promotion == terms.promotion
            && self.terms.livemode == terms.livemode
            && self.terms.lane == terms.lane;
        let same_request = self.request.package_id == request.package_id
            && self.request.success_url == request.success_url
            && self.request.cancel_url == request.cancel_url;
        let time_left = self.request.expires_at.seconds_since(now);
        self.is_open() && same_offer && same_request && time_left >= LEAST_TIME_TO_PAY_SECONDS
    }
}

/// A session about to close is not handed out again.
const LEAST_TIME_TO_PAY_SECONDS: i64 = 600;

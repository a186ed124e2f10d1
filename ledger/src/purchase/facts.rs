//! What is known of a purchase's objects at Stripe: of each, the furthest snapshot seen. It never
//! decides, and it never forgets.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{
    DisputeSnapshot, InvoiceSnapshot, PaymentIntentSnapshot, RefundSnapshot, Ruling,
    RulingSnapshot, SessionSnapshot,
};

/// One object of Stripe's as it was at some moment, from an event or from an answer; or what a person
/// decided about one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    Session(SessionSnapshot),
    PaymentIntent(PaymentIntentSnapshot),
    Refund(RefundSnapshot),
    Dispute(DisputeSnapshot),
    Ruling(RulingSnapshot),
    Invoice(InvoiceSnapshot),
}

/// Keyed by the id of Stripe's object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub sessions: BTreeMap<String, SessionSnapshot>,
    pub payment_intents: BTreeMap<String, PaymentIntentSnapshot>,
    pub refunds: BTreeMap<String, RefundSnapshot>,
    pub disputes: BTreeMap<String, DisputeSnapshot>,
    pub invoices: BTreeMap<String, InvoiceSnapshot>,
    /// By the session, or the payment intent of an auto-recharge, that they are about.
    pub rulings: BTreeMap<String, RulingSnapshot>,
}

/// Whether the evidence told anything new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    Unchanged,
    Changed,
}

impl Facts {
    /// Joins the evidence to what is known: commutative, associative and idempotent, because each
    /// object keeps the greatest of its snapshots in a total order.
    pub fn merge(&mut self, evidence: Evidence) -> Merge {
        match evidence {
            Evidence::Session(session) => {
                keep_greatest(&mut self.sessions, session.id.clone(), session)
            }
            Evidence::PaymentIntent(payment_intent) => self.merge_payment_intent(payment_intent),
            Evidence::Refund(refund) => keep_greatest(&mut self.refunds, refund.id.clone(), refund),
            Evidence::Dispute(dispute) => {
                keep_greatest(&mut self.disputes, dispute.id.clone(), dispute)
            }
            Evidence::Invoice(invoice) => {
                keep_greatest(&mut self.invoices, invoice.id.clone(), invoice)
            }
            Evidence::Ruling(ruling) => {
                keep_greatest(&mut self.rulings, ruling.about.clone(), ruling)
            }
        }
    }
}

impl Facts {
    /// `about` is the session, or the payment intent, that the money is told by.
    pub fn ruling_on(&self, about: &str) -> Option<Ruling> {
        self.rulings.get(about).map(|it| it.ruling)
    }

    /// The receipt and what was charged are joined apart from the rest: which snapshot is the furthest
    /// says nothing of which one knows them.
    fn merge_payment_intent(&mut self, mut payment_intent: PaymentIntentSnapshot) -> Merge {
        let id = payment_intent.id.clone();
        if let Some(known) = self.payment_intents.get_mut(&id) {
            let receipt = known.receipt_url.clone().max(payment_intent.receipt_url);
            let charged = known.charged.clone().max(payment_intent.charged);
            let is_news = known.receipt_url != receipt || known.charged != charged;
            known.receipt_url.clone_from(&receipt);
            known.charged.clone_from(&charged);
            payment_intent.receipt_url = receipt;
            payment_intent.charged = charged;
            let merge = keep_greatest(&mut self.payment_intents, id, payment_intent);
            return if is_news { Merge::Changed } else { merge };
        }
        keep_greatest(&mut self.payment_intents, id, payment_intent)
    }
}

fn keep_greatest<S: Ord>(known: &mut BTreeMap<String, S>, id: String, snapshot: S) -> Merge {
    match known.entry(id) {
        Entry::Vacant(vacant) => {
            vacant.insert(snapshot);
            Merge::Changed
        }
        Entry::Occupied(mut occupied) if *occupied.get() < snapshot => {
            occupied.insert(snapshot);
            Merge::Changed
        }
        Entry::Occupied(_) => Merge::Unchanged,
    }
}

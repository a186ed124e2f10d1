//! Where it dies: at which step, while what happens, and by which way the service hears of it.

use std::fmt;

use credits::steps::Step;

/// What happens to every purchase, in this order: it is opened, perhaps in the place of another one, and
/// paid; or a card is saved for an auto-recharge that does both; a refund is made either here or at Stripe,
/// the rest is lost to a dispute, and the card is let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Open,
    OpenInstead,
    Pay,
    SaveCard,
    Recharge,
    RefundHere,
    RefundAtStripe,
    LoseDispute,
    RemoveCard,
}

/// How the service hears of what happened at Stripe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Webhook,
    /// All webhooks are lost, and somebody asks.
    Resync,
    /// All webhooks are lost, and nobody asks.
    EventList,
}

#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub step: Step,
    /// At which of the times that the step is reached.
    pub time: u32,
    pub act: Act,
    pub news: News,
}

impl Case {
    pub fn acts(self) -> Vec<Act> {
        let (paid, refund) = match self.act {
            Act::OpenInstead => (vec![Act::OpenInstead, Act::Pay], Act::RefundHere),
            Act::RefundAtStripe => (vec![Act::Open, Act::Pay], Act::RefundAtStripe),
            _ if self.is_with_a_saved_card() => {
                (vec![Act::SaveCard, Act::Recharge], Act::RefundHere)
            }
            _ => (vec![Act::Open, Act::Pay], Act::RefundHere),
        };
        let mut acts = [paid, vec![refund, Act::LoseDispute]].concat();
        if self.is_with_a_saved_card() {
            acts.push(Act::RemoveCard);
        }
        acts
    }

    pub const fn is_with_a_saved_card(self) -> bool {
        matches!(self.act, Act::SaveCard | Act::Recharge | Act::RemoveCard)
    }

    /// Whether Stripe answers 500 to what it has done all the same.
    pub const fn hides_the_answer(self) -> bool {
        matches!(self.step, Step::ListingPayments | Step::PaymentsListed)
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Case {
            step,
            time,
            act,
            news,
        } = self;
        let text = format!("{}:{time}, {act:?} by {news:?}", step.name());
        f.pad(&text)
    }
}

#[rustfmt::skip]
pub fn cases() -> Vec<Case> {
    use Step::*;
    let at = |act, news, steps: &[Step]| -> Vec<Case> {
        let case = |step: &Step| Case { step: *step, time: 1, act, news };
        steps.iter().map(case).collect()
    };
    let second = |step| Case { step, time: 2, act: Act::Open, news: News::Webhook };
    [
        at(Act::Open, News::Webhook, &[Committing, Committed, CreatingSession, SessionCreated, SessionRecorded]),
        vec![second(Committing), second(Committed)],
        at(Act::OpenInstead, News::Webhook, &[ClosingSession, SessionClosed]),
        at(Act::Pay, News::Webhook, &[WebhookVerified, EventStored, WebhookAnswering, EventClaimed, EvidenceRead,
            Committing, Committed, EventFinishing, EventFinished]),
        at(Act::Pay, News::Resync, &[RetrievingSession, SessionRetrieved, Committing, Committed]),
        at(Act::Pay, News::EventList, &[ReadingEventList, EventPageRead, AdvancingEventList]),
        at(Act::SaveCard, News::Webhook, &[CreatingCustomer, CustomerCreated, CreatingCardSession, CardSessionCreated,
            RetrievingCardSession, CardSessionRetrieved]),
        at(Act::SaveCard, News::Resync, &[RetrievingCardSession, CardSessionRetrieved]),
        at(Act::RemoveCard, News::Webhook, &[DetachingCard, CardDetached]),
        at(Act::Recharge, News::Webhook, &[Committing, Committed, ChargingCard, CardCharged, ListingPayments,
            PaymentsListed]),
        at(Act::Recharge, News::Resync, &[RetrievingPayment, PaymentRetrieved]),
        at(Act::RefundHere, News::Webhook, &[ListingRefunds, RefundsListed, CreatingRefund, RefundCreated,
            Committing, Committed]),
        at(Act::RefundAtStripe, News::Webhook, &[EventStored, EventClaimed, AskingForOwner, OwnerTold, Committing,
            Committed, EventFinishing]),
        at(Act::RefundAtStripe, News::Resync, &[ListingRefunds, RefundsListed, Committing, Committed]),
        at(Act::LoseDispute, News::Webhook, &[EventStored, EventClaimed, AskingForOwner, OwnerTold, Committing,
            Committed, EventFinishing]),
        at(Act::LoseDispute, News::Resync, &[ListingDisputes, DisputesListed, Committing, Committed]),
    ]
    .concat()
}

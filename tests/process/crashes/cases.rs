//! Where it dies: at which step, while what happens, and by which way the service hears of it.

use std::fmt;

use credits::steps::Step;

/// What happens to every purchase, in this order: it is opened and paid, or an auto-recharge does both,
/// and a refund is made either here or at Stripe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Open,
    Pay,
    Recharge,
    RefundHere,
    RefundAtStripe,
    LoseDispute,
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
        match self.act {
            Act::Recharge => vec![Act::Recharge, Act::RefundHere, Act::LoseDispute],
            Act::RefundAtStripe => vec![Act::Open, Act::Pay, Act::RefundAtStripe, Act::LoseDispute],
            _ => vec![Act::Open, Act::Pay, Act::RefundHere, Act::LoseDispute],
        }
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
        at(Act::Pay, News::Webhook, &[WebhookVerified, EventStored, WebhookAnswering, EventClaimed, EvidenceRead,
            Committing, Committed, EventFinishing, EventFinished]),
        at(Act::Pay, News::Resync, &[RetrievingSession, SessionRetrieved, Committing, Committed]),
        at(Act::Pay, News::EventList, &[ReadingEventList, EventPageRead, AdvancingEventList]),
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

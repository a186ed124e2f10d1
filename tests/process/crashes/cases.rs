//! Where it dies: at which step, while what happens, and by which way the service hears of it.

use std::fmt;

use credits::steps::Step;

/// What happens to every purchase, in this order; a refund is made either here or at Stripe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Open,
    Pay,
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
    pub const fn acts(self) -> [Act; 4] {
        let refund = match self.act {
            Act::RefundAtStripe => Act::RefundAtStripe,
            _ => Act::RefundHere,
        };
        [Act::Open, Act::Pay, refund, Act::LoseDispute]
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

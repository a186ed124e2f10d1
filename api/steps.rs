//! The steps of a payment between which the process may die, by name. A debug build dies at the one that
//! `CREDITS_KILL_AT` names, so that tests see every one of them survived; a release knows nothing of it.

#[cfg(debug_assertions)]
mod kill;

/// Makes the closed list of steps, each with the name that tests know it by.
macro_rules! steps {
    ($( $(#[$meaning:meta])* $step:ident = $name:literal, )+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Step {
            $( $(#[$meaning])* $step, )+
        }

        impl Step {
            pub const ALL: &[Step] = &[$( Step::$step, )+];

            pub const fn name(self) -> &'static str {
                match self {
                    $( Step::$step => $name, )+
                }
            }
        }
    };
}

steps! {
    /// A webhook is signed by Stripe, and nothing is stored.
    WebhookVerified = "webhook_verified",
    /// Its event is stored, and nobody knows.
    EventStored = "event_stored",
    /// The worker was called, Stripe has no answer.
    WebhookAnswering = "webhook_answering",
    /// An event is ours alone for the time of a lease.
    EventClaimed = "event_claimed",
    /// What the event says is known, and not applied.
    EvidenceRead = "evidence_read",
    /// All that the event calls for is done, and it still stands as waiting.
    EventFinishing = "event_finishing",
    EventFinished = "event_finished",
    /// A batch of the writer is stored, and not committed.
    Committing = "committing",
    /// It is committed, and nobody was answered.
    Committed = "committed",
    /// Notices are given, and their deliveries are not made.
    NoticesRouting = "notices_routing",
    NoticesRouted = "notices_routed",
    /// A delivery is ours alone for the time of a lease, and nobody has heard of it.
    DeliveryClaimed = "delivery_claimed",
    /// Somebody has got it, and it still stands as waiting.
    DeliverySent = "delivery_sent",
    DeliveryFinished = "delivery_finished",
    /// The purchase is stored, and Stripe has not heard of it.
    CreatingSession = "creating_session",
    /// Stripe has made the session, and we have not noted which.
    SessionCreated = "session_created",
    SessionRecorded = "session_recorded",
    /// The buyer has another session in mind, and Stripe still takes money for this one.
    ClosingSession = "closing_session",
    SessionClosed = "session_closed",
    RetrievingSession = "retrieving_session",
    SessionRetrieved = "session_retrieved",
    CreatingCustomer = "creating_customer",
    /// Stripe has a customer that we have not noted.
    CustomerCreated = "customer_created",
    CreatingCardSession = "creating_card_session",
    CardSessionCreated = "card_session_created",
    /// A card may have been saved, and we have not seen it.
    RetrievingCardSession = "retrieving_card_session",
    CardSessionRetrieved = "card_session_retrieved",
    DetachingCard = "detaching_card",
    /// Stripe has the card no longer, and here it is still charged.
    CardDetached = "card_detached",
    /// The attempt is counted, and Stripe has not heard of it.
    ChargingCard = "charging_card",
    /// The saved card was charged, and we have not noted it.
    CardCharged = "card_charged",
    RetrievingPayment = "retrieving_payment",
    PaymentRetrieved = "payment_retrieved",
    ListingPayments = "listing_payments",
    PaymentsListed = "payments_listed",
    AskingForOwner = "asking_for_owner",
    OwnerTold = "owner_told",
    ListingRefunds = "listing_refunds",
    RefundsListed = "refunds_listed",
    ListingDisputes = "listing_disputes",
    DisputesListed = "disputes_listed",
    CreatingRefund = "creating_refund",
    /// The money is on its way back, and the credits are still there.
    RefundCreated = "refund_created",
    /// Stripe's list of events is ours to read, and not read.
    ReadingEventList = "reading_event_list",
    /// A page of it came, and none of it is in the inbox.
    EventPageRead = "event_page_read",
    /// All of it is in the inbox, and the cursor stands where it stood.
    AdvancingEventList = "advancing_event_list",
}

/// The end of the process, if it is to die here.
#[cfg(debug_assertions)]
pub fn reached(step: Step) {
    kill::if_it_is_this(step);
}

/// Nothing.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub const fn reached(_: Step) {}

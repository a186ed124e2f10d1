//! What goes out of the house: notices on their way to their owners' mailboxes and to the platform's own
//! systems, and where those are. None of it moves a credit.

use std::collections::BTreeSet;

use ledger::ids::{AccountId, DeliveryId, EndpointId};
use ledger::instant::Instant;
use ledger::notice::{Kind, Notice};
use uuid::Uuid;

use super::rows::DeliveryRow;
use super::{Store, StoreError, postgres, sqlite};

/// Where a notice is delivered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The owner's.
    Mailbox,
    Endpoint(EndpointId),
}

impl Target {
    pub const fn uuid(self) -> Uuid {
        match self {
            Target::Mailbox => Uuid::nil(),
            Target::Endpoint(id) => id.uuid(),
        }
    }

    pub const fn from_uuid(uuid: Uuid) -> Target {
        if uuid.is_nil() {
            Target::Mailbox
        } else {
            Target::Endpoint(EndpointId::from_uuid(uuid))
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryStatus {
    Waiting,
    Delivered,
    /// A dead letter, until somebody orders it again.
    GivenUp,
}

impl DeliveryStatus {
    pub const fn code(self) -> i16 {
        match self {
            DeliveryStatus::Waiting => 0,
            DeliveryStatus::Delivered => 1,
            DeliveryStatus::GivenUp => 2,
        }
    }

    pub fn from_code(code: i16) -> Result<DeliveryStatus, StoreError> {
        match code {
            0 => Ok(DeliveryStatus::Waiting),
            1 => Ok(DeliveryStatus::Delivered),
            2 => Ok(DeliveryStatus::GivenUp),
            _ => Err(StoreError::corrupt(format!("deliveries.status is {code}"))),
        }
    }
}

/// A notice on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub account_id: AccountId,
    /// Of the notice.
    pub number: i64,
    pub target: Target,
    pub id: DeliveryId,
    pub kind: Kind,
    pub status: DeliveryStatus,
    /// Since it was made, or ordered again.
    pub attempts: i32,
    /// None: there is nothing left to do.
    pub next_attempt_at: Option<Instant>,
    /// When the notice was given.
    pub created_at: Instant,
    pub attempted_at: Option<Instant>,
    /// The last one.
    pub answer: Option<Answer>,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// None where nobody answered.
    pub status: Option<i16>,
    /// What was said, or what went wrong.
    pub text: String,
}

impl Delivery {
    /// One that has everything before it.
    pub fn new(account_id: &AccountId, notice: &Notice, target: Target) -> Delivery {
        Delivery {
            account_id: account_id.clone(),
            number: notice.number,
            target,
            id: notice.id(account_id).delivered_to(target.uuid()),
            kind: notice.news.kind(),
            status: DeliveryStatus::Waiting,
            attempts: 0,
            next_attempt_at: Some(notice.at),
            created_at: notice.at,
            attempted_at: None,
            answer: None,
        }
    }
}

/// Which deliveries to list.
#[derive(Clone, Debug, Default)]
pub struct DeliveryFilter {
    pub account_id: Option<AccountId>,
    pub target: Option<Target>,
    pub status: Option<DeliveryStatus>,
}

/// Where the platform's own systems are sent what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub id: EndpointId,
    pub url: String,
    /// None: all, those to come included.
    pub kinds: Option<BTreeSet<Kind>>,
    pub description: Option<String>,
    /// Why nothing is sent there. None: it is.
    pub disabled: Option<Disabled>,
    /// Since when nothing has got through.
    pub failing_since: Option<Instant>,
    /// Whether its owner is still to be told that it was disabled.
    pub is_untold: bool,
    pub secret_generation: i32,
    /// Until when the secret before is good too.
    pub previous_until: Option<Instant>,
    /// The account of whoever made it.
    pub owner: AccountId,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Endpoint {
    pub fn wants(&self, kind: Kind) -> bool {
        let kinds = self.kinds.as_ref();
        self.disabled.is_none() && kinds.is_none_or(|kinds| kinds.contains(&kind))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disabled {
    /// An administrator has switched it off.
    SwitchedOff,
    /// Nothing got through for too long.
    Failing,
    /// It answered that it is gone for good.
    Gone,
}

impl Disabled {
    pub const fn code(self) -> i16 {
        match self {
            Disabled::SwitchedOff => 1,
            Disabled::Failing => 2,
            Disabled::Gone => 3,
        }
    }

    pub fn from_code(code: i16) -> Result<Disabled, StoreError> {
        match code {
            1 => Ok(Disabled::SwitchedOff),
            2 => Ok(Disabled::Failing),
            3 => Ok(Disabled::Gone),
            _ => Err(StoreError::corrupt(format!(
                "webhook_endpoints.disabled_because is {code}"
            ))),
        }
    }
}

/// Where an account's owner is written to, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub email: Option<String>,
    pub locale: Locale,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    #[default]
    English,
    German,
}

impl Locale {
    pub const fn as_str(self) -> &'static str {
        match self {
            Locale::English => "en",
            Locale::German => "de",
        }
    }

    pub fn parse(text: &str) -> Option<Locale> {
        [Locale::English, Locale::German]
            .into_iter()
            .find(|locale| locale.as_str() == text)
    }
}

impl Store {
    /// The accounts with notices that are not routed yet, those that wait longest first.
    pub async fn accounts_to_route(&self, most: i64) -> Result<BTreeSet<AccountId>, StoreError> {
        query!(self, read, outbox::accounts(most))
    }

    /// The first notices of an account that are not routed yet.
    pub async fn notices_to_route(
        &self,
        id: &AccountId,
        most: i64,
    ) -> Result<Vec<Notice>, StoreError> {
        query!(self, read, outbox::unrouted(id, most))
    }

    /// Stores the deliveries of an account's notices up to a number, which are routed with that. What was
    /// made before stays as it is.
    pub async fn route(
        &self,
        id: &AccountId,
        until: i64,
        deliveries: &[Delivery],
    ) -> Result<(), StoreError> {
        let rows: Vec<DeliveryRow> = deliveries.iter().map(DeliveryRow::from).collect();
        query!(self, single_write, outbox::route(id, until, rows))
    }

    /// A notice, whether or not it stands in the feed.
    pub async fn notice(&self, id: &AccountId, number: i64) -> Result<Option<Notice>, StoreError> {
        query!(self, read, outbox::notice(id, number))
    }

    /// The targets that something is due for.
    pub async fn targets_due(&self, now: Instant) -> Result<Vec<Target>, StoreError> {
        query!(self, read, deliveries::targets_due(now))
    }

    /// What is due for a target: of each account no more than what is first.
    pub async fn deliveries_due(
        &self,
        target: Target,
        now: Instant,
        most: i64,
    ) -> Result<Vec<Delivery>, StoreError> {
        query!(self, read, deliveries::due(target, now, most))
    }

    /// Whether this caller may attempt the delivery until `lease_end`.
    pub async fn claim_delivery(
        &self,
        delivery: &Delivery,
        lease_end: Instant,
    ) -> Result<bool, StoreError> {
        query!(self, single_write, deliveries::claim(delivery, lease_end))
    }

    /// Stores what came of an attempt, unless somebody else has attempted it since. Until it is attempted
    /// again, nothing behind it is looked at.
    pub async fn finish_delivery(&self, delivery: &Delivery) -> Result<(), StoreError> {
        query!(self, single_write, deliveries::finish(delivery))
    }

    /// Deliveries to anybody, newest first: those before one, or the newest.
    pub async fn deliveries(
        &self,
        filter: &DeliveryFilter,
        before: Option<(Instant, DeliveryId)>,
        most: i64,
    ) -> Result<Vec<Delivery>, StoreError> {
        query!(self, read, deliveries::list(filter, before, most))
    }

    pub async fn delivery(&self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        query!(self, read, deliveries::find(id))
    }

    /// Orders a delivery again, whatever came of it.
    pub async fn replay_delivery(&self, id: DeliveryId, now: Instant) -> Result<(), StoreError> {
        query!(self, single_write, deliveries::replay(id, now))
    }

    /// Orders everything again that was given up for a target; how much that is.
    pub async fn replay_given_up(&self, target: Target, now: Instant) -> Result<usize, StoreError> {
        query!(self, single_write, deliveries::replay_given_up(target, now))
    }

    /// Whether there is anything left to do for a target.
    pub async fn does_anything_wait(&self, target: Target) -> Result<bool, StoreError> {
        query!(self, read, deliveries::does_any_wait(target))
    }

    /// Gives everything up that waits for a target.
    pub async fn give_up_deliveries(&self, target: Target, why: &str) -> Result<usize, StoreError> {
        query!(self, single_write, deliveries::give_up(target, why))
    }

    /// Forgets deliveries of notices given before, with which nothing is left to do.
    pub async fn forget_deliveries(&self, before: Instant) -> Result<usize, StoreError> {
        query!(self, single_write, deliveries::forget(before))
    }

    pub async fn create_endpoint(&self, endpoint: &Endpoint) -> Result<(), StoreError> {
        query!(self, single_write, endpoints::create(endpoint))
    }

    /// All of them, in the order in which they were made.
    pub async fn endpoints(&self) -> Result<Vec<Endpoint>, StoreError> {
        query!(self, read, endpoints::all())
    }

    pub async fn endpoint(&self, id: EndpointId) -> Result<Option<Endpoint>, StoreError> {
        query!(self, read, endpoints::find(id))
    }

    /// Stores an endpoint as it is now, but for its secrets; whether there is one.
    pub async fn update_endpoint(&self, endpoint: &Endpoint) -> Result<bool, StoreError> {
        query!(self, single_write, endpoints::update(endpoint))
    }

    /// Stores an endpoint's secrets as they are now, unless there is another than that of `before` meanwhile;
    /// whether they are stored.
    pub async fn rotate_endpoint(
        &self,
        endpoint: &Endpoint,
        before: i32,
    ) -> Result<bool, StoreError> {
        query!(self, single_write, endpoints::rotate(endpoint, before))
    }

    pub async fn delete_endpoint(&self, id: EndpointId) -> Result<bool, StoreError> {
        query!(self, single_write, endpoints::delete(id))
    }

    /// Notes whether something got through to an endpoint.
    pub async fn note_endpoint(
        &self,
        id: EndpointId,
        failing_since: Option<Instant>,
    ) -> Result<(), StoreError> {
        query!(self, single_write, endpoints::note(id, failing_since))
    }

    /// Whether this caller is the one who has disabled the endpoint.
    pub async fn disable_endpoint(
        &self,
        id: EndpointId,
        because: Disabled,
        now: Instant,
    ) -> Result<bool, StoreError> {
        query!(self, single_write, endpoints::disable(id, because, now))
    }

    /// Its owner has been told that it was disabled.
    pub async fn endpoint_told(&self, id: EndpointId) -> Result<(), StoreError> {
        query!(self, single_write, endpoints::told(id))
    }

    /// Where an account's owner is written to, if that is known.
    pub async fn contact(&self, id: &AccountId) -> Result<Option<Contact>, StoreError> {
        query!(self, read, contacts::find(id))
    }

    pub async fn set_contact(
        &self,
        id: &AccountId,
        contact: &Contact,
        now: Instant,
    ) -> Result<(), StoreError> {
        query!(self, single_write, contacts::set(id, contact, now))
    }
}

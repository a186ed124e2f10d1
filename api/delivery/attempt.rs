//! Attempts at deliveries: claimed by a lease, so that one process makes each, sent, and stored with what
//! was answered. A process that dies meanwhile has claimed for twenty seconds; one that is told to stop lets
//! go at once.

use std::future::ready;

use futures_util::{StreamExt, stream};
use ledger::command::{Action, Command, DisabledEndpoint};
use ledger::instant::Instant;
use metrics::counter;

use super::{Dispatch, Sent, schedule};
use crate::steps::{self, Step};
use crate::stopping::Stopping;
use crate::store::{Answer, Delivery, DeliveryStatus, Disabled, Endpoint, StoreError, Target};
use crate::wire::NotificationKind;

/// Longer than any attempt takes.
const LEASE_SECONDS: i64 = 20;
const MOST_AT_ONCE: usize = 8;
const MOST_IN_A_PASS: i64 = 64;

/// Attempts what is due for a target until nothing more is, or until it is asked to stop; how many attempts
/// it made.
pub async fn deliver_due(
    dispatch: &Dispatch,
    target: Target,
    stopping: &Stopping,
) -> Result<usize, StoreError> {
    let mut made: usize = 0;
    loop {
        let now = dispatch.clock.now();
        let due = dispatch.store.deliveries_due(target, now, MOST_IN_A_PASS);
        let due = due.await?;
        if due.is_empty() {
            return Ok(made);
        }
        let endpoint = match target {
            Target::Mailbox => None,
            Target::Endpoint(id) => dispatch.store.endpoint(id).await?,
        };
        let endpoint = endpoint.as_ref();
        let attempts: Vec<Result<Attempted, StoreError>> = stream::iter(due)
            .take_while(|_| ready(!stopping.is_asked()))
            .map(|delivery| attempt(dispatch, delivery, endpoint, stopping))
            .buffer_unordered(MOST_AT_ONCE)
            .collect()
            .await;
        if attempts.is_empty() {
            return Ok(made);
        }
        for attempted in attempts {
            match attempted? {
                Attempted::Made => made = made.saturating_add(1),
                Attempted::ByAnother => {}
                Attempted::Stopped => return Ok(made),
            }
        }
    }
}

enum Attempted {
    Made,
    /// Another process has claimed it.
    ByAnother,
    Stopped,
}

async fn attempt(
    dispatch: &Dispatch,
    mut delivery: Delivery,
    endpoint: Option<&Endpoint>,
    stopping: &Stopping,
) -> Result<Attempted, StoreError> {
    let now = dispatch.clock.now();
    let lease_end = now.plus_seconds(LEASE_SECONDS).unwrap_or(now);
    if !dispatch.store.claim_delivery(&delivery, lease_end).await? {
        return Ok(Attempted::ByAnother);
    }
    steps::reached(Step::DeliveryClaimed);
    delivery.attempts = delivery.attempts.saturating_add(1);
    tokio::select! {
        biased;
        sent = send(dispatch, &delivery, endpoint, now) => {
            steps::reached(Step::DeliverySent);
            record(dispatch, delivery, endpoint, sent?).await?;
            steps::reached(Step::DeliveryFinished);
            Ok(Attempted::Made)
        }
        () = stopping.asked() => {
            // Perhaps it has arrived, perhaps not: it is sent again by whoever comes first.
            delivery.next_attempt_at = Some(now);
            dispatch.store.finish_delivery(&delivery).await?;
            Ok(Attempted::Stopped)
        }
    }
}

async fn send(
    dispatch: &Dispatch,
    delivery: &Delivery,
    endpoint: Option<&Endpoint>,
    now: Instant,
) -> Result<Sent, StoreError> {
    let refused = |why: &str| {
        let text = why.to_owned();
        Ok(Sent::Refused(Answer { status: None, text }))
    };
    let id = &delivery.account_id;
    let Some(notice) = dispatch.store.notice(id, delivery.number).await? else {
        return refused("there is no such notice");
    };
    match (delivery.target, endpoint) {
        (Target::Mailbox, _) => match &dispatch.mailer {
            Some(mailer) => mailer.send(&dispatch.store, id, &notice, now).await,
            None => refused("no mail server is configured"),
        },
        (Target::Endpoint(_), None) => refused("the endpoint was removed"),
        (Target::Endpoint(_), Some(endpoint)) if endpoint.disabled.is_some() => {
            refused("the endpoint is switched off")
        }
        (Target::Endpoint(_), Some(endpoint)) => match &dispatch.webhooks {
            Some(webhooks) => Ok(webhooks.send(endpoint, id, &notice, now).await),
            None => refused("no signing key is configured"),
        },
    }
}

/// Stores what came of an attempt, with the delivery and with its endpoint.
async fn record(
    dispatch: &Dispatch,
    mut delivery: Delivery,
    endpoint: Option<&Endpoint>,
    sent: Sent,
) -> Result<(), StoreError> {
    let now = dispatch.clock.now();
    let (status, next_attempt_at) = match &sent {
        Sent::Delivered(_) => (DeliveryStatus::Delivered, None),
        Sent::Refused(_) | Sent::Gone(_) => (DeliveryStatus::GivenUp, None),
        Sent::Failed(_) => match schedule::next_attempt(delivery.attempts, now, rand::random()) {
            Some(next) => (DeliveryStatus::Waiting, Some(next)),
            None => (DeliveryStatus::GivenUp, None),
        },
    };
    count(&delivery, status);
    delivery.status = status;
    delivery.next_attempt_at = next_attempt_at;
    delivery.attempted_at = Some(now);
    if let Some(endpoint) = endpoint {
        note(dispatch, endpoint, &sent, now).await?;
    }
    let (Sent::Delivered(answer)
    | Sent::Failed(answer)
    | Sent::Refused(answer)
    | Sent::Gone(answer)) = sent;
    if status == DeliveryStatus::GivenUp {
        let kind = NotificationKind::from(delivery.kind).as_str();
        let account = delivery.account_id.as_str();
        let why = answer.text.as_str();
        tracing::error!(id = %delivery.id, kind, account, why, "a delivery was given up");
    }
    delivery.answer = Some(answer);
    dispatch.store.finish_delivery(&delivery).await?;
    if let Some(endpoint) = endpoint
        && status == DeliveryStatus::GivenUp
        && !dispatch.store.does_anything_wait(delivery.target).await?
    {
        // Nothing tells whether it still fails: the next failure is the first of its time.
        dispatch.store.note_endpoint(endpoint.id, None).await?;
    }
    Ok(())
}

fn count(delivery: &Delivery, status: DeliveryStatus) {
    let channel = match delivery.target {
        Target::Mailbox => "email",
        Target::Endpoint(_) => "webhook",
    };
    let outcome = match status {
        DeliveryStatus::Waiting => "retry",
        DeliveryStatus::Delivered => "delivered",
        DeliveryStatus::GivenUp => "given_up",
    };
    counter!("credits_deliveries_total", "channel" => channel, "outcome" => outcome).increment(1);
}

/// What the attempt means for the endpoint: one success, and it works; failing all the time for days, and
/// it is sent nothing more.
async fn note(
    dispatch: &Dispatch,
    endpoint: &Endpoint,
    sent: &Sent,
    now: Instant,
) -> Result<(), StoreError> {
    let store = &dispatch.store;
    let disable = match (sent, endpoint.failing_since) {
        (Sent::Delivered(_), Some(_)) => return store.note_endpoint(endpoint.id, None).await,
        (Sent::Failed(_), None) => return store.note_endpoint(endpoint.id, Some(now)).await,
        (Sent::Delivered(_), None) | (Sent::Refused(_), _) => return Ok(()),
        (Sent::Gone(_), _) => Some(Disabled::Gone),
        (Sent::Failed(_), Some(since)) => {
            let is_too_long = now.seconds_since(since) >= schedule::LONGEST_FAILING_SECONDS;
            // Something may have got through since the endpoint was read.
            let does_fail = is_too_long
                && store
                    .endpoint(endpoint.id)
                    .await?
                    .is_some_and(|it| it.failing_since == Some(since));
            does_fail.then_some(Disabled::Failing)
        }
    };
    if let Some(because) = disable
        && store.disable_endpoint(endpoint.id, because, now).await?
    {
        let id = endpoint.id;
        tracing::error!(endpoint = %id, ?because, "a webhook endpoint was disabled");
    }
    Ok(())
}

/// Tells the owners of endpoints that were disabled. It is told at least once: whoever dies between the
/// two tells again.
pub async fn tell_of_disabled(dispatch: &Dispatch) -> Result<(), StoreError> {
    let endpoints = dispatch.store.endpoints().await?;
    for endpoint in endpoints.into_iter().filter(|it| it.is_untold) {
        let command = Command {
            account_id: endpoint.owner,
            key: None,
            action: Action::NoteEndpointDisabled(DisabledEndpoint {
                endpoint_id: endpoint.id,
                url: endpoint.url,
            }),
        };
        match dispatch.writer.submit(command, None).await {
            Ok(_) => dispatch.store.endpoint_told(endpoint.id).await?,
            Err(error) => tracing::warn!(%error, "that an endpoint was disabled is told later"),
        }
    }
    Ok(())
}

//! One delivery: sign, send, note the answer, plan the next try. It must not hold a transaction while it waits.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use tokio::sync::oneshot;

use super::sign;
use crate::clock::wall_ms;
use crate::core::Core;
use crate::objects::event::Event;
use crate::store::{Delivery, DeliveryKey, DeliveryState, StoreError, load};

const GIVE_UP_AFTER_MS: i64 = 3 * 24 * 60 * 60 * 1_000;
const LONGEST_PAUSE_MS: i64 = 60_000;

pub(crate) fn client() -> Result<reqwest::Client, reqwest::Error> {
    // Ours or somebody else's: all that matters is that there is one.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(20))
        .user_agent("Stripe/1.0 (sandbox)")
        .build()
}

/// Makes one try, with its copies, and keeps what came of it. `first_answer` fires once the receiver has answered.
pub(super) async fn deliver(
    core: &Arc<Core>,
    client: &reqwest::Client,
    key: &DeliveryKey,
    mut delivery: Delivery,
    first_answer: oneshot::Sender<()>,
) {
    let answer = send(core, client, key, &delivery.event).await;
    // The queue may have been closed meanwhile.
    let _ = first_answer.send(());
    let copies = if answer.is_ok() { delivery.copies } else { 1 };
    for _ in 1..copies {
        if let Err(why) = send(core, client, key, &delivery.event).await {
            tracing::debug!(event = delivery.event, why, "a duplicate was not taken");
        }
    }
    let now = wall_ms();
    delivery.attempts = delivery.attempts.saturating_add(1);
    match answer {
        Ok(status) => {
            delivery.state = DeliveryState::Delivered;
            delivery.last_answer = Some(status);
        }
        Err(why) => {
            tracing::debug!(
                event = delivery.event,
                url = key.url,
                why,
                "an event was not taken"
            );
            delivery.next_at_ms = now.saturating_add(pause_ms(delivery.attempts));
            if now.saturating_sub(delivery.first_at_ms) > GIVE_UP_AFTER_MS {
                delivery.state = DeliveryState::GivenUp;
            }
            delivery.last_answer = Some(why);
        }
    }
    keep(core, key.clone(), delivery).await;
}

async fn keep(core: &Arc<Core>, key: DeliveryKey, delivery: Delivery) {
    let kept: Result<(), StoreError> = core
        .write(None, move |work| work.tx.put_delivery(&key, &delivery))
        .await;
    if let Err(error) = kept {
        tracing::error!(%error, "the outcome of a delivery could not be kept; it will be made again");
    }
}

/// The status of a 2xx answer, or why there was none.
async fn send(
    core: &Arc<Core>,
    client: &reqwest::Client,
    key: &DeliveryKey,
    event: &str,
) -> Result<String, String> {
    let target = core.webhooks.iter().find(|target| target.url == key.url);
    let target = target.ok_or("this run has no such target")?;
    let payload = payload(core, event).map_err(|error| error.to_string())?;
    let timestamp = wall_ms().div_euclid(1_000);
    let signature =
        sign::header(&target.secret, timestamp, &payload).ok_or("the secret can't sign")?;
    let answer = client
        .post(&target.url)
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .header("Stripe-Signature", signature)
        .body(payload)
        .send()
        .await
        .map_err(|error| error.without_url().to_string())?;
    let status = answer.status();
    if status.is_success() {
        Ok(status.to_string())
    } else {
        Err(status.to_string())
    }
}

fn payload(core: &Core, event: &str) -> Result<String, StoreError> {
    let snapshot = core.store.read()?;
    let event = load::<Event>(&snapshot, event)?.ok_or(StoreError::Stopped)?;
    // Two spaces, as Stripe prints its events: a receiver that parses and prints again fails the signature here too.
    Ok(serde_json::to_string_pretty(&event.view(&snapshot)?)?)
}

/// 1 s, 2 s, 4 s … at most a minute.
fn pause_ms(attempts: u32) -> i64 {
    let doublings = attempts.saturating_sub(1).min(6);
    1_000_i64
        .saturating_mul(1_i64 << doublings)
        .min(LONGEST_PAUSE_MS)
}

#[cfg(test)]
mod tests {
    #[test]
    fn pauses_double_up_to_a_minute() {
        let pauses: Vec<i64> = (1..9).map(super::pause_ms).collect();
        assert_eq!(
            pauses,
            [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]
        );
    }
}

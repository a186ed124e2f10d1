//! A look at the whole sandbox for people and tests; it shows no secret.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::core::Core;
use crate::delivery::behaviour::Behaviour;
use crate::objects::charge::Charge;
use crate::objects::customer::Customer;
use crate::objects::dispute::Dispute;
use crate::objects::early_fraud_warning::EarlyFraudWarning;
use crate::objects::event::Event;
use crate::objects::invoice::Invoice;
use crate::objects::payment_intent::PaymentIntent;
use crate::objects::payment_method::PaymentMethod;
use crate::objects::refund::Refund;
use crate::objects::session::Session;
use crate::objects::setup_intent::SetupIntent;
use crate::store::{Delivery, DeliveryKey, Reads, Record, StoreError, load};

/// How many deliveries of each sort are listed, the newest.
const SHOWN: usize = 200;

pub(super) fn view(core: &Core) -> Result<Value, StoreError> {
    let snapshot = core.store.read()?;
    let mut sessions: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, id) in snapshot.ids(Session::KIND, 0, u64::MAX)? {
        if let Some(session) = load::<Session>(&snapshot, &id)? {
            let count = sessions.entry(session.status.name()).or_default();
            *count = count.saturating_add(1);
        }
    }
    let count = |kind: &str| snapshot.ids(kind, 0, u64::MAX).map(|ids| ids.len());
    let targets: Vec<&str> = core
        .webhooks
        .iter()
        .map(|target| target.url.as_str())
        .collect();
    Ok(json!({
        "now": core.clock.now(),
        "api_version": crate::wire::version::DEFAULT,
        "public_url": core.public_url,
        "sessions": sessions,
        "payment_intents": count(PaymentIntent::KIND)?,
        "charges": count(Charge::KIND)?,
        "refunds": count(Refund::KIND)?,
        "disputes": count(Dispute::KIND)?,
        "early_fraud_warnings": count(EarlyFraudWarning::KIND)?,
        "customers": count(Customer::KIND)?,
        "payment_methods": count(PaymentMethod::KIND)?,
        "setup_intents": count(SetupIntent::KIND)?,
        "invoices": count(Invoice::KIND)?,
        "events": count(Event::KIND)?,
        "webhooks": {
            "targets": targets,
            "behaviour": Behaviour::now(&core.store)?,
            "waiting": list(snapshot.waiting()?),
            "finished": list(snapshot.finished()?),
        },
        "faults": core.faults.ordered(),
    }))
}

fn list(deliveries: Vec<(DeliveryKey, Delivery)>) -> Value {
    let count = deliveries.len();
    let newest = deliveries
        .into_iter()
        .rev()
        .take(SHOWN)
        .map(|(key, delivery)| {
            json!({
                "event": delivery.event,
                "url": key.url,
                "state": delivery.state,
                "attempts": delivery.attempts,
                "next_attempt_at_ms": delivery.next_at_ms,
                "last_answer": delivery.last_answer,
            })
        });
    json!({ "count": count, "newest": newest.collect::<Vec<_>>() })
}

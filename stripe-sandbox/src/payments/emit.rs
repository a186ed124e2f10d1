//! Making events and queueing their deliveries; an event exists exactly when its change does.

use serde_json::{Map, Value, json};

use super::Work;
use crate::delivery::behaviour::Behaviour;
use crate::objects::event::Event;
use crate::objects::new_id;
use crate::store::{Delivery, DeliveryKey, DeliveryState, Reads, Record, StoreError};

impl Work<'_> {
    /// Records that `kind` happened to `object`, and queues it for every target.
    pub(crate) fn emit(&self, kind: &str, object: Value) -> Result<(), StoreError> {
        self.emit_data(kind, json!({ "object": object }))
    }

    /// As [`Work::emit`], with the former values of what an update changed.
    pub(super) fn emit_update(
        &self,
        kind: &str,
        object: Value,
        previous: Value,
    ) -> Result<(), StoreError> {
        self.emit_data(
            kind,
            json!({ "object": object, "previous_attributes": previous }),
        )
    }

    /// As [`Work::emit_update`], with the former values told from the two views. Nothing happened if they are equal.
    pub(crate) fn emit_change(
        &self,
        kind: &str,
        before: &Value,
        after: Value,
    ) -> Result<(), StoreError> {
        let previous = difference(before, &after);
        if previous.is_empty() {
            return Ok(());
        }
        self.emit_update(kind, after, Value::Object(previous))
    }

    fn emit_data(&self, kind: &str, data: Value) -> Result<(), StoreError> {
        let request = self.request.as_ref();
        let event = Event {
            id: new_id("evt_"),
            created: self.now,
            kind: kind.to_owned(),
            data,
            request_id: request.map(|request| request.id.clone()),
            idempotency_key: request.and_then(|request| request.idempotency_key.clone()),
        };
        let position = self.tx.put(&event)?;
        let mut behaviour = Behaviour::of(self.tx)?;
        let state = if behaviour.drops_this_one() {
            DeliveryState::Dropped
        } else {
            DeliveryState::Waiting
        };
        for target in self.targets {
            let due = self.wall_ms.saturating_add(behaviour.delay_ms());
            let delivery = Delivery {
                event: event.id.clone(),
                state,
                attempts: 0,
                copies: behaviour.copies(),
                first_at_ms: due,
                next_at_ms: due,
                last_answer: None,
            };
            let key = DeliveryKey {
                position,
                url: target.url.clone(),
            };
            self.tx.put_delivery(&key, &delivery)?;
        }
        behaviour.keep(self.tx)
    }
}

/// Queues an event again for every target, whatever became of it before. `false` when there is no such event.
pub(crate) fn resend(work: &Work<'_>, event: &str) -> Result<bool, StoreError> {
    let Some(position) = work.tx.position(Event::KIND, event)? else {
        return Ok(false);
    };
    for target in work.targets {
        let delivery = Delivery {
            event: event.to_owned(),
            state: DeliveryState::Waiting,
            attempts: 0,
            copies: 1,
            first_at_ms: work.wall_ms,
            next_at_ms: work.wall_ms,
            last_answer: None,
        };
        let key = DeliveryKey {
            position,
            url: target.url.clone(),
        };
        work.tx.put_delivery(&key, &delivery)?;
    }
    Ok(true)
}

/// The former values of what changed.
fn difference(before: &Value, after: &Value) -> Map<String, Value> {
    let mut previous = Map::new();
    for (name, value) in before.as_object().into_iter().flatten() {
        if after.get(name) != Some(value) {
            previous.insert(name.clone(), value.clone());
        }
    }
    previous
}

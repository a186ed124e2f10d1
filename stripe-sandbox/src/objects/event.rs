//! An event: what happened, with the object as it was then. Once made it never changes.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::store::{Reads, Record, StoreError};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) kind: String,
    pub(crate) data: Value,
    pub(crate) request_id: Option<String>,
    pub(crate) idempotency_key: Option<String>,
}

impl Record for Event {
    const KIND: &'static str = "event";
    fn id(&self) -> &str {
        &self.id
    }
}

impl Event {
    pub(crate) fn view(&self, reads: &dyn Reads) -> Result<Value, StoreError> {
        let pending = match reads.position(Event::KIND, &self.id)? {
            Some(position) => reads.pending_webhooks(position)?,
            None => 0,
        };
        Ok(json!({
            "api_version": crate::wire::version::DEFAULT,
            "created": self.created,
            "data": self.data,
            "id": self.id,
            "livemode": false,
            "object": "event",
            "pending_webhooks": pending,
            "request": { "id": self.request_id, "idempotency_key": self.idempotency_key },
            "type": self.kind,
        }))
    }
}

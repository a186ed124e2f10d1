//! How Stripe speaks over HTTP; no file in here may know what a payment is.

pub(crate) mod error;
pub(crate) mod expand;
pub(crate) mod fields;
pub(crate) mod form;
pub(crate) mod idempotency;
pub(crate) mod page;
pub(crate) mod version;

use serde_json::Value;

/// A status and a body that count as the outcome of a request, a declined card included.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn ok(body: Value) -> Answer {
        Answer { status: 200, body }
    }
}

//! Stripe's test clock. Here there is but one clock, the sandbox's own, and advancing any of these moves it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::store::Record;

/// Stripe deletes a test clock after this many days.
const KEPT_S: i64 = 30 * 24 * 60 * 60;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TestClock {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) name: Option<String>,
    pub(crate) frozen_time: i64,
    pub(crate) deleted: bool,
}

impl Record for TestClock {
    const KIND: &'static str = "test_helpers.test_clock";
    fn id(&self) -> &str {
        &self.id
    }
}

impl TestClock {
    pub(crate) fn view(&self, status: &str) -> Value {
        let details = match status {
            "advancing" => json!({ "advancing": { "target_frozen_time": self.frozen_time } }),
            _ => json!({}),
        };
        json!({
            "created": self.created,
            "deletes_after": self.created.saturating_add(KEPT_S),
            "frozen_time": self.frozen_time,
            "id": self.id,
            "livemode": false,
            "name": self.name,
            "object": "test_helpers.test_clock",
            "status": status,
            "status_details": details,
        })
    }
}

//! Stripe's own list of the events of the last thirty days, a page at a time, newest first, each as it
//! would have been delivered.

use ledger::instant::Instant;
use miniserde::json::{self, Value};
use stripe::StripeRequest;
use stripe_core::event::ListEvent;
use stripe_types::RangeQueryTs;

use super::{StripeClient, StripeFailure, counted};

const MOST_IN_A_PAGE: i64 = 100;

#[derive(Clone, Debug)]
pub struct EventPage {
    /// As Stripe writes them, in JSON.
    pub payloads: Vec<String>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl StripeClient {
    /// Events made at `since` or later, of the kinds named.
    pub async fn events(
        &self,
        since: Instant,
        kinds: &[&str],
        after: Option<&str>,
    ) -> Result<EventPage, StripeFailure> {
        let kinds: Vec<String> = kinds.iter().map(|&kind| kind.to_owned()).collect();
        let mut list = ListEvent::new()
            .created(RangeQueryTs::gte(since.unix_seconds()))
            .types(kinds)
            .limit(MOST_IN_A_PAGE);
        if let Some(after) = after {
            list = list.starting_after(after);
        }
        // As plain values: what our client cannot read may still be what we need.
        let answer = list.build().customize::<Value>().send(&self.client).await;
        page(counted("list_events", answer)?).ok_or_else(StripeFailure::unreadable)
    }
}

fn page(answer: Value) -> Option<EventPage> {
    let Value::Object(mut answer) = answer else {
        return None;
    };
    let (Some(Value::Array(events)), Some(Value::Bool(has_more))) =
        (answer.remove("data"), answer.remove("has_more"))
    else {
        return None;
    };
    let last = events.iter().last().and_then(id).map(str::to_owned);
    Some(EventPage {
        payloads: events.iter().map(json::to_string).collect(),
        next: last.filter(|_| has_more),
    })
}

fn id(event: &Value) -> Option<&str> {
    match event {
        Value::Object(event) => match event.get("id") {
            Some(Value::String(id)) => Some(id),
            _ => None,
        },
        _ => None,
    }
}

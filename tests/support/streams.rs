//! A live stream as a page reads it: event by event, for a bounded time.

use std::time::Duration;

use reqwest::{RequestBuilder, Response};
use serde_json::Value;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(20);
/// With all of a stream; clients have less with an answer.
const LONGEST: Duration = Duration::from_secs(600);

pub struct EventStream {
    response: Response,
    /// What came and was not read yet.
    text: String,
}

#[derive(Debug)]
pub struct Event {
    pub id: String,
    pub name: String,
    pub data: Value,
}

impl EventStream {
    pub async fn open(request: RequestBuilder) -> EventStream {
        let response = request.timeout(LONGEST).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let kind = response.headers()["content-type"].to_str().unwrap();
        assert_eq!(kind, "text/event-stream");
        EventStream {
            response,
            text: String::new(),
        }
    }

    /// The next event; None once the stream has ended.
    pub async fn next(&mut self) -> Option<Event> {
        let read = async {
            loop {
                if let Some((block, rest)) = self.text.split_once("\n\n") {
                    let event = parse(block);
                    self.text = rest.to_owned();
                    if event.is_some() {
                        return event;
                    }
                    continue;
                }
                let chunk = self.response.chunk().await.ok().flatten()?;
                self.text.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        };
        timeout(PATIENCE, read).await.expect("nothing comes")
    }

    /// Waits for a text to come, whatever else does.
    pub async fn until_it_says(&mut self, text: &str) {
        let read = async {
            while !self.text.contains(text) {
                let chunk = self.response.chunk().await.unwrap();
                let chunk = chunk.expect("the stream has ended");
                self.text.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        };
        timeout(PATIENCE, read).await.expect("nothing comes");
    }

    /// The next event of this name; those of others are skipped.
    pub async fn next_of(&mut self, name: &str) -> Event {
        loop {
            let event = self.next().await.expect("the stream has ended");
            if event.name == name {
                return event;
            }
        }
    }

    /// Waits for a balance with so much available.
    pub async fn until_available(&mut self, credits: &str) {
        while self.next_of("balance").await.data["available"] != credits {}
    }
}

/// None: a comment, or when to come back.
fn parse(block: &str) -> Option<Event> {
    let field = |name: &str| {
        let mut lines = block.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    };
    Some(Event {
        id: field("id")?.to_owned(),
        name: field("event")?.to_owned(),
        data: serde_json::from_str(field("data")?).unwrap(),
    })
}

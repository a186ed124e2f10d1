//! Somebody at the end of one connection, who carries out operations and judges the answers by
//! their statuses. Nothing is taken for done that was not answered with a 2xx.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use memchr::memmem;

use super::connection::{Answer, Body, Call, Connection};
use super::requests::{AccountIndex, BATCH, Requests};
use super::target::Target;
use super::workload::Operation;

/// Before another attempt to connect: a server that is gone is not to be hammered.
const PAUSE: Duration = Duration::from_millis(50);

/// A debit of a batch that was made.
const MADE: &[u8] = br#""status":201"#;

pub struct Caller {
    target: Target,
    requests: Arc<Requests>,
    connection: Option<Connection>,
    /// Of those that exist, how many are used.
    accounts: usize,
}

/// What became of one operation.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub done: u64,
    pub failed: u64,
    /// Why some failed: the status, or what else went wrong.
    pub why: Option<Refusal>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    Status(u16),
    /// Debits refused within a batch that was itself answered with a 200.
    WithinBatch,
    /// No connection, no answer, or one that could not be understood.
    NoAnswer,
}

impl Caller {
    pub fn new(target: Target, requests: Arc<Requests>, accounts: usize) -> Caller {
        Caller {
            target,
            requests,
            connection: None,
            accounts,
        }
    }

    pub async fn perform(&mut self, operation: Operation) -> Outcome {
        let result = match operation {
            Operation::Batch => return self.batch().await,
            Operation::HoldAndCapture => self.hold_and_capture().await,
            Operation::Debit => self.single(self.requests.debit(self.account())).await,
            Operation::Balance => self.single(self.requests.balance(self.account())).await,
            Operation::History => self.single(self.requests.history(self.account())).await,
            Operation::Summary => self.single(self.requests.summary(self.account())).await,
            Operation::Quote => self.single(self.requests.quote(self.account())).await,
            Operation::Health => self.single(self.requests.health()).await,
        };
        match result {
            Ok(()) => Outcome {
                done: 1,
                failed: 0,
                why: None,
            },
            Err(why) => Outcome::failed(1, why),
        }
    }

    async fn single(&mut self, call: Option<Call>) -> Result<(), Refusal> {
        self.call(call, Body::Drop).await.map(|_| ())
    }

    async fn batch(&mut self) -> Outcome {
        let call = self.requests.batch(|| self.account());
        match self.call(call, Body::Keep).await {
            Ok(body) => Outcome::of_batch(&body),
            Err(why) => Outcome::failed(BATCH, why),
        }
    }

    async fn hold_and_capture(&mut self) -> Result<(), Refusal> {
        let hold = self.requests.hold(self.account());
        let body = self.call(hold, Body::Keep).await?;
        let id = id_in(&body).ok_or(Refusal::NoAnswer)?;
        let capture = self.requests.capture(id);
        self.single(capture).await
    }

    fn account(&self) -> AccountIndex {
        match self.accounts {
            0 | 1 => AccountIndex(0),
            accounts => AccountIndex(rand::random_range(0..accounts)),
        }
    }

    /// The body of a 2xx.
    pub async fn call(&mut self, call: Option<Call>, body: Body) -> Result<Bytes, Refusal> {
        let call = call.ok_or(Refusal::NoAnswer)?;
        let answer = self.answer(call, body).await.ok_or(Refusal::NoAnswer)?;
        match answer.status.is_success() {
            true => Ok(answer.body),
            false => Err(Refusal::Status(answer.status.as_u16())),
        }
    }

    async fn answer(&mut self, call: Call, body: Body) -> Option<Answer> {
        let connection = match &mut self.connection {
            Some(connection) if !connection.is_over() => connection,
            place => {
                *place = Connection::open(&self.target).await.ok();
                if place.is_none() {
                    tokio::time::sleep(PAUSE).await;
                }
                place.as_mut()?
            }
        };
        let answer = connection.call(call, body).await;
        if answer.is_err() {
            self.connection = None;
        }
        answer.ok()
    }
}

impl Outcome {
    fn failed(failed: u64, why: Refusal) -> Outcome {
        Outcome {
            done: 0,
            failed,
            why: Some(why),
        }
    }

    /// Counts the debits made; to parse every answer would cost more than to send the next batch.
    fn of_batch(body: &[u8]) -> Outcome {
        let made = memmem::find_iter(body, MADE).count();
        let done = u64::try_from(made).unwrap_or(BATCH).min(BATCH);
        let failed = BATCH.saturating_sub(done);
        Outcome {
            done,
            failed,
            why: (failed > 0).then_some(Refusal::WithinBatch),
        }
    }
}

/// The id that a created thing is answered with: the first member of that name.
fn id_in(body: &[u8]) -> Option<&str> {
    const ID: &[u8] = br#""id":""#;
    let start = memmem::find(body, ID)?.checked_add(ID.len())?;
    let rest = body.get(start..)?;
    let end = memchr::memchr(b'"', rest)?;
    std::str::from_utf8(rest.get(..end)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_batch_refused_is_not_counted_as_done() {
        let made = r#"{"status":201,"debit":{"id":"x"}},"#.repeat(97);
        let refused = r#"{"status":402,"problem":{"status":402}},"#.repeat(3);
        let body = format!(r#"{{"results":[{made}{refused}]}}"#);
        let outcome = Outcome::of_batch(body.as_bytes());
        assert_eq!((outcome.done, outcome.failed), (97, 3));
        assert_eq!(outcome.why, Some(Refusal::WithinBatch));
        let all = r#"{"status":201,"debit":{"id":"x"}},"#.repeat(100);
        assert_eq!(Outcome::of_batch(all.as_bytes()).why, None);
    }

    #[test]
    fn the_hold_that_is_captured_is_the_one_that_was_made() {
        let body = br#"{"id":"019aaf10-2a00","status":"active","entry":{"id":"other"}}"#;
        assert_eq!(id_in(body), Some("019aaf10-2a00"));
        assert_eq!(id_in(br#"{"id":7}"#), None);
    }
}

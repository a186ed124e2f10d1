//! How often accounts have changed. One question is under way at a time, without a timer: who comes
//! meanwhile waits, and the next question is for all who wait. Under load a read costs the database
//! a fraction of a question.

use std::collections::HashMap;

use ledger::ids::AccountId;
use tokio::sync::{mpsc, oneshot};

use super::StoreError;

/// More may not wait: the database does not keep up.
const MOST_WAITING: usize = 16_384;

/// In one question.
const MOST_AT_ONCE: usize = 256;

/// An account that nobody has granted anything has none.
type Version = Option<i64>;

/// Where the versions are looked up.
pub trait VersionSource: Send + 'static {
    fn versions(
        &self,
        ids: Vec<AccountId>,
    ) -> impl Future<Output = Result<HashMap<AccountId, i64>, StoreError>> + Send;
}

struct Question {
    id: AccountId,
    reply: oneshot::Sender<Result<Version, StoreError>>,
}

/// A handle; clones share the task that asks. It ends with the last of them.
#[derive(Clone)]
pub struct Versions {
    questions: mpsc::Sender<Question>,
}

impl Versions {
    pub fn start(source: impl VersionSource) -> Versions {
        let (questions, waiting) = mpsc::channel(MOST_WAITING);
        tokio::spawn(answer(source, waiting));
        Versions { questions }
    }

    /// As it is after whoever asks began to ask.
    pub async fn of(&self, id: &AccountId) -> Result<Version, StoreError> {
        let (reply, answer) = oneshot::channel();
        let id = id.clone();
        let question = Question { id, reply };
        let sent = self.questions.try_send(question);
        sent.map_err(|_| StoreError::unavailable("too many reads are waiting"))?;
        let gone = |_| StoreError::unavailable("nobody looks up versions any more");
        answer.await.map_err(gone)?
    }
}

async fn answer(source: impl VersionSource, mut waiting: mpsc::Receiver<Question>) {
    let mut questions = Vec::with_capacity(MOST_AT_ONCE);
    while waiting.recv_many(&mut questions, MOST_AT_ONCE).await > 0 {
        let ids = questions.iter().map(|question| question.id.clone());
        let found = source.versions(ids.collect()).await;
        for Question { id, reply } in questions.drain(..) {
            let version = match &found {
                Ok(found) => Ok(found.get(&id).copied()),
                Err(error) => Err(error.clone()),
            };
            // Who has hung up needs no answer.
            let _ = reply.send(version);
        }
    }
}

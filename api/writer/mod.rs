//! The writer: the one path by which credits move. Commands come in over a bounded queue; the
//! writer takes all that wait, decides them in order on state loaded under lock, stores the results
//! together, commits once, and only then answers.
//!
//! - **Group commit without a timer.** While one commit is under way the queue fills; what waits is
//!   the next batch. One command alone is a batch of one: there is no second path.
//! - **The writer owns its transaction.** A caller who hangs up changes nothing: the work is done
//!   and its answer stored.
//! - **One bad command fails alone.** A batch the database refuses is tried again as halves.
//! - **An unknown outcome is found out.** When the connection is lost during a commit, the batch is
//!   decided again on what is really stored: every command carries a key or is the same twice over.

mod batch;
mod lane;
mod memory;
mod wanted;

pub use wanted::wanted_by;

use std::sync::Arc;

use ledger::command::{Command, Outcome};
use ledger::rejection::Rejection;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use self::lane::Lane;
use crate::clock::Clock;
use crate::store::{Store, StoreError, StoredAnswer};

/// Makes the answer to be stored under a command's key. `None` while there is none yet.
pub type Render = Arc<dyn Fn(&Result<Outcome, Rejection>) -> Option<StoredAnswer> + Send + Sync>;

/// What became of a command: it is committed, or it was rejected and changed nothing.
#[derive(Clone, Debug)]
pub struct Written {
    pub decision: Result<Outcome, Rejection>,
    /// The answer stored under the key, now or before.
    pub answer: Option<StoredAnswer>,
    /// Whether the answer was given before.
    pub replayed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriterError {
    #[error("too many commands are waiting")]
    Full,
    #[error("the database is unavailable; nothing was written")]
    Unavailable,
    #[error("the connection was lost while committing, and the outcome could not be found out")]
    OutcomeUnknown,
    #[error("the command could not be written")]
    Broken,
}

impl From<&StoreError> for WriterError {
    fn from(error: &StoreError) -> WriterError {
        match error {
            StoreError::Conflict(_) | StoreError::Unavailable(_) => WriterError::Unavailable,
            StoreError::OutcomeUnknown(_) => WriterError::OutcomeUnknown,
            StoreError::Corrupt(_) | StoreError::Bug(_) => WriterError::Broken,
        }
    }
}

struct Request {
    command: Command,
    render: Option<Render>,
    reply: oneshot::Sender<Result<Written, WriterError>>,
}

/// A handle to the writer. Clones share one queue.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Request>,
}

/// The running writer, for whoever has to end it.
pub struct WriterTask {
    closing: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Writer {
    /// Starts the writer; at most `queue` commands may wait for it.
    pub fn start(store: Store, clock: Clock, queue: usize) -> (Writer, WriterTask) {
        let (sender, receiver) = mpsc::channel(queue);
        let closing = Arc::new(Notify::new());
        let lane = Lane::new(store, clock);
        let task = tokio::spawn(lane.run(receiver, Arc::clone(&closing)));
        (Writer { queue: sender }, WriterTask { closing, task })
    }

    /// Hands a command over and waits until it is committed or rejected.
    ///
    /// # Errors
    /// `Full` at once when too many wait; the others when the database did not play its part.
    pub async fn submit(
        &self,
        command: Command,
        render: Option<Render>,
    ) -> Result<Written, WriterError> {
        let (reply, answer) = oneshot::channel();
        let request = Request {
            command,
            render,
            reply,
        };
        match self.queue.try_send(request) {
            Ok(()) => answer.await.unwrap_or(Err(WriterError::Unavailable)),
            Err(mpsc::error::TrySendError::Full(_)) => Err(WriterError::Full),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(WriterError::Unavailable),
        }
    }
}

impl WriterTask {
    /// Takes no more commands, and returns when those that wait are written.
    pub async fn finish(self) {
        self.closing.notify_one();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the writer did not end well");
        }
    }
}

//! The writer: the one path by which credits move. Commands come in over the bounded queue of a lane;
//! the lane takes all that wait, decides them in order on state loaded under lock, stores the results
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
mod limits;
mod memory;
mod wanted;

pub use wanted::wanted_by;

use std::sync::Arc;

use ledger::command::{Action, Command, Outcome};
use ledger::rejection::Rejection;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use self::lane::Lane;
use crate::clock::Clock;
use crate::live::Watchers;
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

/// A handle to the writer. Clones share its lanes.
#[derive(Clone)]
pub struct Writer {
    lanes: Arc<[mpsc::Sender<Request>]>,
}

/// The running writer, for whoever has to end it.
pub struct WriterTask {
    lanes: Vec<LaneTask>,
}

struct LaneTask {
    closing: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Writer {
    /// Starts the writer; at most `queue` commands may wait in each of its lanes.
    pub fn start(
        store: &Store,
        clock: &Clock,
        watchers: &Watchers,
        queue: usize,
    ) -> (Writer, WriterTask) {
        let lanes = (0..lane::count_for(store)).map(|_| {
            let (sender, receiver) = mpsc::channel(queue);
            let closing = Arc::new(Notify::new());
            let lane = Lane::new(store.clone(), clock.clone(), watchers.clone());
            let task = tokio::spawn(lane.run(receiver, Arc::clone(&closing)));
            (sender, LaneTask { closing, task })
        });
        let (senders, lanes): (Vec<_>, Vec<_>) = lanes.unzip();
        let lanes = WriterTask { lanes };
        let writer = Writer {
            lanes: senders.into(),
        };
        (writer, lanes)
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
        let lane = self.lane_of(&command).ok_or(WriterError::Unavailable)?;
        let (reply, answer) = oneshot::channel();
        let request = Request {
            command,
            render,
            reply,
        };
        match lane.try_send(request) {
            Ok(()) => answer.await.unwrap_or(Err(WriterError::Unavailable)),
            Err(mpsc::error::TrySendError::Full(_)) => Err(WriterError::Full),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(WriterError::Unavailable),
        }
    }
}

impl Writer {
    /// An account's commands go through one lane, which remembers it. That is for speed alone: the
    /// accounts' rows are what keeps writers apart. Debits of many accounts keep to the first lane.
    fn lane_of(&self, command: &Command) -> Option<&mpsc::Sender<Request>> {
        let bucket = match &command.action {
            Action::DebitMany(_) => 0,
            _ => usize::try_from(command.account_id.bucket()).unwrap_or_default(),
        };
        self.lanes.get(bucket.checked_rem(self.lanes.len())?)
    }
}

impl WriterTask {
    /// Takes no more commands, and returns when those that wait are written.
    pub async fn finish(self) {
        for lane in &self.lanes {
            lane.closing.notify_one();
        }
        for lane in self.lanes {
            if let Err(error) = lane.task.await {
                tracing::error!(%error, "a lane of the writer did not end well");
            }
        }
    }
}

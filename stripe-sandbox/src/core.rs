//! What every part of the sandbox shares while it runs; it must hold no state that a restart may lose.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::clock::{Clock, wall_ms};
use crate::control::faults::Faults;
use crate::payments::{self, RequestRef, Work};
use crate::store::{Store, StoreError, Tx};
use crate::target::WebhookTarget;

pub(crate) struct Core {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) public_url: String,
    pub(crate) secret_key: String,
    pub(crate) webhooks: Vec<WebhookTarget>,
    pub(crate) faults: Faults,
    pub(crate) keys_in_use: KeysInUse,
    /// Rung whenever a commit may have left something to deliver.
    pub(crate) deliveries: Notify,
}

impl Core {
    /// Runs `job` in one durable transaction on a thread that may block. Nothing it wrote stays if it fails.
    pub(crate) async fn write<T, E, F>(
        self: &Arc<Core>,
        request: Option<RequestRef>,
        job: F,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Work<'_>) -> Result<T, E> + Send + 'static,
    {
        let core = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let result = core.store.write(|tx| job(&core.work(tx, request)));
            core.deliveries.notify_one();
            result
        });
        done.await
            .unwrap_or_else(|_| Err(E::from(StoreError::Stopped)))
    }

    /// Sets the clock to what the store says, and does what has become due by it.
    pub(crate) async fn wind_clock(self: &Arc<Core>) {
        let wound = async {
            let offset_s = self.store.clock_offset()?;
            self.clock.set_offset(offset_s);
            self.run_due().await
        };
        if let Err(error) = wound.await {
            tracing::error!(%error, "the clock could not be moved");
        }
    }

    fn work<'a>(&'a self, tx: &'a Tx, request: Option<RequestRef>) -> Work<'a> {
        Work {
            tx,
            public_url: &self.public_url,
            targets: &self.webhooks,
            now: self.clock.now(),
            wall_ms: wall_ms(),
            request,
        }
    }

    /// Does what is due. Cheap when nothing is: one look at the head of an index.
    pub(crate) async fn run_due(self: &Arc<Core>) -> Result<(), StoreError> {
        let core = Arc::clone(self);
        let due = tokio::task::spawn_blocking(move || core.store.anything_due(core.clock.now()))
            .await
            .unwrap_or(Err(StoreError::Stopped))?;
        if due {
            self.write(None, payments::run_due).await?;
        }
        Ok(())
    }
}

/// The idempotency keys whose first request is still running.
#[derive(Default)]
pub(crate) struct KeysInUse {
    keys: Mutex<HashSet<String>>,
}

impl KeysInUse {
    /// `false` when another request holds the key right now.
    pub(crate) fn claim(&self, key: &str) -> bool {
        self.locked().insert(key.to_owned())
    }

    pub(crate) fn release(&self, key: &str) {
        self.locked().remove(key);
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

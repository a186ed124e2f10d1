//! Tells those who watch an account of what other processes have changed: of what this one has, the
//! writer tells them itself.

use std::time::Duration;

use futures_util::future::join_all;
use metrics::gauge;

use crate::live::Watchers;
use crate::stopping::{Stopping, Wake};
use crate::store::Store;

const LOOK_EVERY: Duration = Duration::from_secs(1);

pub async fn run(store: Store, watchers: Watchers, mut stopping: Stopping) {
    loop {
        if stopping.pause(LOOK_EVERY).await == Wake::Stop {
            return;
        }
        let count = u32::try_from(watchers.count()).unwrap_or(u32::MAX);
        gauge!("credits_live_streams").set(f64::from(count));
        look_once(&store, &watchers).await;
    }
}

/// Asks for all of them at once: the store puts many such questions into one.
async fn look_once(store: &Store, watchers: &Watchers) {
    let accounts = watchers.accounts_watched();
    let versions = accounts.iter().map(|id| store.version(id));
    for (id, version) in accounts.iter().zip(join_all(versions).await) {
        match version {
            Ok(Some(version)) => watchers.tell(id, version),
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(%error, "what others have changed could not be read");
                return;
            }
        }
    }
}

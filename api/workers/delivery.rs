//! Delivers what is due: to each target by itself, so that one that is slow or down holds nobody else up.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::time::sleep;

use crate::delivery::{Dispatch, deliver_due, tell_of_disabled};
use crate::stopping::Stopping;
use crate::store::Target;

const LOOK_EVERY: Duration = Duration::from_secs(1);

pub async fn run(dispatch: Dispatch, stopping: Stopping) {
    let mut busy: HashSet<Target> = HashSet::new();
    let mut passes = FuturesUnordered::new();
    while !stopping.is_asked() {
        for target in due(&dispatch).await {
            if busy.insert(target) {
                passes.push(pass(&dispatch, target, &stopping));
            }
        }
        if let Err(error) = tell_of_disabled(&dispatch).await {
            tracing::warn!(%error, "the endpoints that were disabled could not be read");
        }
        let look_again = sleep(LOOK_EVERY);
        tokio::pin!(look_again);
        loop {
            tokio::select! {
                Some(target) = passes.next() => {
                    busy.remove(&target);
                }
                () = &mut look_again => break,
                () = stopping.asked() => break,
            }
        }
    }
    // Each has been asked to stop as well, and lets go of what it has claimed.
    while passes.next().await.is_some() {}
}

async fn due(dispatch: &Dispatch) -> Vec<Target> {
    match dispatch.store.targets_due(dispatch.clock.now()).await {
        Ok(targets) => targets,
        Err(error) => {
            tracing::warn!(%error, "the deliveries due could not be read");
            Vec::new()
        }
    }
}

async fn pass(dispatch: &Dispatch, target: Target, stopping: &Stopping) -> Target {
    if let Err(error) = deliver_due(dispatch, target, stopping).await {
        tracing::warn!(%error, "deliveries were left for later");
    }
    target
}

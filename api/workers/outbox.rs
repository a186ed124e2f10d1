//! Routes notices as they are given: makes of each the deliveries that it calls for. Any number of
//! processes may do so at once.

use std::time::Duration;

use crate::delivery::{Dispatch, route_once};
use crate::stopping::{Stopping, Wake};

const LOOK_EVERY: Duration = Duration::from_secs(1);

pub async fn run(dispatch: Dispatch, mut stopping: Stopping) {
    loop {
        while !stopping.is_asked() {
            match route_once(&dispatch).await {
                // There may be more behind them.
                Ok(1..) => {}
                Ok(0) => break,
                Err(error) => {
                    tracing::warn!(%error, "notices could not be routed");
                    break;
                }
            }
        }
        if stopping.pause(LOOK_EVERY).await == Wake::Stop {
            return;
        }
    }
}

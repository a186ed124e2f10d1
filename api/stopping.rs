//! How a worker, or what it drives, learns that it has to end: between two pieces of work, and never within one.

use std::time::Duration;

use tokio::sync::watch;

#[derive(Clone)]
pub struct Stopping {
    stopped: watch::Receiver<bool>,
}

/// What ended a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    Work,
    Stop,
}

impl Stopping {
    pub fn new(stopped: watch::Receiver<bool>) -> Stopping {
        Stopping { stopped }
    }

    pub fn is_asked(&self) -> bool {
        *self.stopped.borrow()
    }

    /// Waits for the end.
    pub async fn asked(&self) {
        let mut stopped = self.stopped.clone();
        // An error says that whoever could ask is gone, which is an end as well.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    }

    /// Waits for `work`, or for the end.
    pub async fn or(&mut self, work: impl Future<Output = ()>) -> Wake {
        tokio::select! {
            biased;
            // An error says that whoever could ask is gone, which is an end as well.
            _ = self.stopped.wait_for(|stopped| *stopped) => Wake::Stop,
            () = work => Wake::Work,
        }
    }

    pub async fn pause(&mut self, pause: Duration) -> Wake {
        self.or(tokio::time::sleep(pause)).await
    }
}

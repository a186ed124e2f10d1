//! Waiting for what happens by itself: looked at again and again, for a bounded time.

use std::time::Duration;

use tokio::time::Instant;

const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(10);

/// What `look` finds, as soon as it finds something.
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "in vain: {what}");
        tokio::time::sleep(PAUSE).await;
    }
}

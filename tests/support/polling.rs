//! Waiting for what happens by itself: looked at again and again, for a bounded time.

use std::time::Duration;

use tokio::time::Instant;

use super::app::TestApp;

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

/// Waits until the workers have looked at the present instant.
pub async fn workers_have_looked(app: &TestApp) {
    let now = app.clock.now();
    let tomorrow = now.plus_days(1).unwrap();
    for (cursor, reached) in [("reminders_1", tomorrow), ("lot_ends", now)] {
        let done =
            format!("SELECT CAST(done_until AS text) AS line FROM cursors WHERE name = '{cursor}'");
        until(cursor, async || {
            (app.db.lines(&done).await == [reached.micros().to_string()]).then_some(())
        })
        .await;
    }
}

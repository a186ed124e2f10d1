//! Callers who knock while the door is closing: the kernel has let them in, and no worker will see
//! them any more. They are told to come back rather than cut off; nothing of theirs was begun.

use std::net::TcpListener;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

const ANSWER: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\
Content-Type: application/problem+json\r\nContent-Length: 129\r\n\r\n\
{\"type\":\"urn:credits:problem:unavailable\",\"title\":\"The service is stopping.\",\
\"status\":503,\"code\":\"unavailable\",\"request_id\":null}";

/// Longer than this nobody is listened to.
const PATIENCE: Duration = Duration::from_secs(1);
/// Who was let in by then is still answered.
const LAST_CALL: Duration = Duration::from_millis(100);

/// Answers at the door from now on.
pub struct Doorkeeper {
    closing: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Doorkeeper {
    /// `door` is another handle to the socket that the server has stopped accepting from.
    pub fn start(door: TcpListener) -> std::io::Result<Doorkeeper> {
        let door = tokio::net::TcpListener::from_std(door)?;
        let (closing, closed) = oneshot::channel();
        let task = tokio::spawn(keep(door, closed));
        Ok(Doorkeeper { closing, task })
    }

    /// Closes the door, and answers everybody who is in.
    pub async fn finish(self) {
        tokio::time::sleep(LAST_CALL).await;
        let _ = self.closing.send(());
        if let Err(error) = self.task.await {
            tracing::warn!(%error, "late callers were cut off");
        }
    }
}

async fn keep(door: tokio::net::TcpListener, mut closing: oneshot::Receiver<()>) {
    let mut callers = JoinSet::new();
    loop {
        let next = tokio::select! {
            biased;
            _ = &mut closing => break,
            next = door.accept() => next,
        };
        if let Ok((stream, _)) = next {
            callers.spawn(timeout(PATIENCE, turn_away(stream)));
        }
    }
    let late = last_call(door).unwrap_or_default();
    for stream in late {
        callers.spawn(timeout(PATIENCE, turn_away(stream)));
    }
    while callers.join_next().await.is_some() {}
}

/// Whoever the kernel has let in up to this very moment. The kernel itself is asked, not what the
/// runtime has heard of, and nothing waits between its last answer and the close.
fn last_call(door: tokio::net::TcpListener) -> std::io::Result<Vec<TcpStream>> {
    let door = door.into_std()?;
    let mut late = Vec::new();
    while let Ok((stream, _)) = door.accept() {
        late.push(stream);
    }
    drop(door);
    late.into_iter()
        .map(|stream| {
            stream.set_nonblocking(true)?;
            TcpStream::from_std(stream)
        })
        .collect()
}

/// Reads before it answers and after: closing on unread bytes would cut the answer off.
async fn turn_away(mut stream: TcpStream) -> std::io::Result<()> {
    let mut bytes = [0; 4096];
    if stream.read(&mut bytes).await? == 0 {
        return Ok(());
    }
    stream.write_all(ANSWER).await?;
    stream.shutdown().await?;
    while stream.read(&mut bytes).await? > 0 {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::ANSWER;

    #[test]
    fn the_answer_is_as_long_as_it_says() {
        let text = std::str::from_utf8(ANSWER).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(
            head.contains(&format!("Content-Length: {}", body.len())),
            "{}",
            body.len()
        );
    }
}

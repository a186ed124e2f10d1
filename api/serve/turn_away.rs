//! Callers who knock while the door is closing: the kernel has let them in, and no worker will see
//! them any more. They are told to come back rather than cut off; nothing of theirs was begun.

use std::net::TcpListener;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
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
    task: JoinHandle<()>,
}

impl Doorkeeper {
    /// `door` is another handle to the socket that the server has stopped accepting from.
    pub fn start(door: TcpListener) -> std::io::Result<Doorkeeper> {
        let door = tokio::net::TcpListener::from_std(door)?;
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = door.accept().await {
                tokio::spawn(timeout(PATIENCE, turn_away(stream)));
            }
        });
        Ok(Doorkeeper { task })
    }

    /// Answers who is at the door, and closes it.
    pub async fn finish(self) {
        tokio::time::sleep(LAST_CALL).await;
        self.task.abort();
    }
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

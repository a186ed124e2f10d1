//! Requests as no decent client sends them: the bytes go out as they are.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::app::TestApp;

pub struct RawAnswer {
    /// 0: hung up without an answer.
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// Sends a head of these lines, `Host` and `Connection: close` added, and then the body.
pub async fn send(app: &TestApp, request_line: &str, headers: &[&str], body: &[u8]) -> RawAnswer {
    let mut stream = connect(app).await;
    stream
        .write_all(&bytes(request_line, headers, body))
        .await
        .unwrap();
    let mut answer = Vec::new();
    // A request refused half-way may be answered and hung up on at once; what came, came.
    let _ = stream.read_to_end(&mut answer).await;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or(("HTTP/1.1 0", ""));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    RawAnswer {
        status,
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    }
}

pub async fn connect(app: &TestApp) -> TcpStream {
    let address = app.url().strip_prefix("http://").unwrap();
    TcpStream::connect(address).await.unwrap()
}

pub fn bytes(request_line: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut head = format!("{request_line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

//! One kept-alive HTTP/1.1 connection. It is driven by whoever waits for the answer, so that no
//! second task has to be woken for each request.

use std::pin::pin;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::target::Target;

pub type Call = Request<Full<Bytes>>;

type Driver = http1::Connection<TokioIo<TcpStream>, Full<Bytes>>;

pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    driver: Driver,
    is_over: bool,
}

/// What is done with an answer's body.
#[derive(Clone, Copy)]
pub enum Body {
    /// Read to its end and dropped: the status says all.
    Drop,
    Keep,
}

pub struct Answer {
    pub status: StatusCode,
    /// Empty unless it was to be kept.
    pub body: Bytes,
}

impl Connection {
    pub async fn open(target: &Target) -> Result<Connection, Lost> {
        let stream = TcpStream::connect(target.address).await?;
        stream.set_nodelay(true)?;
        let (sender, driver) = http1::handshake(TokioIo::new(stream)).await?;
        Ok(Connection {
            sender,
            driver,
            is_over: false,
        })
    }

    /// Whether the next call needs another connection.
    pub fn is_over(&self) -> bool {
        self.is_over || self.sender.is_closed()
    }

    pub async fn call(&mut self, call: Call, body: Body) -> Result<Answer, Lost> {
        let exchange = pin!(exchange(&mut self.sender, call, body));
        match select(exchange, &mut self.driver).await {
            Either::Left((answer, _)) => answer,
            // The server closed it; an answer that came before that is still to be had.
            Either::Right((_, exchange)) => {
                self.is_over = true;
                exchange.await
            }
        }
    }
}

async fn exchange(
    sender: &mut SendRequest<Full<Bytes>>,
    call: Call,
    body: Body,
) -> Result<Answer, Lost> {
    sender.ready().await?;
    let (head, incoming) = sender.send_request(call).await?.into_parts();
    Ok(Answer {
        status: head.status,
        body: read(incoming, body).await?,
    })
}

async fn read(mut incoming: Incoming, body: Body) -> Result<Bytes, Lost> {
    match body {
        Body::Keep => Ok(incoming.collect().await?.to_bytes()),
        Body::Drop => {
            while let Some(frame) = incoming.frame().await {
                frame?;
            }
            Ok(Bytes::new())
        }
    }
}

/// No connection, or no answer on it.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    #[error("{0}")]
    Connecting(#[from] std::io::Error),
    #[error("{0}")]
    Calling(#[from] hyper::Error),
}

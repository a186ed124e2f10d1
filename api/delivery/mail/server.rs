//! The mail server: a mail is handed over to it within a stated time, and what it says is judged: whether it
//! says no to this mail, for good, or to all that we bring.

use std::time::Duration;

use lettre::transport::smtp::response::Response;
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use crate::delivery::{Sent, words};
use crate::store::Answer;

/// For everything, from connecting to the server's last word: less than the lease of a delivery.
const PATIENCE: Duration = Duration::from_secs(15);

/// It wants to know who we are, or does not believe it (RFC 4954): of the mail that says nothing.
const ABOUT_OURSELVES: [u16; 4] = [530, 534, 535, 538];

#[derive(Clone)]
pub struct MailServer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    pub patience: Duration,
}

impl MailServer {
    pub fn new(url: &SecretString) -> Result<MailServer, Error> {
        // A connection that was left half-way must never carry another mail: whatever the server says on it
        // would be taken for an answer to that one. So each mail has its own.
        let one_each = PoolConfig::new().max_size(0);
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())?;
        Ok(MailServer {
            transport: transport.pool_config(one_each).build(),
            patience: PATIENCE,
        })
    }

    pub async fn send(&self, message: Message) -> Sent {
        let silence = || {
            Sent::Failed(Answer {
                status: None,
                text: "no answer in time".to_owned(),
            })
        };
        let handed_over = timeout(self.patience, self.hand_over(message)).await;
        handed_over.unwrap_or_else(|_| silence())
    }

    async fn hand_over(&self, message: Message) -> Sent {
        let error = match self.transport.send(message).await {
            Ok(response) => return Sent::Delivered(said(&response)),
            Err(error) => error,
        };
        let code = error.status().map(u16::from);
        let answer = Answer {
            status: code.and_then(|code| i16::try_from(code).ok()),
            text: words(&error.to_string()),
        };
        if error.is_permanent() && self.is_about_the_mail(code).await {
            Sent::Refused(answer)
        } else {
            Sent::Failed(answer)
        }
    }

    /// A server that turns everybody away at its door has not looked at the mail.
    async fn is_about_the_mail(&self, code: Option<u16>) -> bool {
        let is_ours = code.is_some_and(|code| ABOUT_OURSELVES.contains(&code));
        !is_ours && self.transport.test_connection().await.is_ok()
    }
}

fn said(response: &Response) -> Answer {
    let said: Vec<&str> = response.message().collect();
    Answer {
        status: i16::try_from(u16::from(response.code())).ok(),
        text: words(&said.join(" ")),
    }
}

#[cfg(test)]
mod tests;

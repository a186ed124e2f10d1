//! Mails: a notice in the owner's language and time zone, as text and as HTML, to the address that the
//! platform has for them. No secret is in one: links lead to the page, where people sign in.

mod letter;
mod page;
mod server;
mod templates;
mod words;

use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::notice::{News, Notice};
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp;

pub use page::mails_page;

use self::letter::Letter;
use self::server::MailServer;
use self::templates::Templates;
use super::Sent;
use crate::auth::SigningKey;
use crate::config::MailSettings;
use crate::store::{Answer, Store, StoreError};

#[derive(Clone)]
pub struct Mailer {
    pub(super) server: MailServer,
    from: Mailbox,
    templates: Templates,
    house: House,
    key: SigningKey,
}

/// What every mail says of the platform.
#[derive(Clone, Debug)]
pub struct House {
    /// What people know it by.
    pub product: String,
    /// Where they see their credits.
    pub page_url: String,
    /// Where the service is: links that need nobody to sign in lead there.
    pub public_url: String,
}

/// Why there is no mailer.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    #[error("CREDITS_SMTP_URL: {0}")]
    Server(smtp::Error),
    #[error("a template of a mail: {0}")]
    Template(#[from] minijinja::Error),
}

impl Mailer {
    pub fn new(
        settings: &MailSettings,
        house: House,
        key: SigningKey,
    ) -> Result<Mailer, MailerError> {
        Ok(Mailer {
            server: MailServer::new(&settings.server).map_err(MailerError::Server)?,
            from: settings.from.clone(),
            templates: Templates::new()?,
            house,
            key,
        })
    }

    pub async fn send(
        &self,
        store: &Store,
        account_id: &AccountId,
        notice: &Notice,
        now: Instant,
    ) -> Result<Sent, StoreError> {
        if is_over(&notice.news, now) {
            return Ok(refused("the credits have ended meanwhile"));
        }
        let contact = store.contact(account_id).await?.unwrap_or_default();
        let Some(address) = contact.email else {
            return Ok(refused("the platform has no address for the account"));
        };
        let Ok(to) = address.parse() else {
            return Ok(refused("the address is none that mail can be sent to"));
        };
        let letter = Letter::about(store, account_id, notice, contact.locale, now).await?;
        Ok(match self.write(to, account_id, notice, &letter) {
            Ok(message) => self.server.send(message).await,
            Err(error) => refused(&format!("the mail could not be written: {error}")),
        })
    }

    fn write(
        &self,
        to: lettre::Address,
        account_id: &AccountId,
        notice: &Notice,
        letter: &Letter,
    ) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let unsubscribe = letter.is_reminder().then(|| {
            let token = self.key.unsubscribe_token(account_id, letter.kind);
            format!("{}/unsubscribe/{token}", self.house.public_url)
        });
        let written = self
            .templates
            .render(letter, &self.house, unsubscribe.as_deref())?;
        let domain = self.from.email.domain();
        let id = notice.id(account_id);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(written.subject)
            .date(letter.sent_at)
            // Whoever gets it twice sees it once.
            .message_id(Some(format!("<{id}@{domain}>")))
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(url) = unsubscribe {
            message = message
                .raw_header(header("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(header(
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click",
                ));
        }
        let body = MultiPart::alternative_plain_html(written.text, written.html);
        Ok(message.multipart(body)?)
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// A reminder that comes when it is too late only says something wrong.
fn is_over(news: &News, now: Instant) -> bool {
    matches!(news, News::CreditsExpiring { ends_at, .. } if *ends_at <= now)
}

fn refused(why: &str) -> Sent {
    Sent::Refused(Answer {
        status: None,
        text: why.to_owned(),
    })
}

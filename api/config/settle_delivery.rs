//! From what was typed to what was meant: how people and the platform's own systems are told.

use std::net::IpAddr;

use ipnet::IpNet;
use lettre::message::Mailbox;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::settings::{DeliverySettings, MailSettings, Mode};
use super::values::{self, given_or};
use super::{Config, ConfigError, defaults, secrets};

/// In sandbox mode whoever tries the service out listens here.
const SANDBOX_NETWORKS: &str = "127.0.0.0/8,::1/128";
const LONGEST_PRODUCT_NAME: usize = 64;

impl Config {
    pub(super) fn settle_delivery(&self, mode: Mode) -> Result<DeliverySettings, ConfigError> {
        const KEY: &str = "CREDITS_SIGNING_KEY";
        let signing_key = values::given_secret(self.signing_key.clone());
        if let Some(key) = &signing_key {
            match mode {
                Mode::Sandbox => secrets::check_shared_secret_length(key),
                Mode::Production => secrets::check_production_shared_secret(key),
            }
            .map_err(|why| ConfigError::new(KEY, why))?;
        }
        let mail = self.settle_mail(mode)?;
        if mail.is_some() && signing_key.is_none() && mode == Mode::Production {
            return Err(ConfigError::new(
                KEY,
                "is missing; CREDITS_SMTP_URL needs it, for the links in mails",
            ));
        }
        Ok(DeliverySettings {
            signing_key,
            webhook_networks: self.settle_networks(mode)?,
            mail,
            product_name: self.settle_product_name()?,
            page_url: match values::given(self.page_url.as_ref()) {
                Some(text) => Some(values::base_url("CREDITS_PAGE_URL", text)?.to_string()),
                None => None,
            },
        })
    }

    fn settle_networks(&self, mode: Mode) -> Result<Vec<IpNet>, ConfigError> {
        let text = match (values::given(self.webhook_networks.as_ref()), mode) {
            (Some(text), _) => text,
            (None, Mode::Sandbox) => SANDBOX_NETWORKS,
            (None, Mode::Production) => return Ok(Vec::new()),
        };
        let networks = text.split(',').map(|network| network.trim().parse());
        networks.collect::<Result<_, _>>().map_err(|_| {
            let problem = "is not a list of networks, such as 10.0.0.0/8";
            ConfigError::new("CREDITS_WEBHOOK_NETWORKS", problem)
        })
    }

    fn settle_mail(&self, mode: Mode) -> Result<Option<MailSettings>, ConfigError> {
        const SERVER: &str = "CREDITS_SMTP_URL";
        const FROM: &str = "CREDITS_MAIL_FROM";
        let from = values::given(self.mail_from.as_ref()).map(str::parse::<Mailbox>);
        let from = from
            .transpose()
            .map_err(|_| ConfigError::new(FROM, "is not an address of mail"))?;
        let Some(server) = values::given_secret(self.smtp_url.clone()) else {
            return Ok(None);
        };
        if !is_mail_server(&server) {
            let problem = "is not the URL of a mail server, such as smtps://user:password@host";
            return Err(ConfigError::new(SERVER, problem));
        }
        if mode == Mode::Production && !is_private_enough(&server) {
            let problem = "sends mails in the clear; smtps:// or ?tls=required does not";
            return Err(ConfigError::new(SERVER, problem));
        }
        let from = from.ok_or(ConfigError::new(
            FROM,
            "is missing; CREDITS_SMTP_URL needs it",
        ))?;
        Ok(Some(MailSettings { server, from }))
    }

    fn settle_product_name(&self) -> Result<String, ConfigError> {
        let name = given_or(&self.product_name, defaults::PRODUCT_NAME);
        if name.chars().count() > LONGEST_PRODUCT_NAME || name.chars().any(char::is_control) {
            let problem = "is longer than 64 characters, or has control characters in it";
            return Err(ConfigError::new("CREDITS_PRODUCT_NAME", problem));
        }
        Ok(name.to_owned())
    }
}

/// Encrypted from the beginning or before anything is said; in the clear to this machine alone.
fn is_private_enough(url: &SecretString) -> bool {
    let Ok(url) = Url::parse(url.expose_secret()) else {
        return false;
    };
    let demands_tls = url
        .query_pairs()
        .any(|it| it == ("tls".into(), "required".into()));
    // Of a scheme that is none of the web's, an address is but a text.
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let is_here = host == "localhost" || address.is_ok_and(|it| it.is_loopback());
    url.scheme() == "smtps" || demands_tls || is_here
}

fn is_mail_server(url: &SecretString) -> bool {
    let url = Url::parse(url.expose_secret()).ok();
    url.is_some_and(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host())
}

//! What a mail has to say: the notice in words, and what its owner would ask next.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ledger::calendar::Zone;
use ledger::credits::Credits;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::limit::LimitWindow;
use ledger::money::Money;
use ledger::notice::{Kind, News, Notice};
use minijinja::value::{Serde, Value};
use serde::Serialize;
use url::Url;

use super::words;
use crate::store::{Locale, Store, StoreError};
use crate::wire::{NotificationKind, SuspensionView};

pub struct Letter {
    pub kind: Kind,
    pub locale: Locale,
    pub sent_at: SystemTime,
    pub said: Said,
}

/// What the templates are given; amounts and times are words already.
#[derive(Default, Serialize)]
pub struct Said {
    account_id: String,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    credits: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purchase_id: Option<String>,
    price: Option<String>,
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<String>,
    operation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resets_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    debt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suspended_because: Option<SuspensionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl Letter {
    pub async fn about(
        store: &Store,
        account_id: &AccountId,
        notice: &Notice,
        locale: Locale,
        now: Instant,
    ) -> Result<Letter, StoreError> {
        let holdings = store.holdings(account_id, now).await?;
        let account = holdings.account.as_ref();
        let zone = account.map_or_else(Zone::utc, |it| it.calendar.zone().clone());
        let mut letter = Letter::of(account_id, notice, locale, &zone, now);
        if let News::PurchasePaid { purchase_id, .. } = &notice.news
            && let Some(purchase) = store.purchase(account_id, *purchase_id).await?
        {
            letter.tell_of_payment(purchase.terms.price, purchase.paid_at, &zone);
        }
        Ok(letter)
    }

    pub fn of(
        account_id: &AccountId,
        notice: &Notice,
        locale: Locale,
        zone: &Zone,
        now: Instant,
    ) -> Letter {
        let mut said = Said {
            account_id: account_id.to_string(),
            at: words::moment(notice.at, zone, locale),
            ..Said::default()
        };
        let speaker = Speaker { zone, locale };
        speaker.tell(&notice.news, &mut said);
        Letter {
            kind: notice.news.kind(),
            locale,
            sent_at: date(now),
            said,
        }
    }

    /// What a receipt says beside the credits.
    pub fn tell_of_payment(&mut self, price: Money, paid_at: Option<Instant>, zone: &Zone) {
        if self.kind == Kind::PurchasePaid {
            self.said.price = Some(words::money(price, self.locale));
            let ends = paid_at.and_then(Instant::one_calendar_year_later);
            self.said.expires_at = ends.map(|ends| words::moment(ends, zone, self.locale));
        }
    }

    /// Of this kind a mail goes out on a date, and not because something was done: whoever wants no more
    /// of them says so with one click (RFC 8058).
    pub fn is_reminder(&self) -> bool {
        self.kind == Kind::CreditsExpiring
    }

    pub fn kind_name(&self) -> &'static str {
        NotificationKind::from(self.kind).as_str()
    }

    pub fn values(&self) -> Value {
        Value::from(Serde(&self.said))
    }
}

fn date(now: Instant) -> SystemTime {
    let since = Duration::from_secs(now.unix_seconds().unsigned_abs());
    UNIX_EPOCH.checked_add(since).unwrap_or(UNIX_EPOCH)
}

/// Whoever puts things into words: in a language, by the clocks of a zone.
struct Speaker<'a> {
    zone: &'a Zone,
    locale: Locale,
}

impl Speaker<'_> {
    fn tell(&self, news: &News, said: &mut Said) {
        said.credits = news.credits().map(|it| self.amount(it));
        said.threshold = news.threshold().map(|it| self.amount(it));
        said.purchase_id = news.purchase_id().map(|id| id.to_string());
        match news {
            News::CreditsExpiring { days, ends_at, .. } => {
                said.days = Some(*days);
                said.ends_at = Some(self.moment(*ends_at));
            }
            News::LimitReached {
                operation,
                window,
                resets_at,
                ..
            } => {
                said.operation.clone_from(operation);
                said.window = Some(window_name(*window));
                said.resets_at = Some(self.moment(*resets_at));
            }
            News::DebtIncurred { debt, .. } => said.debt = Some(self.amount(*debt)),
            News::RechargeFailed { code, .. } => said.code = Some(code.clone()),
            News::RechargeSuspended { why } => said.suspended_because = Some((*why).into()),
            News::RechargeCap { reached } => said.percent = Some(reached.percent()),
            News::EndpointDisabled { endpoint_id, url } => {
                said.endpoint_id = Some(endpoint_id.to_string());
                said.url = Some(host(url));
            }
            _ => {}
        }
    }

    fn amount(&self, credits: Credits) -> String {
        words::credits(credits, self.locale)
    }

    fn moment(&self, instant: Instant) -> String {
        words::moment(instant, self.zone, self.locale)
    }
}

/// Scheme, host and port: what follows may be a secret of the receiver's.
fn host(url: &str) -> String {
    Url::parse(url).map_or_else(|_| String::new(), |url| url.origin().ascii_serialization())
}

const fn window_name(window: LimitWindow) -> &'static str {
    match window {
        LimitWindow::Day => "day",
        LimitWindow::Week => "week",
        LimitWindow::Cycle => "cycle",
    }
}

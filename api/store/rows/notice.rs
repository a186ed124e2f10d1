//! The `notices` row: what was told, by a stable number and a small JSON object.

use diesel::prelude::*;
use ledger::credits::Credits;
use ledger::ids::{AccountId, EndpointId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::notice::{Audience, Kind, News, Notice};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::limits::StoredWindow;
use crate::store::schema::notices;
use crate::store::{StoreError, codes};

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = notices)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct NoticeRow {
    pub bucket: i16,
    pub account_id: String,
    pub number: i64,
    pub kind: i16,
    pub sequence: Option<i64>,
    pub body: String,
    pub in_feed: bool,
    pub by_mail: bool,
    pub is_routed: bool,
    pub created_at: i64,
    pub read_at: Option<i64>,
}

/// All that any kind of notice tells; amounts are micro-credits.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Body {
    #[serde(skip_serializing_if = "Option::is_none")]
    credits: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purchase: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lot: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    debt: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<StoredWindow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl NoticeRow {
    pub fn new(account_id: &AccountId, notice: &Notice) -> NoticeRow {
        let body = told(&notice.news);
        NoticeRow {
            bucket: account_id.bucket(),
            account_id: account_id.to_string(),
            number: notice.number,
            kind: notice.news.kind().number(),
            sequence: notice.sequence,
            // Plain data with string keys: there is nothing in it that JSON cannot say.
            body: serde_json::to_string(&body).unwrap_or_default(),
            in_feed: notice.audience.feed,
            by_mail: notice.audience.mail,
            is_routed: false,
            created_at: notice.at.micros(),
            read_at: None,
        }
    }

    pub fn parse(&self) -> Result<Notice, StoreError> {
        let body: Body = serde_json::from_str(&self.body)
            .map_err(|error| StoreError::corrupt(format!("notices.body: {error}")))?;
        let kind = Kind::from_number(self.kind)
            .ok_or_else(|| StoreError::corrupt(format!("notices.kind is {}", self.kind)))?;
        let news = body.news(kind)?;
        Ok(Notice {
            number: self.number,
            sequence: self.sequence,
            news: news
                .ok_or_else(|| StoreError::corrupt("a notice tells too little".to_owned()))?,
            audience: Audience {
                feed: self.in_feed,
                mail: self.by_mail,
            },
            at: Instant::from_micros(self.created_at),
        })
    }
}

fn told(news: &News) -> Body {
    let told = Body {
        credits: news.credits().map(Credits::micro),
        purchase: news.purchase_id().map(PurchaseId::uuid),
        threshold: news.threshold().map(Credits::micro),
        ..Body::default()
    };
    match news {
        News::CreditsExpiring { days, ends_at, .. } => Body {
            days: Some(*days),
            ends_at: Some(ends_at.micros()),
            ..told
        },
        News::CreditsExpired { lot_id, .. } => Body {
            lot: Some(lot_id.uuid()),
            ..told
        },
        News::LimitReached {
            operation,
            window,
            resets_at,
            ..
        } => Body {
            operation: operation.clone(),
            window: Some((*window).into()),
            ends_at: Some(resets_at.micros()),
            ..told
        },
        News::DebtIncurred { debt, .. } => Body {
            debt: Some(debt.micro()),
            ..told
        },
        News::RechargeFailed { code, .. } => Body {
            code: Some(code.clone()),
            ..told
        },
        News::RechargeSuspended { why } => Body {
            why: Some(codes::suspension_code(*why)),
            ..told
        },
        News::RechargeCap { reached } => Body {
            percent: Some(reached.percent()),
            ..told
        },
        News::EndpointDisabled { endpoint_id, url } => Body {
            endpoint: Some(endpoint_id.uuid()),
            url: Some(url.clone()),
            ..told
        },
        _ => told,
    }
}

impl Body {
    /// None where something is missing.
    fn news(self, kind: Kind) -> Result<Option<News>, StoreError> {
        let why = self.why.map(codes::suspension_from_code).transpose()?;
        let reached = self.percent.map(codes::notice_from_percent).transpose()?;
        Ok(match kind {
            Kind::PurchasePaid => self.of_purchase(|purchase_id, credits| News::PurchasePaid {
                purchase_id,
                credits,
            }),
            Kind::CreditsGiven => self.credits().map(|credits| News::CreditsGiven { credits }),
            Kind::CreditsTaken => self.credits().map(|credits| News::CreditsTaken { credits }),
            Kind::CreditsExpiring => self.expiring(),
            Kind::CreditsExpired => self.expired(),
            Kind::BalanceLow => self.level(|threshold, available| News::BalanceLow {
                threshold,
                available,
            }),
            Kind::BalanceRecovered => self.level(|threshold, available| News::BalanceRecovered {
                threshold,
                available,
            }),
            Kind::LimitReached => self.limit(),
            Kind::DebtIncurred => self.debt(),
            Kind::PaymentReversed => {
                self.of_purchase(|purchase_id, credits| News::PaymentReversed {
                    purchase_id,
                    credits,
                })
            }
            Kind::ReversalUndone => self.of_purchase(|purchase_id, credits| News::ReversalUndone {
                purchase_id,
                credits,
            }),
            Kind::PaymentDisputed => {
                self.of_purchase(|purchase_id, credits| News::PaymentDisputed {
                    purchase_id,
                    credits,
                })
            }
            Kind::DisputeEnded => self.of_purchase(|purchase_id, credits| News::DisputeEnded {
                purchase_id,
                credits,
            }),
            Kind::RechargeFailed => self
                .purchase()
                .zip(self.code)
                .map(|(purchase_id, code)| News::RechargeFailed { purchase_id, code }),
            Kind::RechargeSuspended => why.map(|why| News::RechargeSuspended { why }),
            Kind::RechargeNeedsAuthentication => self
                .purchase()
                .map(|purchase_id| News::RechargeNeedsAuthentication { purchase_id }),
            Kind::RechargeCap => reached.map(|reached| News::RechargeCap { reached }),
            Kind::EndpointDisabled => self
                .endpoint
                .map(EndpointId::from_uuid)
                .zip(self.url)
                .map(|(endpoint_id, url)| News::EndpointDisabled { endpoint_id, url }),
        })
    }

    fn credits(&self) -> Option<Credits> {
        self.credits.map(Credits::from_micro)
    }

    fn purchase(&self) -> Option<PurchaseId> {
        self.purchase.map(PurchaseId::from_uuid)
    }

    fn of_purchase(&self, news: impl FnOnce(PurchaseId, Credits) -> News) -> Option<News> {
        Some(news(self.purchase()?, self.credits()?))
    }

    fn level(&self, news: impl FnOnce(Credits, Credits) -> News) -> Option<News> {
        Some(news(Credits::from_micro(self.threshold?), self.credits()?))
    }

    fn expiring(&self) -> Option<News> {
        Some(News::CreditsExpiring {
            days: self.days?,
            credits: self.credits()?,
            ends_at: Instant::from_micros(self.ends_at?),
        })
    }

    fn expired(&self) -> Option<News> {
        Some(News::CreditsExpired {
            lot_id: LotId::from_uuid(self.lot?),
            credits: self.credits()?,
        })
    }

    fn limit(self) -> Option<News> {
        Some(News::LimitReached {
            window: self.window?.into(),
            credits: self.credits()?,
            resets_at: Instant::from_micros(self.ends_at?),
            operation: self.operation,
        })
    }

    fn debt(&self) -> Option<News> {
        Some(News::DebtIncurred {
            credits: self.credits()?,
            debt: Credits::from_micro(self.debt?),
        })
    }
}

//! The `notices` row: what was told, by a stable number and a small JSON object.

use diesel::prelude::*;
use ledger::credits::Credits;
use ledger::ids::{AccountId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::notice::{News, Notice};
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
}

impl NoticeRow {
    pub fn new(account_id: &AccountId, notice: &Notice) -> NoticeRow {
        let (kind, body) = told(&notice.news);
        NoticeRow {
            bucket: account_id.bucket(),
            account_id: account_id.to_string(),
            number: notice.number,
            kind,
            sequence: notice.sequence,
            // Plain data with string keys: there is nothing in it that JSON cannot say.
            body: serde_json::to_string(&body).unwrap_or_default(),
            created_at: notice.at.micros(),
            read_at: None,
        }
    }

    pub fn parse(&self) -> Result<Notice, StoreError> {
        let body: Body = serde_json::from_str(&self.body)
            .map_err(|error| StoreError::corrupt(format!("notices.body: {error}")))?;
        let news = body.news(self.kind)?;
        Ok(Notice {
            number: self.number,
            sequence: self.sequence,
            news: news
                .ok_or_else(|| StoreError::corrupt("a notice tells too little".to_owned()))?,
            at: Instant::from_micros(self.created_at),
        })
    }
}

fn told(news: &News) -> (i16, Body) {
    let credits = |it: &Credits| Some(it.micro());
    let of_purchase = |id: &PurchaseId, amount: &Credits| Body {
        purchase: Some(id.uuid()),
        credits: credits(amount),
        ..Body::default()
    };
    let amount = |amount: &Credits| Body {
        credits: credits(amount),
        ..Body::default()
    };
    let level = |at: &Credits, available: &Credits| Body {
        threshold: credits(at),
        ..amount(available)
    };
    match news {
        News::PurchasePaid {
            purchase_id,
            credits,
        } => (1, of_purchase(purchase_id, credits)),
        News::CreditsGiven { credits } => (2, amount(credits)),
        News::CreditsTaken { credits } => (3, amount(credits)),
        News::CreditsExpiring {
            days,
            credits,
            ends_at,
        } => {
            let body = Body {
                days: Some(*days),
                ends_at: Some(ends_at.micros()),
                ..amount(credits)
            };
            (4, body)
        }
        News::CreditsExpired { lot_id, credits } => (
            5,
            Body {
                lot: Some(lot_id.uuid()),
                ..amount(credits)
            },
        ),
        News::BalanceLow {
            threshold,
            available,
        } => (6, level(threshold, available)),
        News::BalanceRecovered {
            threshold,
            available,
        } => (7, level(threshold, available)),
        News::LimitReached {
            operation,
            window,
            credits,
            resets_at,
        } => {
            let body = Body {
                operation: operation.clone(),
                window: Some((*window).into()),
                ends_at: Some(resets_at.micros()),
                ..amount(credits)
            };
            (17, body)
        }
        News::DebtIncurred { credits, debt } => (
            8,
            Body {
                debt: Some(debt.micro()),
                ..amount(credits)
            },
        ),
        News::PaymentReversed {
            purchase_id,
            credits,
        } => (9, of_purchase(purchase_id, credits)),
        News::ReversalUndone {
            purchase_id,
            credits,
        } => (10, of_purchase(purchase_id, credits)),
        News::PaymentDisputed {
            purchase_id,
            credits,
        } => (11, of_purchase(purchase_id, credits)),
        News::DisputeEnded {
            purchase_id,
            credits,
        } => (12, of_purchase(purchase_id, credits)),
        News::RechargeFailed { purchase_id, code } => {
            let purchase = Some(purchase_id.uuid());
            (
                13,
                Body {
                    purchase,
                    code: Some(code.clone()),
                    ..Body::default()
                },
            )
        }
        News::RechargeSuspended { why } => (
            14,
            Body {
                why: Some(codes::suspension_code(*why)),
                ..Body::default()
            },
        ),
        News::RechargeNeedsAuthentication { purchase_id } => (
            15,
            Body {
                purchase: Some(purchase_id.uuid()),
                ..Body::default()
            },
        ),
        News::RechargeCap { reached } => (
            16,
            Body {
                percent: Some(reached.percent()),
                ..Body::default()
            },
        ),
    }
}

impl Body {
    /// None where something is missing.
    fn news(self, kind: i16) -> Result<Option<News>, StoreError> {
        let why = self.why.map(codes::suspension_from_code).transpose()?;
        let reached = self.percent.map(codes::notice_from_percent).transpose()?;
        Ok(match kind {
            1 => self.of_purchase(|purchase_id, credits| News::PurchasePaid {
                purchase_id,
                credits,
            }),
            2 => self.credits().map(|credits| News::CreditsGiven { credits }),
            3 => self.credits().map(|credits| News::CreditsTaken { credits }),
            4 => self.expiring(),
            5 => self.expired(),
            6 => self.level(|threshold, available| News::BalanceLow {
                threshold,
                available,
            }),
            7 => self.level(|threshold, available| News::BalanceRecovered {
                threshold,
                available,
            }),
            8 => self.debt(),
            9 => self.of_purchase(|purchase_id, credits| News::PaymentReversed {
                purchase_id,
                credits,
            }),
            10 => self.of_purchase(|purchase_id, credits| News::ReversalUndone {
                purchase_id,
                credits,
            }),
            11 => self.of_purchase(|purchase_id, credits| News::PaymentDisputed {
                purchase_id,
                credits,
            }),
            12 => self.of_purchase(|purchase_id, credits| News::DisputeEnded {
                purchase_id,
                credits,
            }),
            13 => self
                .purchase()
                .zip(self.code)
                .map(|(purchase_id, code)| News::RechargeFailed { purchase_id, code }),
            14 => why.map(|why| News::RechargeSuspended { why }),
            15 => self
                .purchase()
                .map(|purchase_id| News::RechargeNeedsAuthentication { purchase_id }),
            17 => self.limit(),
            16 => reached.map(|reached| News::RechargeCap { reached }),
            _ => return Err(StoreError::corrupt(format!("notices.kind is {kind}"))),
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

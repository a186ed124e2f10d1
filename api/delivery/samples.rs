//! A notice of each kind, as documentation shows them.

use ledger::credits::Credits;
use ledger::ids::{AccountId, EndpointId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::limit::LimitWindow;
use ledger::notice::{Choices, News, Notice};
use ledger::recharge::{CapNotice, Suspension};
use uuid::{Uuid, uuid};

const AT: Instant = Instant::from_micros(1_795_510_920_000_000);
const PURCHASE: Uuid = uuid!("019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9");
const LOT: Uuid = uuid!("019aaf0e-6c00-7f10-a4d2-90b1c5d3e7f8");
const ENDPOINT: Uuid = uuid!("019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b");

/// Whose they are.
pub fn account() -> Option<AccountId> {
    AccountId::parse("user-1").ok()
}

/// In the order of their kinds; of one kind there may be two that say different things.
pub fn notices() -> Vec<Notice> {
    let numbered = news().into_iter().zip(1_i64..);
    numbered
        .map(|(news, number)| notice(news, number))
        .collect()
}

fn notice(news: News, number: i64) -> Notice {
    let is_of_entry = matches!(
        news,
        News::PurchasePaid { .. }
            | News::CreditsGiven { .. }
            | News::CreditsTaken { .. }
            | News::CreditsExpired { .. }
            | News::DebtIncurred { .. }
            | News::PaymentReversed { .. }
            | News::ReversalUndone { .. }
            | News::PaymentDisputed { .. }
            | News::DisputeEnded { .. }
    );
    Notice {
        number,
        sequence: is_of_entry.then_some(number),
        audience: Choices::default().audience(news.kind()),
        news,
        at: AT,
    }
}

fn news() -> Vec<News> {
    let credits = |tenths: i64| Credits::from_micro(tenths.saturating_mul(100_000));
    let purchase_id = PurchaseId::from_uuid(PURCHASE);
    let soon = AT.plus_days(7).unwrap_or(AT);
    let limit = |operation: Option<&str>| News::LimitReached {
        operation: operation.map(str::to_owned),
        window: LimitWindow::Day,
        credits: credits(50_000),
        resets_at: AT.plus_seconds(53_880).unwrap_or(AT),
    };
    vec![
        News::PurchasePaid {
            purchase_id,
            credits: credits(55_000),
        },
        News::CreditsGiven {
            credits: credits(1_000),
        },
        News::CreditsTaken {
            credits: credits(125),
        },
        News::CreditsExpiring {
            days: 7,
            credits: credits(12_505),
            ends_at: soon,
        },
        News::CreditsExpired {
            lot_id: LotId::from_uuid(LOT),
            credits: credits(10),
        },
        News::BalanceLow {
            threshold: credits(1_000),
            available: credits(975),
        },
        News::BalanceRecovered {
            threshold: credits(1_000),
            available: credits(55_975),
        },
        limit(Some("model_inference")),
        limit(None),
        News::DebtIncurred {
            credits: credits(30),
            debt: credits(45),
        },
        News::PaymentReversed {
            purchase_id,
            credits: credits(27_500),
        },
        News::ReversalUndone {
            purchase_id,
            credits: credits(27_500),
        },
        News::PaymentDisputed {
            purchase_id,
            credits: credits(55_000),
        },
        News::DisputeEnded {
            purchase_id,
            credits: credits(55_000),
        },
        News::RechargeFailed {
            purchase_id,
            code: "insufficient_funds".to_owned(),
        },
        News::RechargeSuspended {
            why: Suspension::TooManyFailures,
        },
        News::RechargeNeedsAuthentication { purchase_id },
        News::RechargeCap {
            reached: CapNotice::Eighty,
        },
        News::RechargeCap {
            reached: CapNotice::Reached,
        },
        News::EndpointDisabled {
            endpoint_id: EndpointId::from_uuid(ENDPOINT),
            url: "https://hooks.acme.example/credits".to_owned(),
        },
    ]
}

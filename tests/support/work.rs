//! Services that charge accounts for work, as tests need them.

use ledger::account::Account;
use ledger::calendar::{AnchorDay, Zone};
use ledger::command::{AccountSettings, Action, Command, Outcome};
use ledger::limit::{Limit, LimitWindow};
use serde_json::{Value, json};

use super::app::TestApp;
use super::client::Client;
use super::decisions::{account, credits};

pub const DEBITS: &str = "/v1/debits";
pub const HOLDS: &str = "/v1/holds";
pub const QUOTES: &str = "/v1/quotes";

/// A debit of credits that are named.
pub fn debit_of(account: &str, credits: &str, reference: &str) -> Value {
    json!({"account_id": account, "operation": "backtesting", "credits": credits, "reference": reference})
}

/// A hold of credits that are named.
pub fn hold_of(account: &str, credits: &str, reference: &str) -> Value {
    json!({"account_id": account, "credits": credits, "reference": reference})
}

/// A limit of so many credits, on one operation or on all.
pub fn limit(operation: Option<&str>, window: LimitWindow, most: &str) -> Limit {
    Limit {
        operation: operation.map(ToOwned::to_owned),
        window,
        credits: credits(most),
    }
}

impl TestApp {
    /// One of the platform's services.
    pub fn as_service(&self) -> Client {
        self.with_scope("service-1", "credits:consume")
    }

    pub async fn debit(&self, account: &str, credits: &str, reference: &str) -> Value {
        let body = debit_of(account, credits, reference);
        let debit = self.as_service().post(DEBITS, &body).fresh_key().await;
        debit.ok()
    }

    pub async fn hold(&self, account: &str, credits: &str, reference: &str) -> Value {
        let body = hold_of(account, credits, reference);
        let hold = self.as_service().post(HOLDS, &body).fresh_key().await;
        hold.ok()
    }

    /// What an administrator sets for an account, whose days begin at midnight UTC.
    pub async fn configure(&self, name: &str, overdraft: &str, limits: Vec<Limit>) -> Account {
        let settings = AccountSettings {
            zone: Zone::utc(),
            anchor_day: AnchorDay::FIRST,
            overdraft_limit: credits(overdraft),
            limits,
        };
        let command = Command {
            account_id: account(name),
            key: None,
            action: Action::Configure(settings),
        };
        let writer = &self.running().app.writer;
        match writer.submit(command, None).await.unwrap().decision {
            Ok(Outcome::Configured(account)) => account.account,
            other => panic!("the account was not configured: {other:?}"),
        }
    }
}

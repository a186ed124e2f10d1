//! The auditor behind `credits verify`: reads all that is stored and says what does not add up, by
//! the number of the invariant and the place. It changes nothing, and trusts no total: whatever is
//! written twice is computed again from the entries.
//!
//! | invariant | what it says of the stored rows |
//! |---|---|
//! | I1 | an account's balance is the sum of its entries, and so are the balance after each of them, its debt, and what it used on each day |
//! | I2 | what a lot was granted is accounted for, and its entries add up to what remains of it |
//! | I3 | nothing is negative |
//! | I4 | what an account has held is what its lots, its active holds and its entries have held |
//! | I5 | a purchase was granted at most once |
//! | I6 | what a purchase granted is its snapshot's credits, on paid evidence of the same price |
//! | I7 | a used key stands for what happened: its purchase exists, its answer was worth storing; a debit's reference is its own, and it was given back once and no more than it cost |
//! | I9 | nothing was drawn from a lot that had ended, but what a hold had set aside there |
//! | I11 | every entry that its owner has to hear of was told once, and notices have no gap |
//! | I12 | sequences have no gap, and the chain of hashes is whole |
//! | I13 | a hold that has ended sets nothing aside, and charged no more than it may |
//! | I14 | the uses of a promotion code are the purchases opened with it that neither expired nor failed |
//!
//! Two more words stand in an invariant's place: `orphan`, for rows of an account that does not
//! exist, and `unreadable`, for a row that says what it cannot say.

mod account;
mod balance;
mod chain;
mod holds;
mod keys;
mod lots;
mod notices;
mod orphans;
mod promotions;
mod purchases;
mod references;
mod refunds;
mod usage;

use std::fmt;

use ledger::ids::AccountId;

use crate::store::{Store, StoreError};

const ACCOUNTS_AT_A_TIME: i64 = 500;

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub accounts: usize,
    pub entries: usize,
    pub lots: usize,
    pub holds: usize,
    pub purchases: usize,
    pub violations: Vec<Violation>,
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} accounts, {} entries, {} lots, {} holds, {} purchases: ",
            self.accounts, self.entries, self.lots, self.holds, self.purchases
        )?;
        match self.violations.len() {
            0 => formatter.write_str("every invariant holds"),
            1 => formatter.write_str("1 violation"),
            many => write!(formatter, "{many} violations"),
        }
    }
}

/// One thing that does not hold. `Display` is a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// `"I1"` to `"I7"`, `"I9"`, `"I11"`, `"I12"`, `"I13"`, `"I14"`, `"orphan"` or `"unreadable"`.
    pub invariant: &'static str,
    /// As text: what is stored may be no account id at all.
    pub account_id: String,
    /// `"account"`, `"entry 17"`, `"lot 0190…"`, `"hold 0190…"`, `"notice 3"`, `"day 2026-03-01"`, `"purchase 0190…"` or `"key 9f…"`.
    pub place: String,
    pub detail: String,
}

impl fmt::Display for Violation {
    /// Control characters in stored text are escaped, so that the line stays one.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: account {}, {}: {}",
            self.invariant,
            self.account_id.escape_debug(),
            self.place.escape_debug(),
            self.detail.escape_debug()
        )
    }
}

impl Violation {
    fn new(
        invariant: &'static str,
        account_id: &AccountId,
        place: impl fmt::Display,
        detail: impl fmt::Display,
    ) -> Violation {
        Violation {
            invariant,
            account_id: account_id.to_string(),
            place: place.to_string(),
            detail: detail.to_string(),
        }
    }
}

impl Report {
    pub fn is_healthy(&self) -> bool {
        self.violations.is_empty()
    }
}

/// Checks every account, one snapshot each: it can run beside a service at work.
///
/// # Errors
/// When the database fails. What it holds wrongly is no error but a violation in the report.
pub async fn verify(store: &Store) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let mut last: Option<AccountId> = None;
    loop {
        let page = store
            .accounts_after(last.as_ref(), ACCOUNTS_AT_A_TIME)
            .await?;
        let Some(account) = page.last() else {
            break;
        };
        last = Some(account.id.clone());
        for account in page {
            account::check(store, &account.id, &mut report).await?;
        }
    }
    keys::check(store, &mut report).await?;
    references::check(store, &mut report).await?;
    promotions::check(store, &mut report).await?;
    orphans::check(store, &mut report).await?;
    Ok(report)
}

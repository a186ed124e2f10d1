//! The kinds of load, and what a connection sends next in each of them. Nothing here knows HTTP.

use clap::ValueEnum;
use serde::Serialize;

/// A kind of load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Workload {
    /// Single debits, spread over the accounts.
    Debits,
    /// Single debits of one account.
    Hot,
    /// Batches of 100 debits, spread over the accounts; each debit counts.
    Batches,
    /// A hold and its capture; the pair counts as one.
    Holds,
    /// Single debits over one connection.
    Lone,
    /// The liveness probe, which touches nothing: the reference for reads.
    Health,
    /// Balances, spread over the accounts.
    Balance,
    /// The newest 25 entries of an account's usage history.
    History,
    /// A day's mix of all of it.
    Mixed,
    /// The balance of one account over one connection, after a debit each time.
    FreshBalance,
    /// The newest 25 entries, after a debit each time.
    FreshHistory,
    /// The usage summary of the running cycle, after a debit each time.
    FreshSummary,
}

/// What one turn of a connection does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    Debit,
    Batch,
    HoldAndCapture,
    Balance,
    History,
    Summary,
    Quote,
    Health,
}

/// A day's mix, in percent: mostly cheap work, some that is held for, and people who look.
const DAY: [(Operation, u32); 5] = [
    (Operation::Debit, 60),
    (Operation::HoldAndCapture, 10),
    (Operation::Balance, 20),
    (Operation::History, 8),
    (Operation::Quote, 2),
];

impl Workload {
    /// In the order in which they are run: those that write first, so that there is a history to
    /// read.
    pub const ALL: [Workload; 12] = [
        Workload::Debits,
        Workload::Hot,
        Workload::Batches,
        Workload::Holds,
        Workload::Lone,
        Workload::Health,
        Workload::Balance,
        Workload::History,
        Workload::Mixed,
        Workload::FreshBalance,
        Workload::FreshHistory,
        Workload::FreshSummary,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Workload::Debits => "debits",
            Workload::Hot => "hot",
            Workload::Batches => "batches",
            Workload::Holds => "holds",
            Workload::Lone => "lone",
            Workload::Health => "health",
            Workload::Balance => "balance",
            Workload::History => "history",
            Workload::Mixed => "mixed",
            Workload::FreshBalance => "fresh-balance",
            Workload::FreshHistory => "fresh-history",
            Workload::FreshSummary => "fresh-summary",
        }
    }

    /// As many as the table of speeds says; one alone is what `lone` is about.
    pub fn connections(self, asked: Option<u32>) -> u32 {
        let of_the_table = match self {
            Workload::Lone
            | Workload::FreshBalance
            | Workload::FreshHistory
            | Workload::FreshSummary => return 1,
            Workload::Batches => 16,
            Workload::Health | Workload::Balance | Workload::History => 64,
            Workload::Debits | Workload::Hot | Workload::Holds | Workload::Mixed => 256,
        };
        asked.unwrap_or(of_the_table)
    }

    /// How many of the accounts are used.
    pub fn accounts(self, all: usize) -> usize {
        match self {
            Workload::Debits
            | Workload::Batches
            | Workload::Holds
            | Workload::Health
            | Workload::Balance
            | Workload::History
            | Workload::Mixed => all,
            Workload::Hot
            | Workload::Lone
            | Workload::FreshBalance
            | Workload::FreshHistory
            | Workload::FreshSummary => all.min(1),
        }
    }

    /// What is done before each operation and is not measured: nothing that the server remembers of
    /// the account stands after it.
    pub fn preparation(self) -> Option<Operation> {
        match self {
            Workload::FreshBalance | Workload::FreshHistory | Workload::FreshSummary => {
                Some(Operation::Debit)
            }
            _ => None,
        }
    }

    /// What to do next; `chance` is a number below 100, which only a mix has a use for.
    pub fn operation(self, chance: u32) -> Operation {
        match self {
            Workload::Debits | Workload::Hot | Workload::Lone => Operation::Debit,
            Workload::Batches => Operation::Batch,
            Workload::Holds => Operation::HoldAndCapture,
            Workload::Health => Operation::Health,
            Workload::Balance | Workload::FreshBalance => Operation::Balance,
            Workload::History | Workload::FreshHistory => Operation::History,
            Workload::FreshSummary => Operation::Summary,
            Workload::Mixed => of_the_day(chance),
        }
    }
}

fn of_the_day(chance: u32) -> Operation {
    let mut below = 0_u32;
    for (operation, share) in DAY {
        below = below.saturating_add(share);
        if chance < below {
            return operation;
        }
    }
    Operation::Debit
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_day_has_its_shares_exactly() {
        let mut counted = BTreeMap::<Operation, u32>::new();
        for chance in 0..100 {
            *counted
                .entry(Workload::Mixed.operation(chance))
                .or_default() += 1;
        }
        assert_eq!(counted, DAY.into_iter().collect());
        assert_eq!(counted.values().sum::<u32>(), 100);
    }

    #[test]
    fn a_lone_debit_is_alone_whatever_was_asked_for() {
        assert_eq!(Workload::Lone.connections(Some(64)), 1);
        assert_eq!(Workload::Hot.connections(Some(64)), 64);
        assert_eq!(Workload::Hot.connections(None), 256);
        assert_eq!(Workload::Hot.accounts(1_000), 1);
    }

    #[test]
    fn every_workload_goes_by_the_name_it_is_printed_with() {
        for workload in Workload::ALL {
            assert_eq!(Workload::from_str(workload.name(), false), Ok(workload));
        }
    }
}

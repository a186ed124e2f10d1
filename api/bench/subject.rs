//! What is measured in a session: our workloads, and the references that they are held against, in
//! an order that puts each beside its own.

use serde::Serialize;

use super::workload::Workload;

/// Something else that does comparable work on the same machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    /// pgbench's simple update: one row, one insert, one commit; 64 clients.
    Simple,
    /// The same with one client.
    SimpleAlone,
    /// pgbench's TPC-B-like transaction; 64 clients.
    TpcB,
    /// A plain loop of one durable debit per transaction.
    SqliteLoop,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Load(Workload),
    Reference(Reference),
}

/// Of a round: every reference runs shortly before what is held against it.
pub const ROUND: [Subject; 16] = [
    Subject::Reference(Reference::TpcB),
    Subject::Reference(Reference::SqliteLoop),
    Subject::Load(Workload::Debits),
    Subject::Reference(Reference::Simple),
    Subject::Load(Workload::Hot),
    Subject::Load(Workload::Batches),
    Subject::Load(Workload::Holds),
    Subject::Reference(Reference::SimpleAlone),
    Subject::Load(Workload::Lone),
    Subject::Load(Workload::Health),
    Subject::Load(Workload::Balance),
    Subject::Load(Workload::History),
    Subject::Load(Workload::Mixed),
    Subject::Load(Workload::FreshBalance),
    Subject::Load(Workload::FreshHistory),
    Subject::Load(Workload::FreshSummary),
];

impl Reference {
    pub fn name(self) -> &'static str {
        match self {
            Reference::Simple => "pgbench -N -c 64",
            Reference::SimpleAlone => "pgbench -N -c 1",
            Reference::TpcB => "pgbench -c 64",
            Reference::SqliteLoop => "plain SQLite loop",
        }
    }
}

impl Subject {
    pub fn name(self) -> &'static str {
        match self {
            Subject::Load(workload) => workload.name(),
            Subject::Reference(reference) => reference.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_has_every_workload_once_and_in_order() {
        let loads = ROUND.iter().filter_map(|subject| match subject {
            Subject::Load(workload) => Some(*workload),
            Subject::Reference(_) => None,
        });
        assert!(loads.eq(Workload::ALL));
    }
}

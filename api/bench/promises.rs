//! The table of speeds that the project promises, each beside a reference of the same session, and
//! whether a session kept them. Ratios only: what a machine does in a second is its own affair.

use serde::Serialize;

use super::pace::Pace;
use super::subject::{Reference, Subject};
use super::workload::Workload;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Ours must be at least so many times the reference's.
    OperationsPerSecond,
    /// Ours may be at most so many times the reference's.
    MeanLatency,
}

pub struct Promise {
    pub work: &'static str,
    pub ours: Workload,
    pub reference: Subject,
    pub measure: Measure,
    pub must: f64,
    pub aim: f64,
}

const HEALTH: Subject = Subject::Load(Workload::Health);
const SIMPLE: Subject = Subject::Reference(Reference::Simple);

pub const PROMISES: [Promise; 9] = [
    rate("single debits", Workload::Debits, SIMPLE, 2.5, 4.0),
    rate(
        "the same",
        Workload::Debits,
        Subject::Reference(Reference::TpcB),
        5.0,
        10.0,
    ),
    rate("one hot account", Workload::Hot, SIMPLE, 4.0, 6.0),
    rate(
        "debits in batches of 100",
        Workload::Batches,
        SIMPLE,
        6.0,
        12.0,
    ),
    rate("hold + capture pairs", Workload::Holds, SIMPLE, 1.2, 2.0),
    Promise {
        work: "latency of a lone debit",
        ours: Workload::Lone,
        reference: Subject::Reference(Reference::SimpleAlone),
        measure: Measure::MeanLatency,
        must: 2.5,
        aim: 1.3,
    },
    rate("balance reads", Workload::Balance, HEALTH, 0.35, 0.6),
    rate("history page of 25", Workload::History, HEALTH, 0.2, 0.4),
    rate(
        "single debits on SQLite",
        Workload::Debits,
        Subject::Reference(Reference::SqliteLoop),
        1.0,
        2.0,
    ),
];

const fn rate(
    work: &'static str,
    ours: Workload,
    reference: Subject,
    must: f64,
    aim: f64,
) -> Promise {
    Promise {
        work,
        ours,
        reference,
        measure: Measure::OperationsPerSecond,
        must,
        aim,
    }
}

/// How a promise was kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    pub work: &'static str,
    pub reference: &'static str,
    pub measure: Measure,
    pub ours: f64,
    pub theirs: f64,
    pub ratio: f64,
    pub must: f64,
    pub aim: f64,
    pub reached: Reached,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    Neither,
    Must,
    Aim,
}

impl Promise {
    /// Of the medians of both sides; none where one of them was not measured.
    pub fn judge(&self, pace_of: impl Fn(Subject) -> Option<Pace>) -> Option<Verdict> {
        let ours = pace_of(Subject::Load(self.ours))?;
        let theirs = pace_of(self.reference)?;
        let figure = |pace: Pace| match self.measure {
            Measure::OperationsPerSecond => pace.operations_per_second,
            Measure::MeanLatency => pace.mean_ms,
        };
        let (ours, theirs) = (figure(ours), figure(theirs));
        let ratio = ours / theirs;
        Some(Verdict {
            work: self.work,
            reference: self.reference.name(),
            measure: self.measure,
            ours,
            theirs,
            ratio,
            must: self.must,
            aim: self.aim,
            reached: self.reached(ratio),
        })
    }

    fn reached(&self, ratio: f64) -> Reached {
        let keeps = |bound: f64| match self.measure {
            Measure::OperationsPerSecond => ratio >= bound,
            Measure::MeanLatency => ratio <= bound,
        };
        match (keeps(self.must), keeps(self.aim)) {
            (_, true) => Reached::Aim,
            (true, false) => Reached::Must,
            (false, false) => Reached::Neither,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn promise(work: &str) -> &'static Promise {
        PROMISES
            .iter()
            .find(|promise| promise.work == work)
            .unwrap()
    }

    #[test]
    fn more_is_better_of_a_rate_and_worse_of_a_latency() {
        let debits = promise("single debits");
        assert_eq!(debits.reached(2.4), Reached::Neither);
        assert_eq!(debits.reached(2.5), Reached::Must);
        assert_eq!(debits.reached(4.0), Reached::Aim);
        let lone = promise("latency of a lone debit");
        assert_eq!(lone.reached(2.6), Reached::Neither);
        assert_eq!(lone.reached(2.5), Reached::Must);
        assert_eq!(lone.reached(1.3), Reached::Aim);
        assert_eq!(lone.reached(f64::NAN), Reached::Neither);
    }

    #[test]
    fn a_promise_is_judged_only_where_both_sides_were_measured() {
        let pace = |operations_per_second| Pace {
            operations_per_second,
            mean_ms: 1.0,
        };
        let balance = promise("balance reads");
        let verdict = balance.judge(|subject| match subject {
            HEALTH => Some(pace(40_000.0)),
            _ => Some(pace(20_000.0)),
        });
        let verdict = verdict.unwrap();
        assert_eq!((verdict.ratio, verdict.reached), (0.5, Reached::Must));
        let alone = |subject| (subject != HEALTH).then(|| pace(20_000.0));
        assert_eq!(balance.judge(alone), None);
    }

    #[test]
    fn an_aim_is_never_easier_than_its_must() {
        for promise in PROMISES {
            assert_eq!(
                promise.reached(promise.aim),
                Reached::Aim,
                "{}",
                promise.work
            );
            assert_eq!(
                promise.reached(promise.must),
                Reached::Must,
                "{}",
                promise.work
            );
        }
    }
}

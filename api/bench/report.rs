//! What a session found, as tables for people and as JSON for programs.

use std::fmt::{Display, Formatter, Result};

use serde::Serialize;

use super::figures::Figures;
use super::memory::{AIM_MB, MUST_MB, Memory};
use super::pace::Pace;
use super::promises::{Measure, Reached, Verdict};
use super::table::{Table, figure};
use super::workload::Workload;

#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub loads: Vec<LoadReport>,
    pub references: Vec<ReferenceReport>,
    pub promises: Vec<Verdict>,
    pub memory: Option<Memory>,
}

#[derive(Debug, Clone, Serialize)]
pub struct LoadReport {
    pub workload: Workload,
    pub connections: u32,
    pub median: Figures,
    pub runs: Vec<Figures>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ReferenceReport {
    pub reference: &'static str,
    pub median: Pace,
    pub runs: Vec<Pace>,
}

impl Report {
    /// Whether every workload was really done.
    pub fn holds(&self) -> bool {
        let mut runs = self.loads.iter().flat_map(|load| &load.runs);
        runs.all(Figures::holds)
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        loads(&self.loads).fmt(f)?;
        if !self.references.is_empty() {
            writeln!(f)?;
            references(&self.references).fmt(f)?;
        }
        if !self.promises.is_empty() || self.memory.is_some() {
            writeln!(f)?;
            promises(&self.promises, self.memory).fmt(f)?;
        }
        for load in self
            .loads
            .iter()
            .filter(|load| !load.runs.iter().all(Figures::holds))
        {
            let name = load.workload.name();
            writeln!(
                f,
                "\n{name}: more than one operation in a hundred failed, or none was done"
            )?;
        }
        Ok(())
    }
}

fn loads(loads: &[LoadReport]) -> Table {
    let mut table = Table::new(&[
        "workload",
        "connections",
        "op/s",
        "mean ms",
        "p50",
        "p95",
        "p99",
        "p99.9",
        "max",
        "errors",
    ]);
    for load in loads {
        let latency = load.median.latency_ms;
        let mut row = vec![
            load.workload.name().to_owned(),
            load.connections.to_string(),
            figure(load.median.operations_per_second),
        ];
        row.extend(
            [
                latency.mean,
                latency.p50,
                latency.p95,
                latency.p99,
                latency.p999,
                latency.max,
            ]
            .map(figure),
        );
        row.push(errors(&load.median));
        table.row(row);
    }
    table
}

fn errors(figures: &Figures) -> String {
    let each = figures.errors.iter();
    let each: Vec<String> = each.map(|(why, count)| format!("{why}: {count}")).collect();
    match each.is_empty() {
        true => "0".to_owned(),
        false => each.join(", "),
    }
}

fn references(references: &[ReferenceReport]) -> Table {
    let mut table = Table::new(&["reference", "tx/s", "mean ms"]);
    for reference in references {
        table.row(vec![
            reference.reference.to_owned(),
            figure(reference.median.operations_per_second),
            figure(reference.median.mean_ms),
        ]);
    }
    table
}

fn promises(verdicts: &[Verdict], memory: Option<Memory>) -> Table {
    let mut table = Table::new(&[
        "work",
        "reference",
        "ours",
        "theirs",
        "ratio",
        "must",
        "aim",
        "reached",
    ]);
    for verdict in verdicts {
        let (bound, unit) = match verdict.measure {
            Measure::OperationsPerSecond => (">=", "/s"),
            Measure::MeanLatency => ("<=", " ms"),
        };
        table.row(vec![
            verdict.work.to_owned(),
            verdict.reference.to_owned(),
            format!("{}{unit}", figure(verdict.ours)),
            format!("{}{unit}", figure(verdict.theirs)),
            figure(verdict.ratio),
            format!("{bound} {}", verdict.must),
            format!("{bound} {}", verdict.aim),
            reached(verdict.reached).to_owned(),
        ]);
    }
    if let Some(memory) = memory {
        table.row(memory_row(memory));
    }
    table
}

fn memory_row(memory: Memory) -> Vec<String> {
    let reached_by = match memory.resident_mb {
        mb if mb <= AIM_MB => Reached::Aim,
        mb if mb <= MUST_MB => Reached::Must,
        _ => Reached::Neither,
    };
    vec![
        format!("resident memory at {} connections", memory.connections),
        String::new(),
        format!("{} MB", figure(memory.resident_mb)),
        String::new(),
        String::new(),
        format!("<= {MUST_MB}"),
        format!("<= {AIM_MB}"),
        reached(reached_by).to_owned(),
    ]
}

fn reached(reached: Reached) -> &'static str {
    match reached {
        Reached::Neither => "NO",
        Reached::Must => "must",
        Reached::Aim => "aim",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bench::figures::Latency;
    use crate::bench::promises::PROMISES;

    fn load(workload: Workload, rate: f64, failed: u64) -> LoadReport {
        let latency_ms = Latency {
            mean: 1.5,
            p50: 1.25,
            p95: 2.0,
            p99: 3.0,
            p999: 4.0,
            max: 12.34,
        };
        let errors = BTreeMap::from([("503".to_owned(), failed)]);
        let median = Figures {
            operations_per_second: rate,
            latency_ms,
            operations: 1_000,
            errors: errors.into_iter().filter(|(_, count)| *count > 0).collect(),
        };
        LoadReport {
            workload,
            connections: 64,
            runs: vec![median.clone()],
            median,
        }
    }

    fn report(failed: u64) -> Report {
        let loads = vec![
            load(Workload::Health, 40_000.0, 0),
            load(Workload::Balance, 20_000.0, failed),
        ];
        let pace_of = |subject| {
            let rate = if subject == PROMISES[6].reference {
                40_000.0
            } else {
                20_000.0
            };
            Some(Pace {
                operations_per_second: rate,
                mean_ms: 1.5,
            })
        };
        Report {
            loads,
            references: Vec::new(),
            promises: PROMISES[6].judge(pace_of).into_iter().collect(),
            memory: Some(Memory {
                connections: 1_024,
                resident_mb: 61.5,
            }),
        }
    }

    #[test]
    fn a_report_reads_like_this() {
        let expected = "\
workload  connections    op/s  mean ms   p50   p95   p99  p99.9   max  errors
--------  -----------  ------  -------  ----  ----  ----  -----  ----  ------
health             64  40 000     1.50  1.25  2.00  3.00   4.00  12.3       0
balance            64  20 000     1.50  1.25  2.00  3.00   4.00  12.3  503: 2

work                                 reference        ours    theirs  ratio     must     aim  reached
-----------------------------------  ---------  ----------  --------  -----  -------  ------  -------
balance reads                           health  20 000/s  40 000/s  0.500  >= 0.35  >= 0.6     must
resident memory at 1024 connections             61.5 MB                       <= 150   <= 60     must
";
        let squeezed = |text: &str| {
            text.lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
        };
        let no_rules = |text: &str| {
            squeezed(text)
                .into_iter()
                .filter(|line| !line.starts_with("--"))
                .collect::<Vec<_>>()
        };
        assert_eq!(no_rules(&report(2).to_string()), no_rules(expected));
        assert!(report(2).holds());
    }

    #[test]
    fn a_report_of_refusals_says_so_and_does_not_hold() {
        let report = report(50);
        assert!(!report.holds());
        assert!(
            report
                .to_string()
                .contains("balance: more than one operation in a hundred failed")
        );
    }
}

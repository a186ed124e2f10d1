//! A whole bench: rounds of everything that was asked for, so that a machine that is slower for a
//! while is so for both sides of every comparison, and then one report.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use super::access::Access;
use super::figures::Figures;
use super::load::Load;
use super::memory;
use super::options::BenchOptions;
use super::pace::Pace;
use super::prepare::{Histories, prepare};
use super::promises::PROMISES;
use super::reference::References;
use super::report::{LoadReport, ReferenceReport, Report};
use super::requests::Requests;
use super::subject::{ROUND, Reference, Subject};
use super::target::Target;
use super::workload::Workload;
use crate::config::Config;
use crate::serve::Failure;

/// What the rounds brought.
#[derive(Default)]
struct Runs {
    loads: BTreeMap<Workload, Vec<Figures>>,
    references: BTreeMap<Reference, Vec<Pace>>,
}

pub async fn run(options: BenchOptions, config: Config) -> Result<ExitCode, Failure> {
    let target = Target::find(options.url.as_deref(), &config).await?;
    let access = Access::new(options.token.clone(), config.clone())?;
    let load = Load {
        requests: Arc::new(Requests::new(&target, &access, &options)?),
        target,
        warmup: options.warmup,
        measured: options.seconds,
    };
    let chosen = options.chosen();
    if !options.as_they_are {
        eprintln!("preparing {} accounts", options.accounts);
        prepare(&load.target, &load.requests, histories(&chosen, &access)).await?;
    }
    let references = References::set_up(&options, &config).await?;
    // Whatever comes of it, and be it an interruption, no scratch database stays behind.
    let report = tokio::select! {
        report = measure(&options, &load, &references) => report,
        _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
    };
    references.take_down().await?;
    let report = report?;
    print!("{report}");
    if let Some(file) = &options.json {
        std::fs::write(file, serde_json::to_vec_pretty(&report)?)?;
    }
    Ok(match report.holds() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn histories(chosen: &[Workload], access: &Access) -> Histories {
    let are_read = chosen.contains(&Workload::History) || chosen.contains(&Workload::Mixed);
    match access {
        Access::Minted(_) if are_read => Histories::Full,
        _ => Histories::Unread,
    }
}

async fn measure(
    options: &BenchOptions,
    load: &Load,
    references: &References,
) -> Result<Report, Failure> {
    let chosen = options.chosen();
    let wanted = |subject: &Subject| match subject {
        Subject::Load(workload) => chosen.contains(workload),
        Subject::Reference(reference) => references.needed(*reference, &chosen),
    };
    let mut runs = Runs::default();
    for number in 1..=options.runs {
        for subject in ROUND.into_iter().filter(|subject| wanted(subject)) {
            eprintln!("run {number} of {}: {}", options.runs, subject.name());
            match subject {
                Subject::Load(workload) => {
                    let connections = workload.connections(options.connections);
                    let figures = load.run(workload, connections).await?;
                    runs.loads.entry(workload).or_default().push(figures);
                }
                Subject::Reference(reference) => {
                    let pace = references.run(reference, options.seconds).await?;
                    runs.references.entry(reference).or_default().push(pace);
                }
            }
        }
    }
    let memory = match options.server_pid {
        Some(pid) => Some(memory::measure(load, pid).await?),
        None => None,
    };
    Ok(Report {
        promises: PROMISES
            .iter()
            .filter_map(|promise| promise.judge(|it| runs.pace(it)))
            .collect(),
        memory,
        loads: runs.loads(options.connections),
        references: runs.references(),
    })
}

impl Runs {
    fn pace(&self, subject: Subject) -> Option<Pace> {
        match subject {
            Subject::Load(workload) => {
                let runs: Vec<Pace> = self.loads.get(&workload)?.iter().map(Pace::from).collect();
                Some(Pace::median(&runs))
            }
            Subject::Reference(reference) => self
                .references
                .get(&reference)
                .map(|runs| Pace::median(runs)),
        }
    }

    fn loads(&self, connections: Option<u32>) -> Vec<LoadReport> {
        let report = |(workload, runs): (&Workload, &Vec<Figures>)| LoadReport {
            workload: *workload,
            connections: workload.connections(connections),
            median: Figures::median(runs),
            runs: runs.clone(),
        };
        self.loads.iter().map(report).collect()
    }

    fn references(&self) -> Vec<ReferenceReport> {
        let report = |(reference, runs): (&Reference, &Vec<Pace>)| ReferenceReport {
            reference: reference.name(),
            median: Pace::median(runs),
            runs: runs.clone(),
        };
        self.references.iter().map(report).collect()
    }
}

//! Runs the references: pgbench on the service's PostgreSQL, or a plain loop on SQLite. Each works
//! in a database of its own, which is gone when the session is over.

use std::path::PathBuf;
use std::time::Duration;

use tokio::task::spawn_blocking;

use super::figures::float;
use super::options::BenchOptions;
use super::pace::Pace;
use super::pgbench::{Pgbench, Script};
use super::promises::PROMISES;
use super::subject::{Reference, Subject};
use super::workload::Workload;
use crate::config::{Config, Database};
use crate::serve::Failure;
use crate::store::reference_loop;

const NO_POSTGRES: &str = "--compare-pgbench needs CREDITS_DATABASE_URL to name the PostgreSQL that \
                           the server runs on";

/// Clients of the references that have many.
const MANY: u32 = 64;

#[derive(Default)]
pub struct References {
    pgbench: Option<Pgbench>,
    sqlite: Option<PathBuf>,
}

impl References {
    /// Sets up what was asked for.
    pub async fn set_up(options: &BenchOptions, config: &Config) -> Result<References, Failure> {
        let mut references = References {
            sqlite: options.compare_sqlite.clone(),
            ..References::default()
        };
        if options.compare_pgbench {
            let Database::Postgres(url) = config.settle_store()?.database else {
                return Err(NO_POSTGRES.into());
            };
            references.pgbench = Some(Pgbench::set_up(&url, options.pgbench_scale).await?);
        }
        Ok(references)
    }

    /// The references that can be run and that one of the workloads is held against.
    pub fn needed(&self, reference: Reference, chosen: &[Workload]) -> bool {
        let at_hand = match reference {
            Reference::SqliteLoop => self.sqlite.is_some(),
            _ => self.pgbench.is_some(),
        };
        let asked_for = PROMISES.iter().any(|promise| {
            promise.reference == Subject::Reference(reference) && chosen.contains(&promise.ours)
        });
        at_hand && asked_for
    }

    pub async fn run(&self, reference: Reference, lasting: Duration) -> Result<Pace, Failure> {
        if reference == Reference::SqliteLoop {
            return self.sqlite_loop(lasting).await;
        }
        let pgbench = self.pgbench.as_ref().ok_or("pgbench is not set up")?;
        match reference {
            Reference::TpcB => pgbench.run(Script::TpcB, MANY, lasting).await,
            Reference::SimpleAlone => pgbench.run(Script::Simple, 1, lasting).await,
            _ => pgbench.run(Script::Simple, MANY, lasting).await,
        }
    }

    async fn sqlite_loop(&self, lasting: Duration) -> Result<Pace, Failure> {
        let directory = self.sqlite.clone().ok_or("no directory for SQLite")?;
        let done = spawn_blocking(move || reference_loop::run(&directory, lasting)).await??;
        let (debits, seconds) = (float(done.debits), done.took.as_secs_f64());
        Ok(Pace {
            operations_per_second: debits / seconds,
            mean_ms: seconds * 1_000.0 / debits,
        })
    }

    pub async fn take_down(self) -> Result<(), Failure> {
        match self.pgbench {
            Some(pgbench) => pgbench.take_down().await,
            None => Ok(()),
        }
    }
}

//! The load generator of the performance page: drives a running server over HTTP and prints what it
//! took. It must be cheap itself, because it shares the machine with the service and the database,
//! and it must never count a refused request as work done.
//!
//! | file | what it holds |
//! |---|---|
//! | `options`, `access`, `target` | what was asked for, with which rights, of which server |
//! | `workload`, `requests` | what is sent |
//! | `connection`, `caller`, `load` | how it is sent, and for how long |
//! | `figures` | what came of it |
//! | `prepare` | the accounts, before anything is measured |
//! | `session`, `subject` | one after the other, several times over, references in between |
//! | `reference`, `pgbench`, `memory` | what we are held against |
//! | `promises` | the table of speeds that the project promises |
//! | `report`, `table` | the same for people and for programs |

mod access;
mod caller;
mod connection;
mod figures;
mod load;
mod memory;
mod options;
mod pace;
mod pgbench;
mod prepare;
mod promises;
mod reference;
mod report;
mod requests;
mod session;
mod subject;
mod table;
mod target;
mod workload;

pub use options::BenchOptions;

use std::process::ExitCode;

use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

use crate::config::Config;
use crate::serve::Failure;

/// Runs the bench on a runtime of its own with a single thread: measured, it takes less of the
/// machine for the same load than a second thread and the wake-ups between the two would.
pub async fn run(options: BenchOptions, config: Config) -> Result<ExitCode, Failure> {
    let bench = move || {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(session::run(options, config))
    };
    spawn_blocking(bench).await?
}

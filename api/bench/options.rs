//! What `credits bench` can be asked for.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use secrecy::SecretString;

use super::workload::Workload;

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Load")]
pub struct BenchOptions {
    /// Where the server is reached; by default where this configuration has it listen.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// A token with credits:read, credits:consume and credits:admin. Without it tokens are minted,
    /// one for each account, which works in sandbox mode only. With it the history that is read is
    /// the token's own account's.
    #[arg(long, env = "CREDITS_BENCH_TOKEN", hide_env_values = true)]
    pub token: Option<SecretString>,

    /// What to send; may be repeated. By default everything.
    #[arg(long = "workload", value_name = "WORKLOAD")]
    pub workloads: Vec<Workload>,

    /// Connections kept open, one request at a time on each; by default as many as the workload's
    /// line of the table of speeds says.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub connections: Option<u32>,

    /// How long each workload is measured.
    #[arg(long, default_value = "10", value_parser = seconds)]
    pub seconds: Duration,

    /// How long each workload runs before it is measured.
    #[arg(long, default_value = "2", value_parser = seconds)]
    pub warmup: Duration,

    /// Accounts over which the load is spread; `hot` and `lone` use the first.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub accounts: u32,

    /// The accounts are called this and a number from 1.
    #[arg(long, value_name = "TEXT", default_value = "bench-")]
    pub account_prefix: String,

    /// Takes the accounts as they are: nothing is given to them first.
    #[arg(long)]
    pub as_they_are: bool,

    /// Every figure is the median of so many runs.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=99))]
    pub runs: u32,

    /// Writes the figures, those of every run too, to this file.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,

    /// Runs pgbench on the service's PostgreSQL in between, in a database of its own, and prints
    /// the ratios.
    #[arg(long, conflicts_with = "compare_sqlite")]
    pub compare_pgbench: bool,

    /// pgbench's scale factor. Below the 64 clients its transactions would wait for each other.
    #[arg(long, value_name = "FACTOR", default_value_t = 100, value_parser = clap::value_parser!(u32).range(64..=10_000))]
    pub pgbench_scale: u32,

    /// Runs a plain loop of one durable debit per transaction in between, on an SQLite database of
    /// its own in this directory, which should lie on the disk of the service's.
    #[arg(long, value_name = "DIRECTORY")]
    pub compare_sqlite: Option<PathBuf>,

    /// The server's process on this machine: its memory is looked at while 1 024 connections are
    /// in use.
    #[arg(long, value_name = "PID")]
    pub server_pid: Option<u32>,
}

impl BenchOptions {
    pub fn account(&self, number: u32) -> String {
        format!("{}{number}", self.account_prefix)
    }

    /// The workloads asked for, each once, in the order in which they are run.
    pub fn chosen(&self) -> Vec<Workload> {
        let asked = |it: &Workload| self.workloads.is_empty() || self.workloads.contains(it);
        Workload::ALL.into_iter().filter(asked).collect()
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok();
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| "not a number of seconds, such as 10 or 0.5".to_owned())
}

//! PostgreSQL's own load generator, run in a scratch database on the service's server, and its
//! output read.

use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::process::Command;
use url::Url;

use super::pace::Pace;
use crate::serve::Failure;
use crate::store::scratch::{Durability, ScratchDatabase};

const MISSING: &str = "pgbench is neither on PATH nor under /usr/lib/postgresql; on Debian it is \
                       part of the package postgresql-15 (or that of another major version)";
const DEBIANS: &str = "/usr/lib/postgresql";

/// Threads of pgbench, which has to share the machine as the bench has.
const THREADS: &str = "2";

#[derive(Clone, Copy)]
pub enum Script {
    /// `-N`: no updates of the few rows that everybody would wait for.
    Simple,
    TpcB,
}

pub struct Pgbench {
    program: PathBuf,
    scratch: ScratchDatabase,
    /// Where the scratch database is; its password goes through the environment instead, because
    /// everybody on the machine can read arguments.
    place: Url,
    password: String,
}

impl Pgbench {
    pub async fn set_up(url: &SecretString, scale: u32) -> Result<Pgbench, Failure> {
        let program = find().ok_or(MISSING)?;
        refuse_if_not_durable(&Durability::of(url).await?)?;
        let scratch = ScratchDatabase::create(url).await?;
        let pgbench = Pgbench::of(program, scratch)?;
        match pgbench.initialise(scale).await {
            Ok(()) => Ok(pgbench),
            Err(failure) => {
                pgbench.take_down().await?;
                Err(failure)
            }
        }
    }

    fn of(program: PathBuf, scratch: ScratchDatabase) -> Result<Pgbench, Failure> {
        let mut place = Url::parse(scratch.url().expose_secret())?;
        let password = place.password().unwrap_or_default().to_owned();
        let password = percent_encoding::percent_decode_str(&password).decode_utf8()?;
        // A URL without a user has no place for a password either.
        let _ = place.set_password(None);
        Ok(Pgbench {
            program,
            place,
            password: password.into_owned(),
            scratch,
        })
    }

    async fn initialise(&self, scale: u32) -> Result<(), Failure> {
        let scale = scale.to_string();
        self.output(&["-i", "-q", "-s", &scale]).await.map(|_| ())
    }

    pub async fn run(
        &self,
        script: Script,
        clients: u32,
        lasting: Duration,
    ) -> Result<Pace, Failure> {
        let seconds = lasting.as_secs().max(1).to_string();
        let clients = clients.to_string();
        let mut arguments = vec!["-c", &clients, "-j", THREADS, "-T", &seconds];
        if let Script::Simple = script {
            arguments.push("-N");
        }
        let printed = self.output(&arguments).await?;
        read(&printed).ok_or_else(|| format!("pgbench said something else:\n{printed}").into())
    }

    async fn output(&self, arguments: &[&str]) -> Result<String, Failure> {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg(self.place.as_str());
        if !self.password.is_empty() {
            command.env("PGPASSWORD", &self.password);
        }
        // English, whatever the machine speaks: the output is read.
        let output = command
            .env("LC_ALL", "C")
            .kill_on_drop(true)
            .output()
            .await?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(format!("pgbench failed: {said}").into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    pub async fn take_down(self) -> Result<(), Failure> {
        Ok(self.scratch.drop().await?)
    }
}

/// A reference that need not wait for the disk would be no reference, and neither would ours.
fn refuse_if_not_durable(durability: &Durability) -> Result<(), Failure> {
    for (setting, value) in durability.settings() {
        if value == "off" {
            let why = "what is measured on it says nothing about durable credits";
            return Err(format!("the PostgreSQL server has {setting} off: {why}").into());
        }
    }
    Ok(())
}

/// On PATH, or where Debian keeps it: a folder for each major version, the newest of them.
fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join("pgbench"));
    on_path
        .into_iter()
        .find(|program| program.is_file())
        .or_else(|| newest_in(Path::new(DEBIANS)))
}

fn newest_in(folder: &Path) -> Option<PathBuf> {
    let versions = std::fs::read_dir(folder).ok()?.flatten();
    let programs = versions.filter_map(|version| {
        let number: u32 = version.file_name().to_str()?.parse().ok()?;
        let program = version.path().join("bin/pgbench");
        program.is_file().then_some((number, program))
    });
    programs.max().map(|(_, program)| program)
}

/// The two figures of its report; none where one is missing or something failed.
fn read(printed: &str) -> Option<Pace> {
    let figure = |label: &str| {
        let rest = printed.lines().find_map(|line| line.strip_prefix(label))?;
        rest.split_whitespace().next()?.parse::<f64>().ok()
    };
    let failed = figure("number of failed transactions: ").unwrap_or(0.0);
    (failed == 0.0).then_some(Pace {
        operations_per_second: figure("tps = ")?,
        mean_ms: figure("latency average = ")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\
pgbench (15.18 (Debian 15.18-0+deb12u1))
starting vacuum...end.
transaction type: <builtin: simple update>
scaling factor: 100
query mode: simple
number of clients: 64
number of threads: 2
maximum number of tries: 1
duration: 10 s
number of transactions actually processed: 41234
number of failed transactions: 0 (0.000%)
latency average = 15.507 ms
initial connection time = 112.230 ms
tps = 4127.053211 (without initial connection time)
";

    #[test]
    fn a_report_of_pgbench_is_read() {
        let pace = read(REPORT).unwrap();
        assert_eq!(pace.operations_per_second, 4127.053211);
        assert_eq!(pace.mean_ms, 15.507);
    }

    #[test]
    fn a_report_without_figures_or_with_failures_is_no_reference() {
        assert_eq!(read("pgbench: error: connection refused"), None);
        assert_eq!(read(&REPORT.replace("tps = ", "tpm = ")), None);
        let failed = REPORT.replace("transactions: 0 (0.000%)", "transactions: 3 (0.007%)");
        assert_eq!(read(&failed), None);
    }

    #[test]
    fn the_newest_version_is_taken_by_number() {
        let home = tempfile::TempDir::new().unwrap();
        for version in ["9", "15", "17"] {
            std::fs::create_dir_all(home.path().join(version).join("bin")).unwrap();
        }
        for version in ["9", "15"] {
            std::fs::write(home.path().join(version).join("bin/pgbench"), "").unwrap();
        }
        let found = newest_in(home.path()).unwrap();
        assert!(found.ends_with("15/bin/pgbench"), "{}", found.display());
    }

    #[test]
    fn a_server_that_forgets_is_refused_by_the_settings_name() {
        let durability = |fsync: &str, synchronous_commit: &str| Durability {
            fsync: fsync.to_owned(),
            synchronous_commit: synchronous_commit.to_owned(),
        };
        assert!(refuse_if_not_durable(&durability("on", "on")).is_ok());
        assert!(refuse_if_not_durable(&durability("on", "remote_apply")).is_ok());
        let refused = |it| refuse_if_not_durable(&it).unwrap_err().to_string();
        assert!(refused(durability("off", "on")).contains("fsync off"));
        assert!(refused(durability("on", "off")).contains("synchronous_commit off"));
    }
}

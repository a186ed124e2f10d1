//! What the server's process keeps in memory while many connections are in use.

use std::time::Duration;

use serde::Serialize;

use super::caller::Refusal;
use super::load::Load;
use super::workload::Workload;
use crate::serve::Failure;

pub const CONNECTIONS: u32 = 1_024;
pub const MUST_MB: f64 = 150.0;
pub const AIM_MB: f64 = 60.0;

const LOOK_EVERY: Duration = Duration::from_millis(100);

/// So many connections take their time to be served for the first time.
const AT_LEAST: Duration = Duration::from_secs(4);

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Memory {
    pub connections: u32,
    /// The most that was seen.
    pub resident_mb: f64,
}

/// Reads balances over all the connections, and looks at the process meanwhile.
pub async fn measure(load: &Load, pid: u32) -> Result<Memory, Failure> {
    let mut most = resident_mb(pid)?;
    let load = Load {
        measured: load.measured.max(AT_LEAST),
        ..load.clone()
    };
    let reading = load.run(Workload::Balance, CONNECTIONS);
    tokio::pin!(reading);
    let figures = loop {
        match tokio::time::timeout(LOOK_EVERY, &mut reading).await {
            Ok(figures) => break figures?,
            Err(_) => most = most.max(resident_mb(pid)?),
        }
    };
    // A server that is too busy says so and keeps its connection all the same, which is what counts here.
    let unanswered = figures.errors.get(&Refusal::NoAnswer.to_string());
    if let Some(count) = unanswered {
        let why = "requests got no answer; are the server's open files limited (ulimit -n)?";
        return Err(format!("memory at {CONNECTIONS} connections: {count} {why}").into());
    }
    Ok(Memory {
        connections: CONNECTIONS,
        resident_mb: most,
    })
}

fn resident_mb(pid: u32) -> Result<f64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))
        .map_err(|error| format!("--server-pid {pid}: {error}"))?;
    Ok(resident_in(&status).ok_or("/proc does not say how much memory the server has")?)
}

/// From kibibytes, which `/proc` calls kB, to millions of bytes.
fn resident_in(status: &str) -> Option<f64> {
    let rest = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u32 = rest.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(f64::from(kibibytes) * 1.024 / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resident_memory_is_read_in_millions_of_bytes() {
        let status = "Name:\tcredits\nVmPeak:\t  900000 kB\nVmRSS:\t   62500 kB\nThreads:\t5\n";
        assert_eq!(resident_in(status), Some(64.0));
        assert_eq!(resident_in("Name:\tcredits\n"), None);
    }

    #[test]
    fn a_process_that_is_not_there_is_named() {
        let refused = resident_mb(u32::MAX).unwrap_err().to_string();
        assert!(refused.contains("--server-pid 4294967295"), "{refused}");
    }
}

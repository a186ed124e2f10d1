//! Dying at a step on request: by SIGKILL, so that nothing is unwound, flushed or said goodbye to. It is
//! part of debug builds only.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::{Signal, getpid, kill_process};

use super::Step;

/// `STEP` or `STEP:N`: the first or the N-th time that it is reached.
const VARIABLE: &str = "CREDITS_KILL_AT";

struct Plan {
    step: Step,
    times_left: AtomicU32,
}

static PLAN: LazyLock<Option<Plan>> = LazyLock::new(|| {
    let text = std::env::var(VARIABLE).ok()?;
    let plan = read(&text);
    if plan.is_none() {
        // A test that waits for the end of a process that knows no such step would wait for ever.
        eprintln!("{VARIABLE} names no step");
        std::process::exit(2);
    }
    plan
});

fn read(text: &str) -> Option<Plan> {
    let (name, times) = text.split_once(':').unwrap_or((text, "1"));
    let times = times.parse().ok().filter(|times| *times > 0)?;
    let step = Step::ALL.iter().find(|step| step.name() == name)?;
    Some(Plan {
        step: *step,
        times_left: AtomicU32::new(times),
    })
}

pub(super) fn if_it_is_this(step: Step) {
    let Some(plan) = PLAN.as_ref().filter(|plan| plan.step == step) else {
        return;
    };
    if plan.times_left.fetch_sub(1, Ordering::SeqCst) != 1 {
        return;
    }
    eprintln!("dies at {}", step.name());
    // Whether or not it could be sent, this thread goes no further.
    let _ = kill_process(getpid(), Signal::KILL);
    loop {
        std::thread::park();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_may_be_named_with_the_time_it_is_meant() {
        let planned = |text| {
            let plan = read(text)?;
            Some((plan.step, plan.times_left.into_inner()))
        };
        assert_eq!(planned("committing"), Some((Step::Committing, 1)));
        assert_eq!(planned("committing:3"), Some((Step::Committing, 3)));
        for nothing in ["", "commit", "committing:0", "committing:", "committing:x"] {
            assert_eq!(planned(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn no_two_steps_share_a_name() {
        for (index, step) in Step::ALL.iter().enumerate() {
            assert!(
                Step::ALL[..index]
                    .iter()
                    .all(|other| other.name() != step.name())
            );
        }
    }
}

//! How a story is shown: as the Rust that tells it again, a line for each request, so that a failure
//! can be pasted into a test.

use std::fmt;

use ledger::instant::Instant;

use crate::story::{Batch, List};

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "list({:?})", self.0)
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Batch { at, fate, requests } = self;
        let moment = Instant::from_micros(*at);
        writeln!(formatter, "at({at}, {fate:?}, [ // {moment}")?;
        for request in requests {
            writeln!(formatter, "    {request:?},")?;
        }
        formatter.write_str("]),")
    }
}

/// A whole story.
pub fn lines(batches: &[Batch]) -> String {
    let batches: Vec<String> = batches.iter().map(|batch| format!("{batch:?}\n")).collect();
    batches.concat()
}

//! What the store remembers of what it has read, so that it need not read it again.

use std::sync::{Arc, Mutex, PoisonError};

use ledger::ids::{AccountId, HoldId};
use ledger::usage::Usage;

use super::holdings::HoldingsMemory;
use crate::generations::Generations;

/// How many holds are remembered at least; at most twice as many are.
const HOLDS: usize = 16_384;

#[derive(Clone, Debug, Default)]
pub struct Remembered {
    pub holdings: HoldingsMemory,
    pub holds: HoldMemory,
}

/// What of a hold never changes: whose it is, and for what work it was made.
#[derive(Debug)]
pub struct HoldSubject {
    pub id: HoldId,
    pub account_id: AccountId,
    pub usage: Option<Usage>,
}

/// The subjects of holds that were made or looked up lately.
#[derive(Clone, Debug)]
pub struct HoldMemory {
    subjects: Arc<Mutex<Generations<HoldId, Arc<HoldSubject>>>>,
}

impl Default for HoldMemory {
    fn default() -> HoldMemory {
        HoldMemory {
            subjects: Arc::new(Mutex::new(Generations::new(HOLDS))),
        }
    }
}

impl HoldMemory {
    pub fn recall(&self, id: HoldId) -> Option<Arc<HoldSubject>> {
        let subjects = self.subjects.lock();
        let subjects = subjects.unwrap_or_else(PoisonError::into_inner);
        subjects.get(&id).cloned()
    }

    pub fn keep(&self, subject: HoldSubject) -> Arc<HoldSubject> {
        let subject = Arc::new(subject);
        let subjects = self.subjects.lock();
        let mut subjects = subjects.unwrap_or_else(PoisonError::into_inner);
        subjects.keep(subject.id, Arc::clone(&subject), 1);
        subject
    }
}

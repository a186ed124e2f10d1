//! Ordered failures of the next API calls, used up in order; a restart forgets them.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FaultKind {
    #[serde(rename = "500")]
    InternalError,
    #[serde(rename = "429")]
    RateLimited,
    /// Nothing is answered for two minutes.
    Timeout,
    /// The connection is closed before the call takes effect.
    CloseBefore,
    /// The connection is closed after the call has taken effect.
    CloseAfter,
}

impl<'de> Deserialize<'de> for FaultKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FaultKind, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Given {
            Status(u16),
            Name(String),
        }
        match Given::deserialize(deserializer)? {
            Given::Status(500) => Ok(FaultKind::InternalError),
            Given::Status(429) => Ok(FaultKind::RateLimited),
            Given::Name(name) if name == "timeout" => Ok(FaultKind::Timeout),
            Given::Name(name) if name == "close_before" => Ok(FaultKind::CloseBefore),
            Given::Name(name) if name == "close_after" => Ok(FaultKind::CloseAfter),
            _ => Err(serde::de::Error::custom(
                r#"a status is 500, 429, "timeout", "close_before" or "close_after""#,
            )),
        }
    }
}

/// Whether the call takes effect although it fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum When {
    #[default]
    Before,
    After,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) status: FaultKind,
    #[serde(default)]
    when: When,
    /// Only calls whose path begins like this fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

impl Fault {
    pub(crate) fn takes_effect(&self) -> bool {
        self.status == FaultKind::CloseAfter
            || (self.when == When::After && self.status != FaultKind::CloseBefore)
    }
}

#[derive(Default)]
pub(crate) struct Faults {
    next: Mutex<VecDeque<Fault>>,
}

impl Faults {
    /// The next fault, if it is for a call of this path.
    pub(crate) fn take(&self, path: &str) -> Option<Fault> {
        self.locked().pop_front_if(|fault| {
            let meant = fault.path.as_deref();
            meant.is_none_or(|meant| path.starts_with(meant))
        })
    }

    /// Replaces what was ordered before.
    pub(crate) fn order(&self, faults: Vec<Fault>) {
        *self.locked() = faults.into();
    }

    pub(crate) fn ordered(&self) -> Vec<Fault> {
        self.locked().iter().cloned().collect()
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, VecDeque<Fault>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

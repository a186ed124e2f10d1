//! Stand-in while the auditor is written.
use crate::store::{Store, StoreError};
pub struct Report { pub violations: Vec<String> }
impl std::fmt::Display for Report { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "ok") } }
pub async fn verify(_: &Store) -> Result<Report, StoreError> { Ok(Report { violations: vec![] }) }

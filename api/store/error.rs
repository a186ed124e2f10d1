//! What can go wrong with the database, told apart by what a caller can do about it. The cause
//! goes to the log; none of it is ever shown.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else wrote the same thing first: read again, and decide again.
    #[error("another transaction was first: {0}")]
    Conflict(String),
    /// The database can't be reached, or is too slow, or has no room.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The connection was lost while the commit was under way.
    #[error("the outcome of a commit is unknown: {0}")]
    OutcomeUnknown(String),
    /// A row says what it cannot say.
    #[error("corrupt data: {0}")]
    Corrupt(String),
    /// A statement the database refused for good.
    #[error("a statement failed: {0}")]
    Bug(String),
}

impl StoreError {
    /// Whether the same work, tried again, may succeed.
    pub const fn retryable(&self) -> bool {
        match self {
            StoreError::Conflict(_)
            | StoreError::Unavailable(_)
            | StoreError::OutcomeUnknown(_) => true,
            StoreError::Corrupt(_) | StoreError::Bug(_) => false,
        }
    }

    /// A connection lost once the commit was under way leaves open whether it happened.
    pub fn of_write<T>(
        result: Result<T, StoreError>,
        reached_commit: bool,
    ) -> Result<T, StoreError> {
        match result {
            Err(StoreError::Unavailable(cause)) if reached_commit => {
                Err(StoreError::OutcomeUnknown(cause))
            }
            result => result,
        }
    }

    pub fn corrupt(what: impl Into<String>) -> StoreError {
        StoreError::Corrupt(what.into())
    }

    pub fn unavailable(cause: impl std::fmt::Display) -> StoreError {
        StoreError::Unavailable(cause.to_string())
    }
}

/// Messages by which a failure that has no kind of its own is known to pass. PostgreSQL's are in
/// English wherever the server's `lc_messages` says so, as the operations page asks for.
const PASSING: &[&str] = &[
    "deadlock detected",
    "lock timeout",
    "statement timeout",
    "database is locked",
    "disk is full",
    "disk I/O error",
    "readonly database",
    "read-only transaction",
    "unable to open database",
    "the database system is",
    "terminating connection",
    "connection closed",
    "error communicating with the server",
    "too many clients",
    "No space left",
];

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> StoreError {
        let text = error.to_string();
        match error {
            DieselError::DatabaseError(kind, _) => match kind {
                DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::SerializationFailure
                | DatabaseErrorKind::ForeignKeyViolation => StoreError::Conflict(text),
                DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::UnableToSendCommand
                | DatabaseErrorKind::ReadOnlyTransaction => StoreError::Unavailable(text),
                DatabaseErrorKind::NotNullViolation | DatabaseErrorKind::CheckViolation => {
                    StoreError::Bug(text)
                }
                _ if PASSING.iter().any(|known| text.contains(known)) => {
                    StoreError::Unavailable(text)
                }
                _ => StoreError::Bug(text),
            },
            DieselError::BrokenTransactionManager | DieselError::RollbackErrorOnCommit { .. } => {
                StoreError::Unavailable(text)
            }
            DieselError::DeserializationError(_) => StoreError::Corrupt(text),
            _ => StoreError::Bug(text),
        }
    }
}

impl From<diesel::ConnectionError> for StoreError {
    fn from(error: diesel::ConnectionError) -> StoreError {
        StoreError::unavailable(error)
    }
}

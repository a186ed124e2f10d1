//! What can go wrong with the state file; it must name no Stripe concept.

/// The state file failed, or holds something this version can't read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database itself.
    #[error("the state file failed: {0}")]
    Database(Box<redb::Error>),
    /// A record that this version can't read or write.
    #[error("a record can't be read or written: {0}")]
    Record(#[from] serde_json::Error),
    /// The folder of the state file.
    #[error("the folder of the state file can't be made: {0}")]
    Folder(#[from] std::io::Error),
    /// The work was cut off by a shutdown.
    #[error("the sandbox is stopping")]
    Stopped,
}

macro_rules! from_redb {
    ($($kind:ident),*) => {$(
        impl From<redb::$kind> for StoreError {
            fn from(error: redb::$kind) -> StoreError {
                StoreError::Database(Box::new(error.into()))
            }
        }
    )*};
}
from_redb!(
    DatabaseError,
    TransactionError,
    TableError,
    StorageError,
    CommitError,
    SetDurabilityError
);

//! Connections that short reads share. What is asked on one of them is sent at once, behind what was
//! asked before and is not answered yet: under load one trip to the database carries many questions.
//! Nothing slow may be asked here, and nothing that needs a transaction: others wait behind it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::deadpool::{Object, Pool};
use tokio::time::timeout;

use crate::store::StoreError;

pub type SharedConn = Arc<Object<AsyncPgConnection>>;

/// One for each lane of work that a small machine does at a time; more bring more switching.
const CONNECTIONS: usize = 2;

#[derive(Clone)]
pub struct SharedConnections {
    pool: Pool<AsyncPgConnection>,
    places: Arc<[Mutex<Option<SharedConn>>; CONNECTIONS]>,
    turn: Arc<AtomicUsize>,
}

impl SharedConnections {
    /// They are taken from the pool when they are first needed, and stay out of it.
    pub fn of(pool: Pool<AsyncPgConnection>) -> SharedConnections {
        SharedConnections {
            pool,
            places: Arc::default(),
            turn: Arc::default(),
        }
    }

    pub async fn get(&self) -> Result<SharedConn, StoreError> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let place = turn.checked_rem(CONNECTIONS).unwrap_or_default();
        let Some(place) = self.places.get(place) else {
            return Err(StoreError::Bug("no place for a connection".to_owned()));
        };
        let there = || place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(conn) = there().as_ref() {
            return Ok(Arc::clone(conn));
        }
        let conn = self.pool.get().await.map_err(StoreError::unavailable)?;
        let conn = Arc::new(conn);
        // Somebody else may have been as quick; the one that is not kept goes back to the pool.
        Ok(Arc::clone(there().get_or_insert(conn)))
    }

    /// Lets go of them all when one has failed: what ended one has mostly ended the others. The pool
    /// sees which of them are closed.
    pub fn let_go(&self) {
        for place in self.places.iter() {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

/// A short question that is not answered by then never will be: the connection is dead, though
/// nobody said so, and others wait behind it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Before a question is asked again.
pub const PAUSES: [Duration; 2] = [Duration::from_millis(10), Duration::from_millis(50)];

pub async fn answered<T>(
    question: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    let late = |_| Err(StoreError::unavailable("a short read was not answered"));
    timeout(PATIENCE, question).await.unwrap_or_else(late)
}

//! The work of a `POST` and its idempotency answer, as one transaction.

use std::sync::Arc;

use super::Given;
use crate::core::Core;
use crate::payments::{RequestRef, Work};
use crate::store::StoredAnswer;
use crate::wire::Answer;
use crate::wire::error::ApiError;
use crate::wire::fields::Fields;
use crate::wire::idempotency::Key;

pub(super) struct Call {
    pub(super) fields: Fields,
    pub(super) key: Option<Key>,
    pub(super) request_id: String,
}

pub(super) async fn execute<F>(core: Arc<Core>, call: Call, work: F) -> Result<Given, ApiError>
where
    F: FnOnce(&Work<'_>, Fields) -> Result<Answer, ApiError> + Send + 'static,
{
    let request = RequestRef {
        id: call.request_id.clone(),
        idempotency_key: call.key.as_ref().map(|key| key.key.clone()),
    };
    let Some(key) = call.key else {
        let fields = call.fields;
        let answer = core
            .write(Some(request), move |tx| work(tx, fields))
            .await?;
        return Ok(Given {
            status: answer.status,
            body: answer.body.to_string(),
            original: None,
            replayed: false,
        });
    };
    if !core.keys_in_use.claim(&key.key) {
        return Err(ApiError::key_in_use(&key.key));
    }
    let claimed = key.key.clone();
    let holder = Arc::clone(&core);
    // On a task of its own: a caller who hangs up must not free the key while the work still runs.
    let running = tokio::spawn(async move {
        let (fields, request_id) = (call.fields, call.request_id);
        let result = core
            .write(Some(request), move |tx| {
                idempotent(tx, &key, fields, &request_id, work)
            })
            .await;
        holder.keys_in_use.release(&claimed);
        result
    });
    running
        .await
        .unwrap_or_else(|_| Err(ApiError::internal("The request was cut off.")))
}

/// Answers from the store, or works and stores the answer, all in the transaction of `tx`.
fn idempotent<F>(
    tx: &Work<'_>,
    key: &Key,
    fields: Fields,
    request_id: &str,
    work: F,
) -> Result<Given, ApiError>
where
    F: FnOnce(&Work<'_>, Fields) -> Result<Answer, ApiError>,
{
    if let Some(stored) = tx.tx.answer(&key.key)?
        && key.judge(&stored, tx.now)?
    {
        return Ok(Given {
            status: stored.status,
            body: stored.body,
            original: Some(stored.request_id),
            replayed: true,
        });
    }
    let (status, body) = match work(tx, fields) {
        Ok(answer) => (answer.status, answer.body),
        Err(error) if error.remembered => (error.status, error.body(request_id)),
        Err(error) => return Err(error),
    };
    let stored = StoredAnswer {
        path: key.path.clone(),
        fingerprint: key.fingerprint.clone(),
        status,
        body: body.to_string(),
        request_id: request_id.to_owned(),
        created: tx.now,
    };
    tx.tx.keep_answer(&key.key, &stored)?;
    Ok(Given {
        status,
        body: stored.body,
        original: Some(stored.request_id),
        replayed: false,
    })
}

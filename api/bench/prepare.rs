//! The accounts that the load is put on: enough credits for all of it, and a page of history to
//! read. What is there already is left alone, so that a second bench finds what the first did.

use std::sync::Arc;

use serde_json::Value;
use tokio::task::JoinSet;

use super::caller::{Caller, Refusal};
use super::connection::Body;
use super::requests::{AccountIndex, Requests};
use super::target::Target;
use crate::serve::Failure;

const AT_ONCE: usize = 256;

/// Enough for hours of debits, and as much as one adjustment can give.
const FUNDS: &str = "+9000000";

/// An account with less than this is given more.
const LOW: f64 = 1_000_000.0;

/// What a page shows; each line of it costs the least there is.
const PAGE: usize = 25;
const LEAST: &str = "-0.000001";

/// Whose history there must be to read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Histories {
    /// Nobody reads one.
    Unread,
    Full,
}

pub async fn prepare(
    target: &Target,
    requests: &Arc<Requests>,
    histories: Histories,
) -> Result<(), Failure> {
    let mut tasks = JoinSet::new();
    for first in 0..AT_ONCE.min(requests.accounts()) {
        let mut caller = Caller::new(target.clone(), Arc::clone(requests), requests.accounts());
        let requests = Arc::clone(requests);
        tasks.spawn(async move {
            for index in (first..requests.accounts()).step_by(AT_ONCE) {
                fund(&mut caller, &requests, AccountIndex(index)).await?;
                if histories == Histories::Full {
                    fill_history(&mut caller, &requests, AccountIndex(index)).await?;
                }
            }
            Ok::<(), Refusal>(())
        });
    }
    for done in tasks.join_all().await {
        done.map_err(|why| format!("the accounts could not be prepared: {}", explain(&why)))?;
    }
    Ok(())
}

async fn fund(
    caller: &mut Caller,
    requests: &Requests,
    account: AccountIndex,
) -> Result<(), Refusal> {
    let balance = read(caller, requests.balance(account)).await?;
    let available = balance.get("available").and_then(Value::as_str);
    let available: f64 = available
        .and_then(|text| text.parse().ok())
        .ok_or(Refusal::NoAnswer)?;
    if available < LOW {
        let adjustment = requests.adjustment(account, FUNDS);
        caller.call(adjustment, Body::Drop).await?;
    }
    Ok(())
}

async fn fill_history(
    caller: &mut Caller,
    requests: &Requests,
    account: AccountIndex,
) -> Result<(), Refusal> {
    let history = read(caller, requests.history(account)).await?;
    let lines = history.get("data").and_then(Value::as_array);
    for _ in lines.map_or(0, Vec::len)..PAGE {
        let adjustment = requests.adjustment(account, LEAST);
        caller.call(adjustment, Body::Drop).await?;
    }
    Ok(())
}

async fn read(
    caller: &mut Caller,
    call: Option<super::connection::Call>,
) -> Result<Value, Refusal> {
    let body = caller.call(call, Body::Keep).await?;
    serde_json::from_slice(&body).map_err(|_| Refusal::NoAnswer)
}

fn explain(why: &Refusal) -> String {
    match why {
        Refusal::Status(401) => {
            "the server does not take the token (401); is it the server of this data directory?"
                .to_owned()
        }
        Refusal::Status(403) => {
            "the token needs credits:read, credits:consume and credits:admin (403)".to_owned()
        }
        Refusal::NoAnswer => "the server did not answer; is it running?".to_owned(),
        why => format!("the server said {why}"),
    }
}

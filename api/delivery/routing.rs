//! Makes of each notice the deliveries that it calls for. Any number of processes may route at once:
//! each routes an account's notices from the first that is not routed on, and what one has made the
//! other finds there, so that no delivery is made twice and none before those that come before it.

use futures_util::{StreamExt, stream};
use ledger::ids::AccountId;
use ledger::notice::Notice;

use super::Dispatch;
use crate::steps::{self, Step};
use crate::store::{Delivery, Endpoint, StoreError, Target};

const MOST_ACCOUNTS: i64 = 500;
const MOST_OF_ONE_ACCOUNT: i64 = 100;
const MOST_AT_ONCE: usize = 8;

/// Routes what waits longest; of how many accounts.
pub async fn route_once(dispatch: &Dispatch) -> Result<usize, StoreError> {
    let accounts = dispatch.store.accounts_to_route(MOST_ACCOUNTS).await?;
    if accounts.is_empty() {
        return Ok(0);
    }
    let endpoints = match dispatch.webhooks {
        Some(_) => dispatch.store.endpoints().await?,
        None => Vec::new(),
    };
    let count = accounts.len();
    let mut routed = stream::iter(accounts)
        .map(|id| route(dispatch, id, &endpoints))
        .buffer_unordered(MOST_AT_ONCE);
    while let Some(result) = routed.next().await {
        result?;
    }
    Ok(count)
}

async fn route(
    dispatch: &Dispatch,
    id: AccountId,
    endpoints: &[Endpoint],
) -> Result<(), StoreError> {
    let waiting = dispatch.store.notices_to_route(&id, MOST_OF_ONE_ACCOUNT);
    let notices = waiting.await?;
    let Some(last) = notices.last() else {
        // Another process was faster.
        return Ok(());
    };
    let has_mailbox = has_mailbox(dispatch, &id, &notices).await?;
    let deliveries: Vec<Delivery> = notices
        .iter()
        .flat_map(|notice| {
            let mailbox = (has_mailbox && notice.audience.mail).then_some(Target::Mailbox);
            let takers = endpoints.iter().filter(|it| it.wants(notice.news.kind()));
            let targets = takers.map(|it| Target::Endpoint(it.id)).chain(mailbox);
            targets.map(|target| Delivery::new(&id, notice, target))
        })
        .collect();
    steps::reached(Step::NoticesRouting);
    dispatch.store.route(&id, last.number, &deliveries).await?;
    steps::reached(Step::NoticesRouted);
    Ok(())
}

/// Whether its owner can be written to, if any of the notices asks for that.
async fn has_mailbox(
    dispatch: &Dispatch,
    id: &AccountId,
    notices: &[Notice],
) -> Result<bool, StoreError> {
    if dispatch.mailer.is_none() || !notices.iter().any(|notice| notice.audience.mail) {
        return Ok(false);
    }
    let contact = dispatch.store.contact(id).await?;
    Ok(contact.is_some_and(|contact| contact.email.is_some()))
}

//! Lists as one sequence, page after page.

use std::collections::VecDeque;

use crate::models::{Entry, ListUsageHistoryParams};
use crate::{Client, Error};

/// Every entry that a query finds, newest first; pages are fetched as they are needed.
pub struct UsageHistory<'a> {
    client: &'a Client,
    query: ListUsageHistoryParams,
    fetched: VecDeque<Entry>,
    at_end: bool,
}

impl Client {
    /// Every entry that the query finds; its `limit` is the size of a page.
    pub fn usage_history(&self, query: ListUsageHistoryParams) -> UsageHistory<'_> {
        UsageHistory { client: self, query, fetched: VecDeque::new(), at_end: false }
    }
}

impl UsageHistory<'_> {
    /// The next entry, or none after the last.
    pub async fn next(&mut self) -> Result<Option<Entry>, Error> {
        while self.fetched.is_empty() && !self.at_end {
            let page = self.client.list_usage_history(&self.query).await?;
            self.fetched = page.data.into();
            self.at_end = page.next_cursor.is_none();
            self.query.cursor = page.next_cursor;
        }
        Ok(self.fetched.pop_front())
    }
}

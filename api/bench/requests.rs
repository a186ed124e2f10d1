//! The requests that the bench sends, each made from parts that were prepared beforehand. Every
//! reference and every key is new for ever: a run's name and a number.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue, InvalidHeaderValue,
};
use hyper::{Method, Request, Uri};

use super::access::Access;
use super::connection::Call;
use super::options::BenchOptions;
use super::target::Target;
use crate::serve::Failure;

/// Debits in a batch.
pub const BATCH: u64 = 100;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const WORK: &str = r#""operation":"model_inference","variant":"medium","quantities":{"input_tokens":1200,"output_tokens":300}"#;

pub struct Requests {
    host: HeaderValue,
    service: HeaderValue,
    accounts: Vec<Account>,
    run: String,
    sent: AtomicU64,
}

struct Account {
    id: String,
    /// Where its balance is read, by whom.
    balance: Uri,
    reader: HeaderValue,
}

/// An account by its place among those of the bench.
#[derive(Clone, Copy)]
pub struct AccountIndex(pub usize);

impl Requests {
    pub fn new(
        target: &Target,
        access: &Access,
        options: &BenchOptions,
    ) -> Result<Requests, Failure> {
        let service = access.service()?;
        let account = |number| {
            let id = options.account(number);
            let (balance, reader) = match access.owner(&id)? {
                Some(owner) => ("/v1/balance".to_owned(), owner),
                None => (format!("/v1/accounts/{id}/balance"), service.clone()),
            };
            let balance = Uri::try_from(balance)?;
            Ok(Account {
                id,
                balance,
                reader,
            })
        };
        let accounts: Result<Vec<Account>, Failure> = (1..=options.accounts).map(account).collect();
        Ok(Requests {
            host: target.host.clone(),
            accounts: accounts?,
            service,
            run: format!("bench-{:016x}", rand::random::<u64>()),
            sent: AtomicU64::new(0),
        })
    }

    pub fn accounts(&self) -> usize {
        self.accounts.len()
    }

    pub fn debit(&self, account: AccountIndex) -> Option<Call> {
        let body = format!("{{{}}}", self.debit_fields(account)?);
        self.post("/v1/debits", body)
    }

    pub fn batch(&self, mut account: impl FnMut() -> AccountIndex) -> Option<Call> {
        let mut body = String::with_capacity(24_000);
        body.push_str(r#"{"debits":["#);
        for number in 0..BATCH {
            let comma = if number == 0 { "" } else { "," };
            let fields = self.debit_fields(account())?;
            write!(body, "{comma}{{{fields}}}").ok()?;
        }
        body.push_str("]}");
        self.post("/v1/debits/batch", body)
    }

    fn debit_fields(&self, account: AccountIndex) -> Option<String> {
        let id = &self.account(account)?.id;
        let reference = self.new_name();
        Some(format!(
            r#""account_id":"{id}",{WORK},"reference":"{reference}""#
        ))
    }

    pub fn hold(&self, account: AccountIndex) -> Option<Call> {
        let id = &self.account(account)?.id;
        let reference = self.new_name();
        let body = format!(
            r#"{{"account_id":"{id}","operation":"backtesting","credits":"5","reference":"{reference}"}}"#
        );
        self.post("/v1/holds", body)
    }

    pub fn capture(&self, hold: &str) -> Option<Call> {
        let body = r#"{"credits":"3","final":true}"#;
        self.post(&format!("/v1/holds/{hold}/capture"), body.to_owned())
    }

    pub fn quote(&self, account: AccountIndex) -> Option<Call> {
        let id = &self.account(account)?.id;
        self.post("/v1/quotes", format!(r#"{{"account_id":"{id}",{WORK}}}"#))
    }

    pub fn adjustment(&self, account: AccountIndex, credits: &str) -> Option<Call> {
        let id = &self.account(account)?.id;
        let body = format!(r#"{{"credits":"{credits}","reason":"Load test"}}"#);
        self.post(&format!("/v1/admin/accounts/{id}/adjustments"), body)
    }

    pub fn balance(&self, account: AccountIndex) -> Option<Call> {
        let account = self.account(account)?;
        self.get(account.balance.clone(), Some(&account.reader))
    }

    pub fn history(&self, account: AccountIndex) -> Option<Call> {
        let path = Uri::from_static("/v1/usage-history?limit=25");
        self.get(path, Some(&self.account(account)?.reader))
    }

    pub fn summary(&self, account: AccountIndex) -> Option<Call> {
        let path = Uri::from_static("/v1/usage-summary");
        self.get(path, Some(&self.account(account)?.reader))
    }

    pub fn health(&self) -> Option<Call> {
        self.get(Uri::from_static("/health/live"), None)
    }

    fn account(&self, AccountIndex(index): AccountIndex) -> Option<&Account> {
        self.accounts.get(index)
    }

    fn get(&self, path: Uri, reader: Option<&HeaderValue>) -> Option<Call> {
        let mut call = Request::new(Full::default());
        *call.uri_mut() = path;
        call.headers_mut().insert(HOST, self.host.clone());
        if let Some(reader) = reader {
            call.headers_mut().insert(AUTHORIZATION, reader.clone());
        }
        Some(call)
    }

    fn post(&self, path: &str, body: String) -> Option<Call> {
        let mut call = Request::new(Full::new(Bytes::from(body)));
        *call.method_mut() = Method::POST;
        *call.uri_mut() = Uri::try_from(path).ok()?;
        let headers = call.headers_mut();
        headers.insert(HOST, self.host.clone());
        headers.insert(AUTHORIZATION, self.service.clone());
        headers.insert(CONTENT_TYPE, JSON);
        headers.insert(KEY, self.new_key().ok()?);
        Some(call)
    }

    fn new_key(&self) -> Result<HeaderValue, InvalidHeaderValue> {
        HeaderValue::from_maybe_shared(Bytes::from(self.new_name()))
    }

    fn new_name(&self) -> String {
        let number = self.sent.fetch_add(1, Ordering::Relaxed);
        format!("{}-{number}", self.run)
    }
}

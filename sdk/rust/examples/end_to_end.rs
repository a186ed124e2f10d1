//! The end-to-end test: the same steps in every language, against a live server. sdk/test.sh runs it.

use std::collections::HashMap;
use std::env::var;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use credits_client::models::*;
use credits_client::{Client, Error, code, verify_webhook};
use reqwest::header::{HeaderMap, HeaderValue};

const ACCOUNT: &str = "sdk-rust";

type Outcome = Result<(), String>;

fn env(name: &str) -> String {
    var(name).unwrap_or_else(|_| panic!("{name} is not set: run me under sdk/test.sh"))
}

fn check(holds: bool, what: impl std::fmt::Debug) -> Outcome {
    if holds { Ok(()) } else { Err(format!("{what:?}")) }
}

fn said(error: Error) -> String {
    error.to_string()
}

/// What the last answer and the number of answers were.
#[derive(Default)]
struct Heard {
    replayed: AtomicBool,
    answers: AtomicUsize,
}

struct Run {
    admin: Client,
    service: Client,
    shaky: Client,
    newer: Client,
    user: Client,
    heard: Arc<Heard>,
}

impl Run {
    fn new() -> Result<Self, Error> {
        let heard = Arc::new(Heard::default());
        let client = |url: &str, token: &str| {
            let heard = heard.clone();
            let listen = move |response: &reqwest::Response| {
                let replayed = response.headers().get("Idempotent-Replayed").is_some_and(|value| value == "true");
                heard.replayed.store(replayed, SeqCst);
                heard.answers.fetch_add(1, SeqCst);
            };
            let token = env(token);
            Client::builder(&env(url), "").token(move || token.clone()).on_response(listen).build()
        };
        Ok(Self {
            admin: Client::new(&env("API_URL"), &env("ADMIN_TOKEN"))?,
            service: client("API_URL", "SERVICE_TOKEN")?,
            shaky: client("SHAKY_URL", "SERVICE_TOKEN")?,
            newer: client("SHAKY_URL", "USER_TOKEN")?,
            user: client("API_URL", "USER_TOKEN")?,
            heard,
        })
    }

    async fn grant(&self) -> Outcome {
        let adjustment = NewAdjustment { credits: "+100".into(), reason: "A test".into(), ..Default::default() };
        let grant = self.admin.create_adjustment(ACCOUNT, &adjustment, None).await.map_err(said)?;
        check(grant.balance.available == "100", grant)
    }

    async fn quote(&self) -> Result<Quote, String> {
        let work = NewQuote {
            account_id: Some(ACCOUNT.into()),
            operation: "backtesting".into(),
            quantities: HashMap::from([("assets".into(), 3.0), ("bar_years".into(), 7.5)]),
            ..Default::default()
        };
        let quote = self.service.create_quote(&work).await.map_err(said)?;
        check(quote.affordable && quote.quantities["bar_years"] == 7.5, &quote)?;
        Ok(quote)
    }

    async fn hold(&self, quote: &Quote) -> Result<HoldWithBalance, String> {
        let work = NewHold {
            account_id: ACCOUNT.into(),
            quote_id: Some(quote.id.clone()),
            reference: "run-1".into(),
            ..Default::default()
        };
        let hold = self.service.create_hold(&work, None).await.map_err(said)?;
        check(hold.credits == quote.credits && hold.status == HoldStatus::Active, &hold)?;
        Ok(hold)
    }

    async fn capture(&self, hold: &HoldWithBalance) -> Outcome {
        let cost = NewCapture { credits: Some("0.5".into()), ..Default::default() };
        let capture = self.service.capture_hold(&hold.id, &cost, None).await.map_err(said)?;
        check(capture.charged == "0.5" && capture.held == "0", capture)
    }

    fn work(reference: &str) -> NewDebit {
        NewDebit {
            account_id: ACCOUNT.into(),
            operation: "model_inference".into(),
            variant: Some("large".into()),
            quantities: Some(HashMap::from([("input_tokens".into(), 1200.0), ("output_tokens".into(), 350.0)])),
            reference: reference.into(),
            ..Default::default()
        }
    }

    async fn debit(&self) -> Outcome {
        let key = Some("rust-answer-1");
        let first = self.service.create_debit(&Self::work("answer-1"), key).await.map_err(said)?;
        check(!self.heard.replayed.load(SeqCst), "the first answer is a repeat")?;
        let second = self.service.create_debit(&Self::work("answer-1"), key).await.map_err(said)?;
        check(self.heard.replayed.load(SeqCst) && second == first, second)
    }

    async fn retry(&self) -> Outcome {
        self.shaky.create_debit(&Self::work("answer-2"), None).await.map_err(said)?;
        check(self.heard.replayed.load(SeqCst), "the lost answer was not asked for again with the same key")
    }

    async fn history(&self) -> Outcome {
        self.heard.answers.store(0, SeqCst);
        let mut history = self.user.usage_history(ListUsageHistoryParams { limit: Some(2), ..Default::default() });
        let mut sequences = Vec::new();
        while let Some(entry) = history.next().await.map_err(said)? {
            sequences.push(entry.sequence);
        }
        check(sequences == [5, 4, 3, 2, 1] && self.heard.answers.load(SeqCst) == 3, sequences)
    }

    async fn export(&self, hold: &HoldWithBalance) -> Outcome {
        let query =
            ExportUsageHistoryParams { format: Some("csv".into()), from: Some(hold.created_at), ..Default::default() };
        let text = self.user.export_usage_history(&query).await.map_err(said)?;
        // Names, hold, capture and two debits; not the grant before them.
        check(text.lines().count() == 5, text)
    }

    async fn tomorrow(&self) -> Outcome {
        let page = self.newer.list_usage_history(&ListUsageHistoryParams::default()).await.map_err(said)?;
        let grant = page.data.last().ok_or("no entries")?;
        check(grant.kind == EntryKind::Unknown, grant)
    }

    async fn problem(&self) -> Outcome {
        let work = NewDebit {
            account_id: ACCOUNT.into(),
            operation: "backtesting".into(),
            credits: Some("1000".into()),
            reference: "too-much".into(),
            ..Default::default()
        };
        let error = self.service.create_debit(&work, None).await.err().ok_or("nothing was refused")?;
        let problem = error.problem().ok_or("no problem")?;
        let named = problem.status == 402 && problem.code == code::INSUFFICIENT_CREDITS;
        check(named && problem.required.as_deref() == Some("1000") && problem.shortfall.is_some(), problem)
    }

    fn webhook() -> Outcome {
        let mut headers = HeaderMap::new();
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            let value = env(&name.to_uppercase().replace('-', "_"));
            headers.insert(name, HeaderValue::from_str(&value).map_err(|error| error.to_string())?);
        }
        let (body, secret) = (env("WEBHOOK_BODY"), env("WEBHOOK_SECRET"));
        let event = verify_webhook(body.as_bytes(), &headers, &secret).map_err(said)?;
        check(event.r#type == "balance.low" && event.data.credits.as_deref() == Some("97.5"), event)?;
        let tampered = verify_webhook(body.replace("97.5", "98.5").as_bytes(), &headers, &secret);
        check(matches!(tampered, Err(Error::Signature(_))), "a tampered body was accepted")
    }
}

/// Prints one cell of the matrix.
fn told<T>(name: &str, outcome: Result<T, String>) -> Option<T> {
    match &outcome {
        Ok(_) => println!("ok {name}"),
        Err(why) => println!("FAILED {name}: {why}"),
    }
    outcome.ok()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Error> {
    let run = Run::new()?;
    let mut outcomes = vec![told("grant", run.grant().await).is_some()];
    let quote = told("quote", run.quote().await).unwrap_or_default();
    let hold = told("hold", run.hold(&quote).await).unwrap_or_default();
    outcomes.push(told("capture", run.capture(&hold).await).is_some());
    outcomes.push(told("debit", run.debit().await).is_some());
    outcomes.push(told("retry", run.retry().await).is_some());
    outcomes.push(told("history", run.history().await).is_some());
    outcomes.push(told("export", run.export(&hold).await).is_some());
    outcomes.push(told("tomorrow", run.tomorrow().await).is_some());
    outcomes.push(told("problem", run.problem().await).is_some());
    outcomes.push(told("webhook", Run::webhook()).is_some());
    Ok(if outcomes.contains(&false) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

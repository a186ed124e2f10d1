//! The live stream: the balance whenever something of it changes, and each notice as it is given.
//!
//! A stream remembers nothing but the number of the last notice that it has told. That is the id of
//! every event, so whoever was cut off goes on where they were, at any process.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use actix_web::web::Data;
use actix_web::{HttpRequest, Responder, get};
use actix_web_lab::sse::{self, Sse};
use futures_util::stream::{self, Stream};
use tokio::time::{Instant, sleep, timeout_at};
use utoipa::{IntoParams, ToSchema};

use super::balance;
use super::callers::Reader;
use super::error::{ApiError, ErrorCode};
use super::notifications;
use crate::app::App;
use crate::auth::Caller;
use crate::live::{Watching, Word};

pub const LAST_EVENT_ID: &str = "last-event-id";

/// A connection that nothing came over for so long is taken for broken by what lies between.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Of an account that changes all the time, the balance is told no more often.
const PAUSE: Duration = Duration::from_millis(200);
/// When to come back after the stream has ended.
const RETRY: Duration = Duration::from_secs(3);
const NOTICES_AT_A_TIME: i64 = 100;
/// Of an id; any number of so many is one.
const MOST_DIGITS: usize = 18;

/// The header is read by hand: these are the document's words for it.
#[expect(dead_code, reason = "the document alone looks at it")]
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct StreamHeaders {
    /// The `id` of the last event that was seen.
    #[param(
        rename = "Last-Event-ID",
        nullable = false,
        min_length = 1,
        max_length = 18,
        pattern = "^[0-9]+$"
    )]
    last_event_id: Option<String>,
}

/// An event as it stands in the stream.
#[expect(dead_code, reason = "the document alone looks at it")]
#[derive(ToSchema)]
pub struct LiveEvent {
    /// The number of the last notice that was told.
    id: String,
    /// `balance` or `notification`.
    event: String,
    /// JSON: a balance or a notification.
    data: String,
}

/// The balance and notices, live
///
/// Server-sent events. `balance` has what `GET /v1/balance` answers: at once, and whenever something
/// of it has changed, at most five times a second. `notification` has a notice as the feed shows it,
/// in order. The `id` of every event is the number of the last notice that was told: send it as
/// `Last-Event-ID` to be told those that came since; without it, only later ones are. A comment comes
/// every 15 seconds when nothing else does. The stream ends with the token, when an account has more
/// than eight of them (the oldest goes), and when the process stops: come back after the time that
/// `retry` says. A browser's `EventSource` cannot send a token: read the stream with `fetch`.
#[utoipa::path(
    operation_id = "stream_events",
    tag = "Notifications",
    params(StreamHeaders),
    responses((status = 200, description = "The stream.", body = LiveEvent,
        content_type = "text/event-stream",
        example = json!({"id": "2", "event": "balance", "data": "{\"available\":\"97.5\"}"})))
)]
#[get("/v1/events")]
pub async fn stream_events(
    app: Data<App>,
    request: HttpRequest,
    Reader(caller): Reader,
) -> Result<impl Responder, ApiError> {
    let last = last_event_id(&request)?;
    // Before anything is read: what changes meanwhile is told.
    let watching = app.watchers.watch(&caller.account_id);
    let events = Live::new(app, caller, watching, last).events();
    Ok(Sse::from_stream(events).with_retry_duration(RETRY))
}

fn last_event_id(request: &HttpRequest) -> Result<Option<i64>, ApiError> {
    let Some(value) = request.headers().get(LAST_EVENT_ID) else {
        return Ok(None);
    };
    let text = value.to_str().ok();
    let text = text.filter(|text| (1..=MOST_DIGITS).contains(&text.len()));
    let digits = text.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    let invalid = || {
        let detail = "The header Last-Event-ID: it is the id of no event.";
        ApiError::with_detail(ErrorCode::InvalidQuery, detail.to_owned())
    };
    number.map(Some).ok_or_else(invalid)
}

/// One stream.
struct Live {
    app: Data<App>,
    caller: Caller,
    watching: Watching,
    /// The number of the last notice told. None: before the first look.
    last: Option<i64>,
    waiting: VecDeque<sse::Event>,
    next: Next,
}

/// What there is to do once nothing waits to be sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Look,
    Wait,
    End,
}

impl Live {
    const fn new(app: Data<App>, caller: Caller, watching: Watching, last: Option<i64>) -> Live {
        Live {
            app,
            caller,
            watching,
            last,
            waiting: VecDeque::new(),
            next: Next::Look,
        }
    }

    fn events(self) -> impl Stream<Item = Result<sse::Event, Infallible>> {
        stream::unfold(self, async |mut live| {
            let event = live.next_event().await?;
            Some((Ok(event), live))
        })
    }

    /// None: the stream ends.
    async fn next_event(&mut self) -> Option<sse::Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.app.clock.now().unix_seconds() >= self.caller.until {
                return None;
            }
            match self.next {
                Next::End => return None,
                Next::Wait => self.wait().await,
                Next::Look => {
                    self.next = Next::Wait;
                    if let Err(error) = self.look().await {
                        let code = error.code().spec().code;
                        tracing::warn!(code, "a live stream was cut off");
                        return None;
                    }
                }
            }
        }
    }

    /// Waits for a change, and gives a sign of life where none comes.
    async fn wait(&mut self) {
        let patience = Instant::now().checked_add(HEARTBEAT);
        let patience = patience.unwrap_or_else(Instant::now);
        match timeout_at(patience, self.watching.word()).await {
            Err(_) => self.waiting.push_back(sse::Event::Comment("".into())),
            Ok(Word::Leave) => self.next = Next::End,
            Ok(Word::Changed) => {
                sleep(PAUSE).await;
                self.next = Next::Look;
            }
        }
    }

    /// Puts what is new in line: notices, page by page, and then the balance that they have led to.
    async fn look(&mut self) -> Result<(), ApiError> {
        let id = &self.caller.account_id;
        let now = self.app.clock.now();
        let holdings = self.app.store.holdings(id, now).await?;
        let account = holdings.account.as_ref();
        let told = account.map_or(0, |account| account.notices);
        // An id above those given would silence all that come up to it.
        let last = self.last.map_or(told, |last| last.min(told));
        if last < told {
            return self.look_for_notices(last, told).await;
        }
        let view = balance::view(id, &holdings, now)?;
        self.waiting.push_back(event("balance", last, &view)?);
        self.last = Some(last);
        self.watching
            .has_seen(account.map_or(0, |account| account.version));
        Ok(())
    }

    /// `until` is the newest: what its owner wants in no feed has a number as well.
    async fn look_for_notices(&mut self, after: i64, until: i64) -> Result<(), ApiError> {
        let id = &self.caller.account_id;
        let notices = self.app.store.notices_after(id, after, NOTICES_AT_A_TIME);
        let notices = notices.await?;
        let mut last = after;
        for fed in &notices {
            last = fed.notice.number;
            let view = notifications::shown(id, fed);
            let event = event("notification", last, &view)?;
            self.waiting.push_back(event);
        }
        let count = i64::try_from(notices.len());
        let is_full = count.is_ok_and(|count| count >= NOTICES_AT_A_TIME);
        self.last = Some(if is_full { last } else { last.max(until) });
        // Then there may be more of them, and the balance is to be told.
        self.next = Next::Look;
        Ok(())
    }
}

fn event(name: &str, id: i64, data: &impl serde::Serialize) -> Result<sse::Event, ApiError> {
    let data = serde_json::to_string(data).map_err(|error| ApiError::internal(&error))?;
    Ok(sse::Data::new(data)
        .id(id.to_string())
        .event(name.to_owned())
        .into())
}

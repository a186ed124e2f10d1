//! Many debits in one request, each judged on its own: one that is refused, or that cannot be read,
//! has its problem in its place and stands in nobody's way.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use ledger::command::{Action, Command, NewDebit, Outcome};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::rating::RateBook;
use ledger::rejection::Rejection;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::create::DebitView;
use super::request::DebitRequest;
use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::Consumer;
use crate::http::error::ProblemView;
use crate::http::error::{ApiError, ErrorCode};
use crate::http::idempotency::{self, IdempotencyKey};
use crate::store::StoredAnswer;

const MOST_DEBITS: usize = 1_000;
/// A thousand debits with long references and notes.
const MOST_BYTES: usize = 4 * 1024 * 1024;
const CREATED: u16 = 201;

/// Debits of any accounts.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewDebitBatch)]
pub struct BatchRequest {
    #[schema(value_type = Vec<DebitRequest>, min_items = 1, max_items = 1000)]
    debits: Vec<Item>,
}

/// A debit, or what was sent in the place of one, and why it is none.
enum Item {
    Readable(Box<DebitRequest>),
    Unreadable { sent: Box<RawValue>, error: String },
}

/// What became of each debit, in their order.
#[derive(Serialize, ToSchema)]
#[schema(as = DebitBatch)]
pub struct BatchView {
    pub results: Vec<ResultView>,
}

/// What the debit would have been answered had it come alone.
#[derive(Serialize, ToSchema)]
#[schema(as = DebitResult)]
pub struct ResultView {
    #[schema(minimum = 200, maximum = 599, examples(201))]
    pub status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub debit: Option<DebitView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<ProblemView>)]
    pub problem: Option<Value>,
}

/// Charge for many pieces of work
///
/// Up to 1000 debits of any accounts, in order and each judged on its own: what one of them was
/// answered says nothing of the others. The key is of the request as a whole, and so is its repeat.
#[utoipa::path(
    operation_id = "create_debits",
    tag = "Consuming",
    request_body(content = BatchRequest, example = json!({"debits": [
        {"account_id": "user-1", "operation": "market_analysis", "quantities": {"reports": 2},
         "reference": "analysis-7"}]})),
    responses((status = 200, description = "What became of each.", body = BatchView,
        example = json!({"results": [{
            "status": 201,
            "debit": {
                "id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a", "account_id": "user-1",
                "entry": {
                    "id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a", "sequence": 3, "kind": "debit",
                    "amount": "-50", "held_change": "0", "balance_after": "950",
                    "available_after": "950", "reference": "analysis-7",
                    "lots": [{"lot_id": "019aaf10-2a00-7b12-9c43-7d8e9f0a1b2c", "credits": "-50"}],
                    "created_at": "2026-11-23T09:01:05Z"
                },
                "balance": {"available": "950"}
            }
        }]})))
)]
#[post("/v1/debits/batch")]
pub async fn create_debits(
    app: Data<App>,
    Consumer(caller): Consumer,
    key: IdempotencyKey,
    Body(request): Body<BatchRequest, MOST_BYTES>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let Sorted { debits, places } = request.sorted(&app.rates.book(), app.clock.now())?;
    let command = Command {
        account_id: caller.account_id,
        key: Some(key),
        action: Action::DebitMany(debits),
    };
    let render = idempotency::render(move |outcome| match outcome {
        Outcome::DebitedMany(results) => answer(&places, results),
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

/// The problem of a debit that the ledger was not asked for; `None` for one that it was.
type Place = Option<(u16, Value)>;

/// A batch, of which the ledger is asked only for what can be asked.
struct Sorted {
    debits: Vec<(AccountId, NewDebit)>,
    /// As many as the request has debits.
    places: Vec<Place>,
}

impl BatchRequest {
    fn sorted(self, book: &RateBook, now: Instant) -> Result<Sorted, ApiError> {
        if !(1..=MOST_DEBITS).contains(&self.debits.len()) {
            return Err(unreadable(&"there are 1 to 1000 debits"));
        }
        let mut debits = Vec::with_capacity(self.debits.len());
        let mut places = Vec::with_capacity(self.debits.len());
        for item in self.debits {
            let debit = match item {
                Item::Readable(request) => request.into_debit(book, now),
                Item::Unreadable { error, .. } => Err(unreadable(&error)),
            };
            places.push(match debit {
                Ok(debit) => {
                    debits.push(debit);
                    None
                }
                Err(refusal) => Some(problem(&refusal)),
            });
        }
        Ok(Sorted { debits, places })
    }
}

fn unreadable(error: &dyn std::fmt::Display) -> ApiError {
    ApiError::with_detail(ErrorCode::InvalidBody, format!("The body: {error}."))
}

fn problem(refusal: &ApiError) -> (u16, Value) {
    (refusal.code().spec().status.as_u16(), refusal.to_problem())
}

/// Everything in its place. `None` if the ledger answered for more or fewer than it was asked.
fn answer(places: &[Place], results: &[Result<Outcome, Rejection>]) -> Option<StoredAnswer> {
    let mut results = results.iter();
    let views = places.iter().map(|place| {
        let refused = match place {
            Some(refused) => refused.clone(),
            None => match results.next()? {
                Ok(Outcome::Debited { account_id, entry }) => {
                    return Some(ResultView {
                        status: CREATED,
                        debit: Some(DebitView::of(account_id, entry)),
                        problem: None,
                    });
                }
                Ok(_) => return None,
                Err(rejection) => problem(&rejection.clone().into()),
            },
        };
        Some(ResultView {
            status: refused.0,
            debit: None,
            problem: Some(refused.1),
        })
    });
    let results: Option<Vec<ResultView>> = views.collect();
    idempotency::ok(&BatchView { results: results? })
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Item, D::Error> {
        let sent = Box::<RawValue>::deserialize(deserializer).map_err(D::Error::custom)?;
        Ok(match serde_json::from_str(sent.get()) {
            Ok(debit) => Item::Readable(Box::new(debit)),
            Err(error) => Item::Unreadable {
                error: error.to_string(),
                sent,
            },
        })
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Item::Readable(debit) => debit.serialize(serializer),
            Item::Unreadable { sent, .. } => sent.serialize(serializer),
        }
    }
}

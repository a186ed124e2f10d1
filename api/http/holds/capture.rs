//! Capturing a hold: the work is charged for what it really cost, once or in parts.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use ledger::command::{Action, Capture, Command, Finality, Outcome};
use ledger::credits::Credits;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::rating::{Quantities, RateBook};
use ledger::usage::Usage;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::show::hold_subject;
use super::view::{HoldView, HoldWithBalanceView};
use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::Consumer;
use crate::http::entries::EntryView;
use crate::http::error::ApiError;
use crate::http::idempotency::{self, IdempotencyKey};
use crate::http::quantities::QuantitiesView;
use crate::http::work;
use crate::store::{HoldSubject, StoredAnswer};
use crate::wire::{CreditsView, present};

/// What the work has cost: its `quantities`, or the `credits`; one of the two.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCapture)]
pub struct CaptureRequest {
    /// It may be 0.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        format = "decimal",
        examples("50"),
        pattern = r"^(0|[1-8][0-9]{9}|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$"
    )]
    credits: Option<String>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false)]
    quantities: Option<QuantitiesView>,
    /// Whether the work is done: then what is left of the hold returns at once. By default it is.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none",
        rename = "final"
    )]
    #[schema(nullable = false, default = true)]
    is_final: Option<bool>,
}

/// A hold after it was charged.
#[derive(Serialize, ToSchema)]
#[schema(as = Capture)]
pub struct CaptureView {
    #[serde(flatten)]
    pub hold: HoldWithBalanceView,
    /// What was charged now.
    pub charged: CreditsView,
    /// What the work cost beyond it, and nobody is charged for.
    pub uncovered: CreditsView,
    pub entry: EntryView,
}

/// Charge a hold
///
/// Charges what the work really cost. Quantities are priced by the rate the hold was made with. What
/// the work cost beyond the hold goes by its `overage`; what it cost less returns at once, unless
/// more captures are to come (`final: false`).
#[utoipa::path(
    operation_id = "capture_hold",
    tag = "Consuming",
    params(("id" = String, Path, description = "The hold's id.", format = "uuid",
        example = "019aaf10-4c00-7b60-8152-8d9e0f1a2b3c")),
    request_body(content = CaptureRequest, example = json!({"quantities": {"reports": 2}})),
    responses((status = 200, description = "The hold, and what it was charged.", body = CaptureView,
        example = json!({
            "id": "019aaf10-4c00-7b60-8152-8d9e0f1a2b3c", "account_id": "user-1",
            "status": "captured", "operation": "market_analysis", "quantities": {"reports": 3},
            "credits": "75", "captured": "50", "held": "0", "overage": "cover",
            "reference": "run-42", "created_at": "2026-11-23T09:01:05Z",
            "expires_at": "2026-11-23T10:01:05Z", "balance": {"available": "950"},
            "charged": "50", "uncovered": "0",
            "entry": {
                "id": "019aaf10-5d00-7c71-9263-9e0f1a2b3c4d", "sequence": 4, "kind": "capture",
                "amount": "-50", "held_change": "-75", "balance_after": "950",
                "available_after": "950", "reference": "run-42",
                "lots": [{"lot_id": "019aaf10-2a00-7b12-9c43-7d8e9f0a1b2c", "credits": "-50"}],
                "created_at": "2026-11-23T09:21:40Z"
            }
        })))
)]
#[post("/v1/holds/{id}/capture")]
pub async fn capture_hold(
    app: Data<App>,
    Consumer(caller): Consumer,
    id: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<CaptureRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let hold = hold_subject(&app, &id).await?;
    let capture = match request.into_capture(&hold, &app.rates.book(), app.clock.now()) {
        Ok(capture) => capture,
        Err(refusal) => return idempotency::answered_before(&app, &key, refusal).await,
    };
    let command = Command {
        account_id: hold.account_id.clone(),
        key: Some(key),
        action: Action::CaptureHold(capture),
    };
    let render = idempotency::render(move |outcome| answer(&hold.account_id, outcome));
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

impl CaptureRequest {
    fn into_capture(
        self,
        hold: &HoldSubject,
        book: &RateBook,
        now: Instant,
    ) -> Result<Capture, ApiError> {
        let (credits, usage) = match (self.credits, self.quantities) {
            (Some(credits), None) => (work::credits(&credits)?, unpriced(hold)),
            (None, Some(quantities)) => {
                let (credits, usage) = priced(hold, quantities.into_quantities(), book, now)?;
                (credits, Some(usage))
            }
            _ => return Err(work::choice("name credits or quantities, one of the two")),
        };
        Ok(Capture {
            hold_id: hold.id,
            credits,
            usage,
            finality: match self.is_final {
                None | Some(true) => Finality::Final,
                Some(false) => Finality::Partial,
            },
        })
    }
}

/// What so much of the hold's work costs: by the rate that it was made with, or where its credits
/// were named by the one in effect.
fn priced(
    hold: &HoldSubject,
    quantities: Quantities,
    book: &RateBook,
    now: Instant,
) -> Result<(Credits, Usage), ApiError> {
    let Some(held_for) = &hold.usage else {
        return Err(work::choice(
            "the hold names no operation, so its work is captured in credits",
        ));
    };
    let (operation, variant) = (&held_for.operation, held_for.variant.as_deref());
    let rate = match held_for.rate_version {
        Some(version) => book.rate(operation, variant, version)?,
        None => book.rate_at(operation, variant, now)?,
    };
    let cost = rate.cost(&quantities)?;
    Ok((cost.credits, work::usage(rate, quantities)))
}

/// The hold's work, of which nobody said how much it was in the end.
fn unpriced(hold: &HoldSubject) -> Option<Usage> {
    hold.usage.as_ref().map(|held_for| Usage {
        operation: held_for.operation.clone(),
        variant: held_for.variant.clone(),
        quantities: Quantities::default(),
        rate_version: None,
    })
}

fn answer(account_id: &AccountId, outcome: &Outcome) -> Option<StoredAnswer> {
    let Outcome::Captured {
        hold,
        entry,
        charged,
        uncovered,
        available,
    } = outcome
    else {
        return None;
    };
    idempotency::ok(&CaptureView {
        hold: HoldView::with_balance(account_id, hold, *available)?,
        charged: (*charged).into(),
        uncovered: (*uncovered).into(),
        entry: EntryView::of(account_id, entry),
    })
}

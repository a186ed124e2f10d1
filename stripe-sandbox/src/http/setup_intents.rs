//! `/v1/setup_intents`: saving a card without a hosted page.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::payment_methods::read;
use super::{customers, pipeline};
use crate::core::Core;
use crate::objects::metadata;
use crate::objects::payment_method::PaymentMethod;
use crate::objects::setup_intent::{SetupIntent, SetupStatus};
use crate::payments::{self, Outcome, Presence, Work};
use crate::store::{Reads, load};
use crate::wire::Answer;
use crate::wire::error::{ApiError, card_error};
use crate::wire::expand::Expand;
use crate::wire::fields::Fields;
use crate::wire::page::{Created, Filter, Page};

pub(super) async fn create(core: Data<Core>, request: HttpRequest, body: Payload) -> HttpResponse {
    pipeline::post(core, request, body, |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let mut intent = read_new(work, &mut fields)?;
        let confirm = fields.boolean("confirm")?.unwrap_or(false);
        let method = read::method(work, &mut fields, intent.customer.as_deref())?;
        intent.return_url = fields.web_address("return_url")?;
        fields.finish()?;
        if confirm && method.is_none() {
            return Err(no_method());
        }
        if let Some(method) = &method {
            work.tx.put(method)?;
            intent.payment_method = Some(method.id.clone());
            intent.status = SetupStatus::RequiresConfirmation;
        }
        work.tx.put(&intent)?;
        work.emit("setup_intent.created", intent.view(work.public_url))?;
        match method {
            Some(method) if confirm => set_up(work, intent, method, &expand),
            _ => Ok(Answer::ok(
                expand.apply(intent.view(work.public_url), &work.look())?,
            )),
        }
    })
    .await
}

pub(super) async fn confirm(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let mut intent = find_own(work, &id)?;
        let given = read::method(work, &mut fields, intent.customer.as_deref())?;
        if let Some(url) = fields.web_address("return_url")? {
            intent.return_url = Some(url);
        }
        fields.finish()?;
        refuse_over(work, &intent, "confirm")?;
        let method = match (given, &intent.payment_method) {
            (Some(method), _) => Some(method),
            (None, Some(known)) => load::<PaymentMethod>(work.tx, known)?,
            (None, None) => None,
        };
        set_up(work, intent, method.ok_or_else(no_method)?, &expand)
    })
    .await
}

pub(super) async fn cancel(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let reasons = ["abandoned", "duplicate", "requested_by_customer"];
        let reason = fields.choice("cancellation_reason", &reasons)?;
        fields.finish()?;
        let mut intent = find_own(work, &id)?;
        refuse_over(work, &intent, "cancel")?;
        payments::cancel_setup(work, &mut intent, reason)?;
        Ok(Answer::ok(
            expand.apply(intent.view(work.public_url), &work.look())?,
        ))
    })
    .await
}

pub(super) async fn retrieve(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        fields.text("client_secret")?;
        fields.finish()?;
        expand.apply(find(look.reads, &id)?.view(look.public_url), look)
    })
    .await
}

pub(super) async fn list(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let page = Page::read(&mut fields)?;
        let created = Created::read(&mut fields)?;
        let customer = Filter::read(&mut fields, "customer")?;
        let method = Filter::read(&mut fields, "payment_method")?;
        fields.finish()?;
        let wanted = |intent: &SetupIntent| {
            created.holds(intent.created)
                && customer.admits(intent.customer.as_deref())
                && method.admits(intent.payment_method.as_deref())
        };
        let view = |intent: &SetupIntent| Ok(intent.view(look.public_url));
        expand.apply(page.list(look, "/v1/setup_intents", wanted, view)?, look)
    })
    .await
}

fn read_new(work: &Work<'_>, fields: &mut Fields) -> Result<SetupIntent, ApiError> {
    let mut intent = SetupIntent::new(work.now);
    intent.customer = fields.text("customer")?;
    if let Some(id) = &intent.customer {
        customers::find_reference(work.tx, id, "customer")?;
    }
    intent.description = fields.text_up_to("description", 1_000)?;
    intent.metadata = metadata::read_new(fields, "metadata")?;
    if let Some(usage) = fields.choice("usage", &["off_session", "on_session"])? {
        intent.usage = usage;
    }
    let kinds = fields.texts("payment_method_types")?;
    if kinds.iter().any(|kind| kind != "card") {
        return Err(
            ApiError::invalid("The sandbox saves cards only.").about("payment_method_types")
        );
    }
    intent.automatic_payment_methods = kinds.is_empty();
    if let Some(mut automatic) = fields.branch("automatic_payment_methods")? {
        intent.automatic_payment_methods = automatic
            .boolean("enabled")?
            .ok_or_else(|| automatic.missing("enabled"))?;
        automatic.choice("allow_redirects", &["always", "never"])?;
        automatic.finish()?;
    }
    Ok(intent)
}

fn set_up(
    work: &Work<'_>,
    mut intent: SetupIntent,
    mut method: PaymentMethod,
    expand: &Expand,
) -> Result<Answer, ApiError> {
    let outcome = payments::attempt_setup(work, &mut intent, &mut method, Presence::Present)?;
    let view = intent.view(work.public_url);
    if let Outcome::Declined(_) = outcome {
        let mut error = intent
            .last_error
            .as_ref()
            .map(|error| error.view())
            .unwrap_or_default();
        if let Some(fields) = error.as_object_mut() {
            fields.insert("setup_intent".into(), view);
        }
        return Ok(Answer {
            status: 402,
            body: card_error(error, work.request_id()),
        });
    }
    Ok(Answer::ok(expand.apply(view, &work.look())?))
}

fn find(reads: &dyn Reads, id: &str) -> Result<SetupIntent, ApiError> {
    load::<SetupIntent>(reads, id)?.ok_or_else(|| ApiError::no_such("setupintent", id, "intent"))
}

/// An intent that belongs to a session is moved on by its page alone.
fn find_own(work: &Work<'_>, id: &str) -> Result<SetupIntent, ApiError> {
    let intent = find(work.tx, id)?;
    if intent.session.is_none() {
        return Ok(intent);
    }
    Err(ApiError::invalid(
        "This SetupIntent belongs to a Checkout Session and can't be confirmed or canceled directly.",
    )
    .remembered())
}

fn refuse_over(work: &Work<'_>, intent: &SetupIntent, verb: &str) -> Result<(), ApiError> {
    if !intent.status.is_over() {
        return Ok(());
    }
    Err(ApiError::invalid(format!(
        "You cannot {verb} this SetupIntent because it has a status of {}.",
        intent.status.name()
    ))
    .coded("setup_intent_unexpected_state")
    .with("setup_intent", intent.view(work.public_url))
    .remembered())
}

fn no_method() -> ApiError {
    ApiError::invalid(
        "You cannot confirm this SetupIntent because it's missing a payment method. Name one with `payment_method`.",
    )
    .coded("setup_intent_unexpected_state")
}

//! `/v1/payment_intents`: payments without a hosted page, such as those of a returning customer who is away.

mod read;
mod refuse;

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::payment_methods::read::method;
use super::pipeline;
use crate::core::Core;
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::objects::payment_method::PaymentMethod;
use crate::payments::{self, Outcome, Presence, Work};
use crate::store::{Reads, load};
use crate::wire::Answer;
use crate::wire::error::ApiError;
use crate::wire::expand::Expand;
use crate::wire::page::{Created, Page};
use read::Confirmation;

const CANCELLABLE: [IntentStatus; 4] = [
    IntentStatus::RequiresPaymentMethod,
    IntentStatus::RequiresConfirmation,
    IntentStatus::RequiresAction,
    IntentStatus::Processing,
];
const CONFIRMABLE: [IntentStatus; 3] = [
    IntentStatus::RequiresPaymentMethod,
    IntentStatus::RequiresConfirmation,
    IntentStatus::RequiresAction,
];

pub(in crate::http) async fn create(
    core: Data<Core>,
    request: HttpRequest,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let mut intent = read::new_intent(work, &mut fields)?;
        let confirm = fields.boolean("confirm")?.unwrap_or(false);
        let given = method(work, &mut fields, intent.customer.as_deref())?;
        let confirmation = read::confirmation(&mut fields, &mut intent)?;
        fields.finish()?;
        if !confirm && confirmation.presence == Presence::Absent {
            return Err(
                ApiError::invalid("`off_session` can only be used with `confirm`=true.")
                    .about("off_session"),
            );
        }
        if confirm && given.is_none() {
            return Err(refuse::no_method(&intent, work));
        }
        work.tx.put(&intent)?;
        work.emit("payment_intent.created", intent.view(work.public_url))?;
        let Some(method) = given else {
            return Ok(Answer::ok(
                expand.apply(intent.view(work.public_url), &work.look())?,
            ));
        };
        if confirm {
            return pay(work, intent, method, &confirmation, &expand);
        }
        work.tx.put(&method)?;
        intent.payment_method = Some(method.id.clone());
        intent.status = IntentStatus::RequiresConfirmation;
        work.tx.put(&intent)?;
        Ok(Answer::ok(
            expand.apply(intent.view(work.public_url), &work.look())?,
        ))
    })
    .await
}

pub(in crate::http) async fn confirm(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let mut intent = find_own(work, &id)?;
        let given = method(work, &mut fields, intent.customer.as_deref())?;
        let confirmation = read::confirmation(&mut fields, &mut intent)?;
        fields.finish()?;
        refuse::unless_status(work, &intent, "confirm", "confirmed", &CONFIRMABLE)?;
        let method = match (given, &intent.payment_method) {
            (Some(method), _) => Some(method),
            (None, Some(known)) => load::<PaymentMethod>(work.tx, known)?,
            (None, None) => None,
        };
        let method = method.ok_or_else(|| refuse::no_method(&intent, work))?;
        pay(work, intent, method, &confirmation, &expand)
    })
    .await
}

pub(in crate::http) async fn cancel(
    core: Data<Core>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    pipeline::post(core, request, body, move |work, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let reasons = [
            "abandoned",
            "duplicate",
            "fraudulent",
            "requested_by_customer",
        ];
        let reason = fields.choice("cancellation_reason", &reasons)?;
        fields.finish()?;
        let mut intent = find_own(work, &id)?;
        refuse::unless_status(work, &intent, "cancel", "canceled", &CANCELLABLE)?;
        payments::cancel(work, &mut intent, reason)?;
        Ok(Answer::ok(
            expand.apply(intent.view(work.public_url), &work.look())?,
        ))
    })
    .await
}

pub(in crate::http) async fn retrieve(
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

pub(in crate::http) async fn list(core: Data<Core>, request: HttpRequest) -> HttpResponse {
    pipeline::get(core, request, |look, mut fields| {
        let expand = Expand::read(&mut fields)?;
        let page = Page::read(&mut fields)?;
        let created = Created::read(&mut fields)?;
        let customer = fields.text("customer")?;
        fields.finish()?;
        let wanted = |intent: &PaymentIntent| {
            created.holds(intent.created)
                && customer
                    .as_ref()
                    .is_none_or(|id| intent.customer.as_ref() == Some(id))
        };
        let view = |intent: &PaymentIntent| Ok(intent.view(look.public_url));
        expand.apply(page.list(look, "/v1/payment_intents", wanted, view)?, look)
    })
    .await
}

fn pay(
    work: &Work<'_>,
    mut intent: PaymentIntent,
    mut method: PaymentMethod,
    confirmation: &Confirmation,
    expand: &Expand,
) -> Result<Answer, ApiError> {
    let presence = match confirmation.presence {
        Presence::Present if confirmation.fail_on_action => Presence::Absent,
        presence => presence,
    };
    match payments::attempt(work, &mut intent, &mut method, presence)? {
        Outcome::Declined(_) => Ok(Answer {
            status: 402,
            body: refuse::card_error(work, &intent),
        }),
        Outcome::Paid | Outcome::Processing | Outcome::NeedsAuthentication => Ok(Answer::ok(
            expand.apply(intent.view(work.public_url), &work.look())?,
        )),
    }
}

fn find(reads: &dyn Reads, id: &str) -> Result<PaymentIntent, ApiError> {
    load::<PaymentIntent>(reads, id)?
        .ok_or_else(|| ApiError::no_such("payment_intent", id, "intent"))
}

/// An intent that belongs to a session is moved on by its page alone.
fn find_own(work: &Work<'_>, id: &str) -> Result<PaymentIntent, ApiError> {
    let intent = find(work.tx, id)?;
    if intent.session.is_none() {
        return Ok(intent);
    }
    Err(ApiError::invalid(
        "This PaymentIntent belongs to a Checkout Session and can't be confirmed or canceled directly. To cancel it, \
         expire the Checkout Session.",
    )
    .remembered())
}

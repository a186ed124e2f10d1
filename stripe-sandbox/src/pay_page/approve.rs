//! The page of the payer's bank for a payment or a set-up without a checkout; it can answer an intent once.

use actix_web::HttpResponse;
use actix_web::web::{Data, Form, Path};

use super::card_form::PayForm;
use super::pages;
use super::pay::answered;
use super::{Reply, html};
use crate::core::Core;
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::objects::setup_intent::{SetupIntent, SetupStatus};
use crate::payments::{self, Verdict, Work};
use crate::store::{Reads, StoreError, load};

pub(super) async fn show(core: Data<Core>, id: Path<String>) -> HttpResponse {
    let shown = core.store.read().and_then(|snapshot| {
        let waiting = find(&snapshot, &id)?;
        Ok(waiting.as_ref().map_or_else(pages::missing, current))
    });
    answered(shown)
}

pub(super) async fn submit(
    core: Data<Core>,
    id: Path<String>,
    form: Form<PayForm>,
) -> HttpResponse {
    let id = id.into_inner();
    let verdict = if form.authentication == "approve" {
        Verdict::Approve
    } else {
        Verdict::Refuse
    };
    answered(
        core.into_inner()
            .write(None, move |work| take(work, &id, verdict))
            .await,
    )
}

/// An intent of either kind that waits for its payer outside a session.
enum Waiting {
    Payment(PaymentIntent),
    Setup(SetupIntent),
}

fn find(reads: &dyn Reads, id: &str) -> Result<Option<Waiting>, StoreError> {
    if id.starts_with("seti_") {
        let found = load::<SetupIntent>(reads, id)?.filter(|intent| intent.session.is_none());
        return Ok(found.map(Waiting::Setup));
    }
    let found = load::<PaymentIntent>(reads, id)?.filter(|intent| intent.session.is_none());
    Ok(found.map(Waiting::Payment))
}

fn take(work: &Work<'_>, id: &str, verdict: Verdict) -> Result<Reply, StoreError> {
    let Some(mut waiting) = find(work.tx, id)? else {
        return Ok(pages::missing());
    };
    match &mut waiting {
        Waiting::Payment(intent) => {
            payments::authenticate(work, intent, verdict)?;
        }
        Waiting::Setup(intent) => {
            payments::authenticate_setup(work, intent, verdict)?;
        }
    }
    Ok(current(&waiting))
}

fn current(waiting: &Waiting) -> Reply {
    match waiting {
        Waiting::Payment(intent) if intent.status == IntentStatus::RequiresAction => Reply::Page(
            200,
            pages::approval_of_payment(intent.amount, &intent.currency),
        ),
        Waiting::Setup(intent) if intent.status == SetupStatus::RequiresAction => Reply::Page(
            200,
            pages::approval_form("Approve that your card is saved, or refuse it."),
        ),
        Waiting::Payment(intent) => over(
            intent.return_url.as_deref(),
            ("payment_intent", &intent.id, &intent.client_secret),
            intent.status == IntentStatus::Succeeded,
        ),
        Waiting::Setup(intent) => over(
            intent.return_url.as_deref(),
            ("setup_intent", &intent.id, &intent.client_secret),
            intent.status == SetupStatus::Succeeded,
        ),
    }
}

/// The way back, which names the intent and its client secret.
fn over(return_url: Option<&str>, intent: (&str, &str, &str), succeeded: bool) -> Reply {
    let (kind, id, secret) = intent;
    match return_url {
        Some(url) => {
            let joint = if url.contains('?') { '&' } else { '?' };
            let status = if succeeded { "succeeded" } else { "failed" };
            Reply::SeeOther(format!(
                "{url}{joint}{kind}={id}&{kind}_client_secret={secret}&redirect_status={status}"
            ))
        }
        None if succeeded => Reply::Page(
            200,
            html::notice("Approved", "You can close this page.", None),
        ),
        None => Reply::Page(
            200,
            html::notice("Not approved", "You have not been charged.", None),
        ),
    }
}

//! The page of the payer's bank for a payment without a checkout; it can answer an intent once.

use actix_web::HttpResponse;
use actix_web::web::{Data, Form, Path};

use super::card_form::PayForm;
use super::pages;
use super::pay::answered;
use super::{Reply, html};
use crate::core::Core;
use crate::objects::money::format_amount;
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::payments::{self, Verdict, Work};
use crate::store::{StoreError, load};

pub(super) async fn show(core: Data<Core>, id: Path<String>) -> HttpResponse {
    let shown = core.store.read().and_then(|snapshot| {
        let intent = load::<PaymentIntent>(&snapshot, &id)?;
        Ok(intent.as_ref().map_or_else(pages::missing, current))
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

fn take(work: &Work<'_>, id: &str, verdict: Verdict) -> Result<Reply, StoreError> {
    let Some(mut intent) =
        load::<PaymentIntent>(work.tx, id)?.filter(|intent| intent.session.is_none())
    else {
        return Ok(pages::missing());
    };
    payments::authenticate(work, &mut intent, verdict)?;
    Ok(current(&intent))
}

fn current(intent: &PaymentIntent) -> Reply {
    if intent.session.is_some() {
        return pages::missing();
    }
    if intent.status == IntentStatus::RequiresAction {
        return Reply::Page(
            200,
            pages::approval_form(&format_amount(intent.amount, &intent.currency)),
        );
    }
    let succeeded = intent.status == IntentStatus::Succeeded;
    match &intent.return_url {
        Some(url) => {
            let joint = if url.contains('?') { '&' } else { '?' };
            let status = if succeeded { "succeeded" } else { "failed" };
            Reply::SeeOther(format!(
                "{url}{joint}payment_intent={}&payment_intent_client_secret={}&redirect_status={status}",
                intent.id, intent.client_secret
            ))
        }
        None if succeeded => Reply::Page(
            200,
            html::notice("Payment approved", "You can close this page.", None),
        ),
        None => Reply::Page(
            200,
            html::notice("Payment not made", "You have not been charged.", None),
        ),
    }
}

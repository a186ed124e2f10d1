//! Showing a session's page and taking its form; a session is paid at most once, whatever is posted.

use actix_web::HttpResponse;
use actix_web::web::{Data, Form, Path};

use super::card_form::{Complaint, PayForm};
use super::order::{self, Trouble};
use super::pages;
use super::{Reply, html};
use crate::core::Core;
use crate::objects::payment_intent::PaymentIntent;
use crate::objects::payment_method::{Instrument, PaymentMethod};
use crate::objects::session::{Mode, Session, SessionStatus};
use crate::objects::setup_intent::SetupIntent;
use crate::payments::{self, Outcome, Presence, Verdict, Work};
use crate::store::{StoreError, load};

pub(super) async fn show(core: Data<Core>, id: Path<String>) -> HttpResponse {
    let shown = async {
        core.clone().into_inner().run_due().await?;
        let session = load::<Session>(&core.store.read()?, &id)?;
        Ok(session.as_ref().map_or_else(pages::missing, pages::current))
    };
    answered(shown.await)
}

pub(super) async fn submit(
    core: Data<Core>,
    id: Path<String>,
    form: Form<PayForm>,
) -> HttpResponse {
    let (id, form) = (id.into_inner(), form.into_inner());
    let shared = core.into_inner();
    let job = async {
        shared.run_due().await?;
        // The redirect is sent only after this is on disk, events and deliveries included.
        shared.write(None, move |work| take(work, &id, &form)).await
    };
    answered(job.await)
}

pub(super) fn answered(reply: Result<Reply, StoreError>) -> HttpResponse {
    let reply = reply.unwrap_or_else(|error| {
        tracing::error!(%error, "the pay page could not use the state file");
        let text = "You have not been charged. Try again in a moment.";
        Reply::Page(503, html::notice("Something went wrong", text, None))
    });
    reply.into_response()
}

fn take(work: &Work<'_>, id: &str, form: &PayForm) -> Result<Reply, StoreError> {
    let Some(mut session) = load::<Session>(work.tx, id)? else {
        return Ok(pages::missing());
    };
    if session.status != SessionStatus::Open {
        return Ok(match pages::current(&session) {
            // Not 200: whoever posted this has not paid by it.
            Reply::Page(200, page) => Reply::Page(409, page),
            other => other,
        });
    }
    match form.authentication.as_str() {
        "" => {}
        verdict => return approve(work, &mut session, verdict),
    }
    let method = match read_method(&session, form, work.now) {
        Ok(method) => method,
        Err(complaint) => {
            return Ok(Reply::Page(
                400,
                order::page(&session, Some(Trouble::from(&complaint))),
            ));
        }
    };
    if session.fixed_email().is_none() {
        session.payer_email = form.email().ok().flatten();
    }
    if session.asks_country() {
        session.tax_for(form.country());
    }
    let Some(mut method) = method else {
        payments::finish_free(work, &mut session)?;
        return Ok(Reply::SeeOther(session.return_url()));
    };
    if let Some(mut intent) = setup_intent(work, &session)? {
        let presence = Presence::Present;
        let outcome = payments::save_card(work, &mut session, &mut intent, &mut method, presence)?;
        return Ok(answer(work, &session, &outcome));
    }
    let mut intent = payments::open_attempt(work, &mut session, &method)?;
    let outcome = payments::attempt(work, &mut intent, &mut method, Presence::Present)?;
    payments::record_attempt(work, &mut session, &intent, &outcome)?;
    Ok(answer(work, &session, &outcome))
}

fn setup_intent(work: &Work<'_>, session: &Session) -> Result<Option<SetupIntent>, StoreError> {
    match &session.setup_intent {
        Some(id) => load::<SetupIntent>(work.tx, id),
        None => Ok(None),
    }
}

fn approve(work: &Work<'_>, session: &mut Session, verdict: &str) -> Result<Reply, StoreError> {
    let verdict = if verdict == "approve" {
        Verdict::Approve
    } else {
        Verdict::Refuse
    };
    if let Some(mut intent) = setup_intent(work, session)? {
        let Some(outcome) = payments::authenticate_setup(work, &mut intent, verdict)? else {
            return Ok(pages::current(session));
        };
        payments::record_setup(work, session, &intent, &outcome)?;
        return Ok(answer(work, session, &outcome));
    }
    let intent = match &session.intent {
        Some(id) => load::<PaymentIntent>(work.tx, id)?,
        None => None,
    };
    let Some(mut intent) = intent else {
        return Ok(pages::current(session));
    };
    let Some(outcome) = payments::authenticate(work, &mut intent, verdict)? else {
        return Ok(pages::current(session));
    };
    payments::record_attempt(work, session, &intent, &outcome)?;
    Ok(answer(work, session, &outcome))
}

fn answer(work: &Work<'_>, session: &Session, outcome: &Outcome) -> Reply {
    match outcome {
        Outcome::Paid | Outcome::Processing => Reply::SeeOther(session.return_url()),
        // To the page of the payer's bank, which is this address again.
        Outcome::NeedsAuthentication => Reply::SeeOther(session.page_url(work.public_url)),
        Outcome::Declined(decline) => {
            let trouble = Trouble {
                field: Some("card_number"),
                message: &decline.message,
            };
            Reply::Page(402, order::page(session, Some(trouble)))
        }
    }
}

/// None when there is nothing to pay.
fn read_method(
    session: &Session,
    form: &PayForm,
    now: i64,
) -> Result<Option<PaymentMethod>, Complaint> {
    let email = form.email()?;
    if session.mode == Mode::Payment && session.amount_total == 0 {
        return Ok(None);
    }
    let instrument = match (form.method.as_str(), session.delayed_method()) {
        ("delayed", Some(kind)) => Instrument::Debit(kind.to_owned()),
        ("delayed", None) => {
            return Err(Complaint {
                field: "method",
                message: "This order can't be paid by bank debit.",
            });
        }
        _ if !session.takes_cards() => {
            return Err(Complaint {
                field: "method",
                message: "This order can't be paid by card.",
            });
        }
        _ => Instrument::Card(form.card(now)?),
    };
    let mut method = PaymentMethod::new(now, instrument);
    method.email = session.fixed_email().map(str::to_owned).or(email);
    Ok(Some(method))
}

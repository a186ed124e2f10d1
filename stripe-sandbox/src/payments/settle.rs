//! The end of a delayed payment, days later at Stripe and by order here; it happens once.

use super::Work;
use super::attempt::{fail, succeed};
use super::invoices::invoice;
use crate::objects::card::Decline;
use crate::objects::charge::{Charge, ChargeStatus};
use crate::objects::new_id;
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::objects::session::{PaymentStatus, Session};
use crate::store::{StoreError, load};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settlement {
    Succeeded,
    Failed,
}

/// `false` when the session has no payment on its way.
pub(crate) fn settle(
    work: &Work<'_>,
    session: &mut Session,
    settlement: Settlement,
) -> Result<bool, StoreError> {
    let Some((mut intent, mut charge)) = on_its_way(work, session)? else {
        return Ok(false);
    };
    match settlement {
        Settlement::Succeeded => {
            charge.status = ChargeStatus::Succeeded;
            charge.balance_transaction = Some(new_id("txn_"));
            succeed(work, &mut intent, &charge)?;
            session.payment_status = PaymentStatus::Paid;
            invoice(work, session)?;
            work.tx.put(session)?;
            work.emit(
                "checkout.session.async_payment_succeeded",
                session.view(work.public_url),
            )?;
        }
        Settlement::Failed => {
            let decline = Decline::new(
                "payment_method_provider_decline",
                "",
                "The bank returned the debit.",
            );
            charge.status = ChargeStatus::Failed;
            charge.failure = Some(decline.clone());
            let method = charge.payment_method.clone();
            fail(work, &mut intent, &method, Some(&charge), decline)?;
            work.emit(
                "checkout.session.async_payment_failed",
                session.view(work.public_url),
            )?;
        }
    }
    Ok(true)
}

fn on_its_way(
    work: &Work<'_>,
    session: &Session,
) -> Result<Option<(PaymentIntent, Charge)>, StoreError> {
    let Some(intent) = &session.intent else {
        return Ok(None);
    };
    let Some(intent) =
        load::<PaymentIntent>(work.tx, intent)?.filter(|i| i.status == IntentStatus::Processing)
    else {
        return Ok(None);
    };
    let charge = intent.latest_charge.clone().unwrap_or_default();
    Ok(load::<Charge>(work.tx, &charge)?.map(|charge| (intent, charge)))
}

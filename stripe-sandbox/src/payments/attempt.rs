//! One attempt to pay an intent with a payment method; an intent that has succeeded must never come here.

use super::Work;
use super::due::plan_aftermath;
use super::saved_methods::attach;
use crate::objects::card::{Away, Behaviour, Decline};
use crate::objects::charge::{Charge, ChargeStatus};
use crate::objects::new_id;
use crate::objects::payment_intent::{IntentStatus, LastError, PaymentIntent};
use crate::objects::payment_method::{Instrument, PaymentMethod};
use crate::store::StoreError;

/// Whether the payer is there to answer their bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Present,
    Absent,
    /// Present, and the bank has been answered.
    Approved,
}

#[derive(Debug)]
pub(crate) enum Outcome {
    Paid,
    /// The money is on its way and may yet not arrive.
    Processing,
    NeedsAuthentication,
    Declined(Decline),
}

pub(crate) fn attempt(
    work: &Work<'_>,
    intent: &mut PaymentIntent,
    method: &mut PaymentMethod,
    presence: Presence,
) -> Result<Outcome, StoreError> {
    intent.payment_method = Some(method.id.clone());
    intent.last_error = None;
    if method.customer.is_none() {
        method.spent = true;
    }
    work.tx.put(method)?;
    let behaviour = match &method.instrument {
        Instrument::Debit(_) => return begin_debit(work, intent, method),
        Instrument::Card(card) => card.behaviour.clone(),
    };
    match (behaviour, presence) {
        (Behaviour::Pays, _) => charge_card(work, intent, method, presence),
        (Behaviour::Declines(decline) | Behaviour::DeclinesOnceSaved(decline), _) => {
            fail_charge(work, intent, method, decline)
        }
        (Behaviour::NeedsAuthentication { then, .. }, Presence::Approved) => match then {
            Some(decline) => fail_charge(work, intent, method, decline),
            None => charge_card(work, intent, method, presence),
        },
        (Behaviour::NeedsAuthentication { .. }, Presence::Present) => {
            intent.status = IntentStatus::RequiresAction;
            work.tx.put(intent)?;
            work.emit(
                "payment_intent.requires_action",
                intent.view(work.public_url),
            )?;
            Ok(Outcome::NeedsAuthentication)
        }
        (Behaviour::NeedsAuthentication { away, .. }, Presence::Absent) => match away {
            Away::Pays => charge_card(work, intent, method, presence),
            Away::PaysOnceSetUp if method.set_up => charge_card(work, intent, method, presence),
            Away::PaysOnceSetUp | Away::Asks => {
                fail_charge(work, intent, method, Decline::authentication_required())
            }
        },
    }
}

fn charge_card(
    work: &Work<'_>,
    intent: &mut PaymentIntent,
    method: &mut PaymentMethod,
    presence: Presence,
) -> Result<Outcome, StoreError> {
    let mut charge = new_charge(work, intent, method, ChargeStatus::Succeeded);
    charge.authenticated = presence == Presence::Approved;
    charge.balance_transaction = Some(new_id("txn_"));
    succeed(work, intent, &charge)?;
    keep_for_later(work, intent, method)?;
    Ok(Outcome::Paid)
}

/// Saves the method for the customer where that was wanted.
fn keep_for_later(
    work: &Work<'_>,
    intent: &PaymentIntent,
    method: &mut PaymentMethod,
) -> Result<(), StoreError> {
    let (Some(usage), Some(customer)) = (&intent.setup_future_usage, &intent.customer) else {
        return Ok(());
    };
    method.spent = false;
    method.set_up |= usage == "off_session";
    if method.customer.is_none() {
        return attach(work, method, customer);
    }
    work.tx.put(method).map(|_| ())
}

fn begin_debit(
    work: &Work<'_>,
    intent: &mut PaymentIntent,
    method: &PaymentMethod,
) -> Result<Outcome, StoreError> {
    let charge = new_charge(work, intent, method, ChargeStatus::Pending);
    work.tx.put(&charge)?;
    intent.status = IntentStatus::Processing;
    intent.latest_charge = Some(charge.id.clone());
    work.tx.put(intent)?;
    work.emit("payment_intent.processing", intent.view(work.public_url))?;
    work.emit("charge.pending", charge.view(work.public_url))?;
    Ok(Outcome::Processing)
}

/// Books the charge as paid, and the intent with it.
pub(super) fn succeed(
    work: &Work<'_>,
    intent: &mut PaymentIntent,
    charge: &Charge,
) -> Result<(), StoreError> {
    work.tx.put(charge)?;
    intent.status = IntentStatus::Succeeded;
    intent.latest_charge = Some(charge.id.clone());
    work.tx.put(intent)?;
    work.emit("payment_intent.succeeded", intent.view(work.public_url))?;
    work.emit("charge.succeeded", charge.view(work.public_url))?;
    plan_aftermath(work, charge)
}

fn fail_charge(
    work: &Work<'_>,
    intent: &mut PaymentIntent,
    method: &PaymentMethod,
    decline: Decline,
) -> Result<Outcome, StoreError> {
    let mut charge = new_charge(work, intent, method, ChargeStatus::Failed);
    charge.failure = Some(decline.clone());
    fail(work, intent, method, Some(&charge), decline.clone())?;
    Ok(Outcome::Declined(decline))
}

/// Puts the intent back to where another payment method can be tried. Without a charge nothing reached a bank.
pub(super) fn fail(
    work: &Work<'_>,
    intent: &mut PaymentIntent,
    method: &PaymentMethod,
    charge: Option<&Charge>,
    decline: Decline,
) -> Result<(), StoreError> {
    intent.status = IntentStatus::RequiresPaymentMethod;
    intent.payment_method = None;
    if let Some(charge) = charge {
        work.tx.put(charge)?;
        intent.latest_charge = Some(charge.id.clone());
    }
    intent.last_error = Some(LastError {
        decline,
        charge: charge.map(|charge| charge.id.clone()),
        payment_method: method.clone(),
    });
    work.tx.put(intent)?;
    if let Some(charge) = charge {
        work.emit("charge.failed", charge.view(work.public_url))?;
    }
    work.emit(
        "payment_intent.payment_failed",
        intent.view(work.public_url),
    )
}

fn new_charge(
    work: &Work<'_>,
    intent: &PaymentIntent,
    method: &PaymentMethod,
    status: ChargeStatus,
) -> Charge {
    let prefix = match method.instrument {
        Instrument::Card(_) => "ch_",
        Instrument::Debit(_) => "py_",
    };
    Charge {
        id: new_id(prefix),
        created: work.now,
        amount: intent.amount,
        currency: intent.currency.clone(),
        status,
        payment_intent: intent.id.clone(),
        payment_method: method.clone(),
        authenticated: false,
        customer: intent.customer.clone(),
        description: intent.description.clone(),
        metadata: intent.metadata.clone(),
        receipt_email: intent.receipt_email.clone(),
        statement_descriptor: intent.statement_descriptor.clone(),
        statement_descriptor_suffix: intent.statement_descriptor_suffix.clone(),
        balance_transaction: None,
        failure: None,
        amount_refunded: 0,
        refunds: Vec::new(),
        disputes: Vec::new(),
        early_fraud_warning: None,
    }
}

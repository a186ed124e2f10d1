//! Reading which payment method a request means.

use crate::objects::payment_method::{Instrument, PaymentMethod};
use crate::objects::test_cards;
use crate::payments::Work;
use crate::store::load;
use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

/// The method a payment or a set-up is to be made with, for this customer or for nobody in particular.
pub(in crate::http) fn method(
    work: &Work<'_>,
    fields: &mut Fields,
    customer: Option<&str>,
) -> Result<Option<PaymentMethod>, ApiError> {
    let Some(name) = fields.text("payment_method")? else {
        return Ok(None);
    };
    let method = by_id(work, &name)?;
    if method.customer.is_some() && method.customer.as_deref() != customer {
        let message = match customer {
            None => {
                "The payment method you provided is attached to a customer so for security purposes you must \
                 provide the customer in the request."
            }
            Some(_) => "The payment method belongs to another customer.",
        };
        return Err(ApiError::invalid(message).about("payment_method"));
    }
    refuse_spent(&method)?;
    Ok(Some(method))
}

/// A ready-made test method (`pm_card_visa`) becomes one of its own, as at Stripe; another must exist already.
pub(in crate::http) fn by_id(work: &Work<'_>, name: &str) -> Result<PaymentMethod, ApiError> {
    // 1970 plus whole years: good enough for an expiry that lies ahead.
    let year = work.now.div_euclid(31_557_600).saturating_add(1_970);
    if let Some(card) = test_cards::by_name(name, year) {
        return Ok(PaymentMethod::new(work.now, Instrument::Card(card)));
    }
    load::<PaymentMethod>(work.tx, name)?.ok_or_else(|| {
        ApiError::invalid(format!("No such PaymentMethod: '{name}'"))
            .coded("resource_missing")
            .about("payment_method")
    })
}

pub(in crate::http) fn refuse_spent(method: &PaymentMethod) -> Result<(), ApiError> {
    if method.customer.is_some() || !method.spent {
        return Ok(());
    }
    Err(ApiError::invalid(
        "This PaymentMethod was previously used without being attached to a Customer or was detached from a \
         Customer, and may not be used again.",
    )
    .about("payment_method"))
}

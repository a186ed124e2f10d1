//! Keeping a payment method for a customer, and letting go of it; what was let go of can't be used again.

use serde_json::json;

use super::Work;
use crate::objects::customer::Customer;
use crate::objects::payment_method::PaymentMethod;
use crate::store::{Reads, Record, StoreError, load};

/// The method is the customer's own from here on. Does nothing when it is somebody's already.
pub(crate) fn attach(
    work: &Work<'_>,
    method: &mut PaymentMethod,
    customer: &str,
) -> Result<(), StoreError> {
    if method.customer.is_some() {
        return Ok(());
    }
    method.customer = Some(customer.to_owned());
    work.tx.put(method)?;
    work.emit("payment_method.attached", method.view())
}

/// Takes the method from its customer, and out of the customer's default. `false` when it is nobody's.
pub(crate) fn detach(work: &Work<'_>, method: &mut PaymentMethod) -> Result<bool, StoreError> {
    let Some(customer) = method.customer.take() else {
        return Ok(false);
    };
    method.spent = true;
    work.tx.put(method)?;
    work.emit_update(
        "payment_method.detached",
        method.view(),
        json!({ "customer": customer }),
    )?;
    if let Some(mut customer) = load::<Customer>(work.tx, &customer)?
        && customer.default_payment_method.as_deref() == Some(method.id())
    {
        let before = customer.view();
        customer.default_payment_method = None;
        work.tx.put(&customer)?;
        work.emit_change("customer.updated", &before, customer.view())?;
    }
    Ok(true)
}

/// Deletes a customer, and lets go of every method of theirs.
pub(crate) fn delete_customer(work: &Work<'_>, customer: &mut Customer) -> Result<(), StoreError> {
    for (_, id) in work.tx.ids(PaymentMethod::KIND, 0, u64::MAX)? {
        let method = load::<PaymentMethod>(work.tx, &id)?;
        if let Some(mut method) =
            method.filter(|method| method.customer.as_ref() == Some(&customer.id))
        {
            detach(work, &mut method)?;
        }
    }
    if let Some(kept) = load::<Customer>(work.tx, &customer.id)? {
        *customer = kept;
    }
    work.emit("customer.deleted", customer.view())?;
    customer.deleted = true;
    work.tx.put(customer).map(|_| ())
}

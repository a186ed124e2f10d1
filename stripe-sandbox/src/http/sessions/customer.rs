//! Who a session's payer is, as far as its maker knows.

use crate::objects::address::Address;
use crate::objects::customer::Customer;
use crate::objects::session::Session;
use crate::payments::Work;
use crate::store::load;
use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

/// `customer_update`: whether the customer keeps the address the payer gives.
pub(super) fn read_update(fields: &mut Fields) -> Result<bool, ApiError> {
    let Some(mut update) = fields.branch("customer_update")? else {
        return Ok(false);
    };
    let address = update.choice("address", &["auto", "never"])?;
    update.choice("name", &["auto", "never"])?;
    update.finish()?;
    Ok(address.as_deref() == Some("auto"))
}

pub(super) fn check(work: &Work<'_>, session: &mut Session) -> Result<(), ApiError> {
    let Some(id) = session.customer.clone() else {
        // Stripe fills the default in: a guest pays unless a customer is asked for.
        session
            .customer_creation
            .get_or_insert_with(|| "if_required".to_owned());
        return Ok(());
    };
    for (given, name) in [
        (&session.customer_email, "customer_email"),
        (&session.customer_creation, "customer_creation"),
    ] {
        if given.is_some() {
            let message =
                format!("You may only specify one of these parameters: customer, {name}.");
            return Err(ApiError::invalid(message)
                .coded("parameters_exclusive")
                .about("customer"));
        }
    }
    let Some(customer) = load::<Customer>(work.tx, &id)?.filter(|found| !found.deleted) else {
        return Err(ApiError::no_such_reference("customer", &id, "customer"));
    };
    session.payer_email = customer.email;
    let country = customer.address.as_ref().and_then(Address::country);
    if session.automatic_tax && country.is_none() && !session.updates_address {
        return Err(ApiError::invalid(
            "Automatic tax calculation needs a valid address of the customer. Add one, or set \
             `customer_update[address]` to `auto`.",
        )
        .coded("customer_tax_location_invalid")
        .about("automatic_tax"));
    }
    session.tax_for(country);
    Ok(())
}

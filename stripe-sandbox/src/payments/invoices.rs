//! The invoice of a session, made once its money is there, which happens at most once.

use super::Work;
use crate::objects::customer::Customer;
use crate::objects::invoice::Invoice;
use crate::objects::new_id;
use crate::objects::session::Session;
use crate::store::{Reads, Record, StoreError, load};

/// Gives a session that was paid its invoice, where it was made to have one. The caller stores the session.
pub(super) fn invoice(work: &Work<'_>, session: &mut Session) -> Result<(), StoreError> {
    let (Some(data), Some(customer)) = (&session.invoice_data, &session.customer) else {
        return Ok(());
    };
    let name = load::<Customer>(work.tx, customer)?.and_then(|customer| customer.name);
    let before = work.tx.ids(Invoice::KIND, 0, u64::MAX)?.len();
    let invoice = Invoice {
        id: new_id("in_"),
        created: work.now,
        number: format!("SANDBOX-{:04}", before.saturating_add(1)),
        currency: session.currency.clone(),
        total: session.amount_total,
        tax: session.amount_tax(),
        lines: session.line_items.clone(),
        customer: customer.clone(),
        customer_email: session
            .fixed_email()
            .map(str::to_owned)
            .or_else(|| session.payer_email.clone()),
        customer_name: name,
        country: session.payer_country.clone(),
        automatic_tax: session.automatic_tax,
        description: data.description.clone(),
        footer: data.footer.clone(),
        metadata: data.metadata.clone(),
    };
    work.tx.put(&invoice)?;
    session.invoice = Some(invoice.id.clone());
    for kind in [
        "invoice.created",
        "invoice.finalized",
        "invoice.paid",
        "invoice.payment_succeeded",
    ] {
        work.emit(kind, invoice.view(work.public_url))?;
    }
    Ok(())
}

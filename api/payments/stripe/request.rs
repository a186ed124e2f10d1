//! The one call that opens a checkout session, as a function of the purchase. It never looks at a
//! clock or a configuration: the call repeated after a crash has to be the same call.

use std::collections::HashMap;

use ledger::purchase::{Purchase, Tax};
use stripe_checkout::CheckoutSessionMode;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAdaptivePricing, CreateCheckoutSessionAutomaticTax,
    CreateCheckoutSessionInvoiceCreation, CreateCheckoutSessionInvoiceCreationInvoiceData,
    CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionLineItemsPriceDataTaxBehavior as TaxBehavior,
    CreateCheckoutSessionPaymentIntentData, ProductData,
};

use crate::payments::states::{ACCOUNT_ID, PURCHASE_ID};

pub(super) fn idempotency_keys(purchase: &Purchase) -> [String; 2] {
    let id = purchase.terms.purchase_id;
    [
        format!("credits-checkout-{id}"),
        format!("credits-checkout-{id}-2"),
    ]
}

pub(super) fn create_session(purchase: &Purchase) -> CreateCheckoutSession {
    let terms = &purchase.terms;
    let request = &purchase.request;
    // In another currency than the price's, the amount could not be held against our terms.
    let mut adaptive_pricing = CreateCheckoutSessionAdaptivePricing::new();
    adaptive_pricing.enabled = Some(false);
    let session = CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .line_items(vec![line_item(purchase)])
        .adaptive_pricing(adaptive_pricing)
        .client_reference_id(terms.purchase_id.to_string())
        .metadata(metadata(purchase))
        .success_url(request.success_url.clone())
        .cancel_url(request.cancel_url.clone())
        .expires_at(request.expires_at.unix_seconds());
    let session = match terms.tax {
        Tax::Off => session,
        // Stripe asks the buyer for whatever of an address it needs.
        Tax::OnTop | Tax::Included => {
            session.automatic_tax(CreateCheckoutSessionAutomaticTax::new(true))
        }
    };
    let session = if request.with_invoice {
        session.invoice_creation(invoice(purchase))
    } else {
        session
    };
    if terms.price.amount_minor == 0 {
        // Stripe makes no payment where there is nothing to pay.
        return session;
    }
    let mut payment = CreateCheckoutSessionPaymentIntentData::new();
    payment.metadata = Some(metadata(purchase));
    session.payment_intent_data(payment)
}

/// Its own events carry its own metadata.
fn invoice(purchase: &Purchase) -> CreateCheckoutSessionInvoiceCreation {
    let mut data = CreateCheckoutSessionInvoiceCreationInvoiceData::new();
    data.metadata = Some(metadata(purchase));
    let mut invoice = CreateCheckoutSessionInvoiceCreation::new(true);
    invoice.invoice_data = Some(data);
    invoice
}

fn line_item(purchase: &Purchase) -> CreateCheckoutSessionLineItems {
    let price = purchase.terms.price;
    // A currency Stripe's client doesn't know is passed on as it is.
    let Ok(currency) = price.currency.as_str().parse();
    let mut line = CreateCheckoutSessionLineItems::new();
    line.quantity = Some(1);
    line.price_data = Some(CreateCheckoutSessionLineItemsPriceData {
        currency,
        product: None,
        product_data: Some(ProductData::new(purchase.request.title.clone())),
        recurring: None,
        tax_behavior: tax_behavior(purchase.terms.tax),
        unit_amount: Some(price.amount_minor),
        unit_amount_decimal: None,
    });
    line
}

/// Said with each price, so that no setting at Stripe can change what it means.
const fn tax_behavior(tax: Tax) -> Option<TaxBehavior> {
    match tax {
        Tax::Off => None,
        Tax::OnTop => Some(TaxBehavior::Exclusive),
        Tax::Included => Some(TaxBehavior::Inclusive),
    }
}

pub(super) fn metadata(purchase: &Purchase) -> HashMap<String, String> {
    let terms = &purchase.terms;
    HashMap::from([
        (PURCHASE_ID.to_owned(), terms.purchase_id.to_string()),
        (ACCOUNT_ID.to_owned(), terms.account_id.to_string()),
    ])
}

/// The form's fields in the order of their names. A hash map writes its own in any order, and a
/// repeat should be the same to the byte.
pub(super) fn in_order(form: &str) -> String {
    let mut fields: Vec<&str> = form.split('&').collect();
    fields.sort_unstable();
    fields.join("&")
}

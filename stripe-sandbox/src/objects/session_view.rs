//! The session as Stripe shows it; fields for what the sandbox can't do say so with Stripe's own "off" values.

use serde_json::{Value, json};

use super::address::Address;
use super::session::{InvoiceData, Mode, Session, SessionStatus};

pub(super) fn view(session: &Session, public_url: &str) -> Value {
    let open = session.status == SessionStatus::Open;
    let pays = session.mode == Mode::Payment;
    json!({
        "adaptive_pricing": { "enabled": session.adaptive_pricing },
        "after_expiration": null,
        "allow_promotion_codes": null,
        "amount_subtotal": pays.then(|| session.amount_subtotal()),
        "amount_total": pays.then_some(session.amount_total),
        "automatic_tax": automatic_tax(session),
        "billing_address_collection": session.billing_address_collection,
        "cancel_url": session.cancel_url,
        "client_reference_id": session.client_reference_id,
        "client_secret": null,
        "collected_information": { "business_name": null, "individual_name": null, "shipping_details": null },
        "consent": null,
        "consent_collection": null,
        "created": session.created,
        "currency": (!session.currency.is_empty()).then_some(&session.currency),
        "currency_conversion": null,
        "custom_fields": [],
        "custom_text": custom_text(),
        "customer": session.customer,
        "customer_account": null,
        "customer_creation": session.customer_creation,
        "customer_details": customer_details(session),
        "customer_email": session.customer_email,
        "discounts": [],
        "expires_at": session.expires_at,
        "id": session.id,
        "integration_identifier": null,
        "invoice": session.invoice,
        "invoice_creation": pays.then(|| invoice_creation(session)),
        "livemode": false,
        "locale": session.locale,
        "managed_payments": { "enabled": false },
        "metadata": session.metadata,
        "mode": session.mode,
        "object": "checkout.session",
        "origin_context": null,
        "payment_intent": session.visible_intent(),
        "payment_link": null,
        "payment_method_collection": if pays { "if_required" } else { "always" },
        "payment_method_configuration_details": null,
        "payment_method_options": {},
        "payment_method_types": session.payment_method_types,
        "payment_status": session.payment_status,
        "permissions": null,
        "phone_number_collection": { "enabled": false },
        "recovered_from": null,
        "saved_payment_method_options": null,
        "setup_intent": session.setup_intent,
        "shipping_address_collection": null,
        "shipping_cost": null,
        "shipping_options": [],
        "status": session.status.name(),
        "submit_type": session.submit_type,
        "subscription": null,
        "success_url": session.success_url,
        "total_details": pays.then(|| total_details(session)),
        "ui_mode": "hosted_page",
        "url": open.then(|| session.page_url(public_url)),
        "wallet_options": null,
    })
}

fn total_details(session: &Session) -> Value {
    json!({ "amount_discount": 0, "amount_shipping": 0, "amount_tax": session.amount_tax() })
}

fn custom_text() -> Value {
    json!({
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null,
    })
}

/// Null until something is known about the payer.
fn customer_details(session: &Session) -> Value {
    let typed = session
        .payer_email
        .as_deref()
        .filter(|_| session.status == SessionStatus::Complete);
    let email = session.fixed_email().or(typed);
    if email.is_none() && session.status != SessionStatus::Complete {
        return Value::Null;
    }
    json!({
        "address": Address::of_country(session.payer_country.as_deref()).view(),
        "business_name": null,
        "email": email,
        "individual_name": null,
        "name": null,
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": [],
    })
}

/// Unknown until it is known where the payer is.
fn automatic_tax(session: &Session) -> Value {
    if !session.automatic_tax {
        return json!({ "enabled": false, "liability": null, "provider": null, "status": null });
    }
    let status = match session.payer_country {
        Some(_) => "complete",
        None => "requires_location_inputs",
    };
    json!({ "enabled": true, "liability": { "type": "self" }, "provider": "stripe", "status": status })
}

fn invoice_creation(session: &Session) -> Value {
    let none = InvoiceData::default();
    let data = session.invoice_data.as_ref();
    let InvoiceData {
        description,
        footer,
        metadata,
    } = data.unwrap_or(&none);
    json!({
        "enabled": data.is_some(),
        "invoice_data": {
            "account_tax_ids": null,
            "custom_fields": null,
            "description": description,
            "footer": footer,
            "issuer": null,
            "metadata": metadata,
            "rendering_options": null,
        },
    })
}

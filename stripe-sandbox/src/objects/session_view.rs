//! The session as Stripe shows it; fields for what the sandbox can't do say so with Stripe's own "off" values.

use serde_json::{Value, json};

use super::address::Address;
use super::session::{Session, SessionStatus};

pub(super) fn view(session: &Session, public_url: &str) -> Value {
    let open = session.status == SessionStatus::Open;
    json!({
        "adaptive_pricing": { "enabled": session.adaptive_pricing },
        "after_expiration": null,
        "allow_promotion_codes": null,
        "amount_subtotal": session.amount_total,
        "amount_total": session.amount_total,
        "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
        "billing_address_collection": session.billing_address_collection,
        "cancel_url": session.cancel_url,
        "client_reference_id": session.client_reference_id,
        "client_secret": null,
        "collected_information": { "business_name": null, "individual_name": null, "shipping_details": null },
        "consent": null,
        "consent_collection": null,
        "created": session.created,
        "currency": session.currency,
        "currency_conversion": null,
        "custom_fields": [],
        "custom_text": {
            "after_submit": null,
            "shipping_address": null,
            "submit": null,
            "terms_of_service_acceptance": null,
        },
        "customer": session.customer,
        "customer_account": null,
        "customer_creation": session.customer_creation,
        "customer_details": customer_details(session),
        "customer_email": session.customer_email,
        "discounts": [],
        "expires_at": session.expires_at,
        "id": session.id,
        "integration_identifier": null,
        "invoice": null,
        "invoice_creation": invoice_creation(),
        "livemode": false,
        "locale": session.locale,
        "managed_payments": { "enabled": false },
        "metadata": session.metadata,
        "mode": "payment",
        "object": "checkout.session",
        "origin_context": null,
        "payment_intent": session.visible_intent(),
        "payment_link": null,
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": null,
        "payment_method_options": {},
        "payment_method_types": session.payment_method_types,
        "payment_status": session.payment_status,
        "permissions": null,
        "phone_number_collection": { "enabled": false },
        "recovered_from": null,
        "saved_payment_method_options": null,
        "setup_intent": null,
        "shipping_address_collection": null,
        "shipping_cost": null,
        "shipping_options": [],
        "status": session.status.name(),
        "submit_type": session.submit_type,
        "subscription": null,
        "success_url": session.success_url,
        "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
        "ui_mode": "hosted_page",
        "url": open.then(|| session.page_url(public_url)),
        "wallet_options": null,
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
        "address": Address::default().view(),
        "business_name": null,
        "email": email,
        "individual_name": null,
        "name": null,
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": [],
    })
}

fn invoice_creation() -> Value {
    json!({
        "enabled": false,
        "invoice_data": {
            "account_tax_ids": null,
            "custom_fields": null,
            "description": null,
            "footer": null,
            "issuer": null,
            "metadata": {},
            "rendering_options": null,
        },
    })
}

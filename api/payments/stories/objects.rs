//! Things at Stripe as its events carry them: all that we read, under Stripe's names, and beside it much
//! that we do not. It leaves out nothing because we have no use for it.

use serde_json::{Value, json};

use super::stripe::{Thing, Truth, Which};
use super::{ACCOUNT, PRICE, PURCHASE};

/// An event of `kind` about the thing, in the moment after it became so.
pub fn event(id: &str, kind: &str, thing: &Thing, truth: &Truth, created: i64) -> String {
    let event = json!({
        "id": id,
        "object": "event",
        "api_version": "2026-09-30.endive",
        "created": created,
        "data": {
            "object": object(kind, thing, truth, created),
            "previous_attributes": { "status": "what it was before" },
        },
        "livemode": false,
        "pending_webhooks": 1,
        "request": { "id": "req_1", "idempotency_key": null },
        "type": kind,
    });
    event.to_string()
}

fn object(kind: &str, thing: &Thing, truth: &Truth, created: i64) -> Value {
    match thing {
        Thing::Session {
            which,
            status,
            payment_status,
        } => session(*which, status, payment_status, truth, created),
        Thing::Payment {
            which,
            status,
            last_attempt_failed,
        } if kind.starts_with("payment_intent.") => {
            payment_intent(*which, status, *last_attempt_failed, created)
        }
        Thing::Payment { which, status, .. } => charge(*which, status, truth, created),
        Thing::Refund { which, .. } if kind == "charge.refunded" => {
            charge(*which, "succeeded", truth, created)
        }
        Thing::Refund {
            name,
            which,
            amount,
            status,
            names_purchase,
        } => {
            let metadata = if *names_purchase {
                names(Which::Ours)
            } else {
                json!({})
            };
            refund(name, *which, *amount, status, metadata, created)
        }
        Thing::Dispute {
            name,
            which,
            amount,
            status,
        } => dispute(name, *which, *amount, status, created),
        Thing::Warning { which, actionable } => warning(*which, *actionable, created),
    }
}

/// The metadata that we put on all that we make.
fn names(which: Which) -> Value {
    match which {
        Which::Ours | Which::Second => json!({ "purchase_id": PURCHASE, "account_id": ACCOUNT }),
        Which::Foreign => json!({ "order": "6735" }),
    }
}

fn session(which: Which, status: &str, payment_status: &str, truth: &Truth, created: i64) -> Value {
    let payment = truth.payment(which).map(|_| which.id("pi"));
    let reference = (which != Which::Foreign).then_some(PURCHASE);
    json!({
        "id": which.id("cs"), "object": "checkout.session", "adaptive_pricing": { "enabled": false },
        "after_expiration": null, "allow_promotion_codes": null, "amount_subtotal": PRICE,
        "amount_total": PRICE, "automatic_tax": { "enabled": false, "liability": null, "status": null },
        "billing_address_collection": null, "cancel_url": "https://shop.test/back",
        "client_reference_id": reference, "client_secret": null, "created": created,
        "currency": "usd", "custom_fields": [], "customer": null, "customer_creation": "if_required",
        "customer_details": { "email": "payer@example.com", "name": null, "tax_exempt": "none" },
        "expires_at": created + 86_400, "invoice": null, "livemode": false, "locale": null,
        "metadata": names(which), "mode": "payment", "payment_intent": payment,
        "payment_method_types": ["card", "sepa_debit"], "payment_status": payment_status,
        "shipping_cost": null, "status": status, "submit_type": null,
        "success_url": "https://shop.test/thanks", "total_details": { "amount_discount": 0,
        "amount_shipping": 0, "amount_tax": 0 }, "ui_mode": "hosted", "url": null,
    })
}

fn payment_intent(which: Which, status: &str, last_attempt_failed: bool, created: i64) -> Value {
    let error = last_attempt_failed.then(|| {
        json!({
            "charge": which.id("ch"), "code": "card_declined", "decline_code": "generic_decline",
            "message": "Your card was declined.", "type": "card_error",
        })
    });
    let received = if status == "succeeded" { PRICE } else { 0 };
    json!({
        "id": which.id("pi"), "object": "payment_intent", "amount": PRICE, "amount_capturable": 0,
        "amount_details": { "tip": {} }, "amount_received": received, "application": null,
        "canceled_at": null, "cancellation_reason": null, "capture_method": "automatic_async",
        "client_secret": "pi_secret", "confirmation_method": "automatic", "created": created,
        "currency": "usd", "customer": null, "description": null, "last_payment_error": error,
        "latest_charge": which.id("ch"), "livemode": false, "metadata": names(which),
        "next_action": null, "payment_method": "pm_1", "payment_method_types": ["card"],
        "receipt_email": null, "setup_future_usage": null, "status": status,
    })
}

fn charge(which: Which, payment: &str, truth: &Truth, created: i64) -> Value {
    let refunded = truth.refunded(which);
    let (status, paid) = match payment {
        "succeeded" => ("succeeded", true),
        "processing" => ("pending", false),
        _ => ("failed", false),
    };
    let receipt = paid.then(|| which.id("https://pay.test/receipts/ch"));
    json!({
        "id": which.id("ch"), "object": "charge", "amount": PRICE, "amount_captured": PRICE,
        "amount_refunded": refunded, "application_fee": null, "balance_transaction": "txn_1",
        "billing_details": { "address": null, "email": "payer@example.com" }, "captured": paid,
        "created": created, "currency": "usd", "customer": null, "description": null,
        "disputed": truth.is_disputed(which), "failure_code": null, "fraud_details": {},
        "livemode": false, "metadata": names(which), "outcome": { "risk_level": "normal" },
        "paid": paid, "payment_intent": which.id("pi"), "payment_method": "pm_1",
        "receipt_email": null, "receipt_url": receipt, "refunded": refunded == PRICE,
        "status": status,
    })
}

fn refund(
    name: &str,
    which: Which,
    amount: i64,
    status: &str,
    metadata: Value,
    created: i64,
) -> Value {
    json!({
        "id": format!("re_{name}"), "object": "refund", "amount": amount,
        "balance_transaction": "txn_2", "charge": which.id("ch"), "created": created,
        "currency": "usd", "destination_details": { "type": "card" }, "metadata": metadata,
        "payment_intent": which.id("pi"), "reason": "requested_by_customer",
        "receipt_number": null, "source_transfer_reversal": null, "status": status,
        "transfer_reversal": null,
    })
}

fn dispute(name: &str, which: Which, amount: i64, status: &str, created: i64) -> Value {
    let is_inquiry = status.starts_with("warning_");
    json!({
        "id": format!("dp_{name}"), "object": "dispute", "amount": amount,
        "balance_transactions": [], "charge": which.id("ch"), "created": created,
        "currency": "usd", "enhanced_eligibility_types": [], "evidence": { "receipt": null },
        "evidence_details": { "due_by": created + 604_800, "has_evidence": false },
        "is_charge_refundable": is_inquiry, "livemode": false, "metadata": {},
        "payment_intent": which.id("pi"), "reason": "fraudulent", "status": status,
    })
}

fn warning(which: Which, actionable: bool, created: i64) -> Value {
    json!({
        "id": which.id("issfr"), "object": "radar.early_fraud_warning", "actionable": actionable,
        "charge": which.id("ch"), "created": created, "fraud_type": "made_with_stolen_card",
        "livemode": false, "payment_intent": which.id("pi"),
    })
}

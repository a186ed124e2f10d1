//! Tax, invoices and receipts: what a paid session leaves behind beside its payment.

use serde_json::{Value, json};

use crate::pay_page::fresh;
use crate::support::{Form, SESSION, TestSandbox, card_form, read};

async fn pay_from(sandbox: &TestSandbox, session: &Value, country: &str) {
    let form: Vec<(&str, &str)> = card_form("4242424242424242")
        .into_iter()
        .chain([("country", country)])
        .collect();
    assert_eq!(sandbox.submit(session, &form).await.status, 303);
}

const TAXED: Form<'static> = &[("automatic_tax[enabled]", "true")];

#[tokio::test]
async fn tax_follows_the_payers_country_and_the_subtotal_stays() {
    let sandbox = TestSandbox::start().await;
    for (country, tax) in [("DE", 475), ("US", 0)] {
        let session = sandbox.session(TAXED).await;
        assert_eq!(
            session["automatic_tax"]["status"],
            "requires_location_inputs"
        );
        pay_from(&sandbox, &session, country).await;
        let paid = fresh(&sandbox, &session).await;
        assert_eq!(paid["amount_subtotal"], 2_500);
        assert_eq!(paid["total_details"]["amount_tax"], tax);
        assert_eq!(paid["amount_total"], 2_500 + tax);
        assert_eq!(paid["payment_intent"]["amount_received"], 2_500 + tax);
        assert_eq!(paid["automatic_tax"]["status"], "complete");
        assert_eq!(paid["customer_details"]["address"]["country"], country);
    }
}

#[tokio::test]
async fn a_tax_within_the_price_changes_no_total() {
    let sandbox = TestSandbox::start().await;
    let inclusive = ("line_items[0][price_data][tax_behavior]", "inclusive");
    let session = sandbox.session(&[TAXED[0], inclusive]).await;
    pay_from(&sandbox, &session, "DE").await;
    let paid = fresh(&sandbox, &session).await;
    assert_eq!(paid["amount_total"], 2_500);
    assert_eq!(paid["total_details"]["amount_tax"], 399);
}

#[tokio::test]
async fn a_known_customer_is_taxed_from_the_start_or_asked() {
    let sandbox = TestSandbox::start().await;
    let german = [("address[country]", "DE"), ("email", "a@b.co")];
    let german = TestSandbox::assert_ok(&sandbox.post("/v1/customers", &german).await);
    let customer = ("customer", german["id"].as_str().unwrap());
    let session = sandbox.session(&[TAXED[0], customer]).await;
    assert_eq!(session["amount_total"], 2_975);
    let stranger = TestSandbox::assert_ok(&sandbox.post("/v1/customers", &[]).await);
    let customer = ("customer", stranger["id"].as_str().unwrap());
    let form: Vec<(&str, &str)> = SESSION
        .iter()
        .chain(&[TAXED[0], customer])
        .copied()
        .collect();
    let error = sandbox
        .post("/v1/checkout/sessions", &form)
        .await
        .refused(400);
    assert_eq!(error["code"], "customer_tax_location_invalid");
    let asked = ("customer_update[address]", "auto");
    let session = sandbox.session(&[TAXED[0], customer, asked]).await;
    pay_from(&sandbox, &session, "DE").await;
    let path = format!("/v1/customers/{}", customer.1);
    assert_eq!(sandbox.fetch(&path).await["address"]["country"], "DE");
}

#[tokio::test]
async fn an_invoice_is_made_when_the_money_is_there() {
    let sandbox = TestSandbox::start().await;
    let wanted = [
        TAXED[0],
        ("invoice_creation[enabled]", "true"),
        (
            "invoice_creation[invoice_data][description]",
            "Thank (you) €",
        ),
        (
            "invoice_creation[invoice_data][metadata][purchase_id]",
            "p1",
        ),
    ];
    let session = sandbox.session(&wanted).await;
    assert_eq!(session["invoice"], json!(null));
    pay_from(&sandbox, &session, "DE").await;
    let path = format!(
        "/v1/checkout/sessions/{}?expand[]=invoice",
        session["id"].as_str().unwrap()
    );
    let invoice = sandbox.fetch(&path).await["invoice"].clone();
    assert_eq!(
        (
            &invoice["status"],
            &invoice["total"],
            &invoice["amount_paid"]
        ),
        (&json!("paid"), &json!(2_975), &json!(2_975))
    );
    assert_eq!(invoice["metadata"]["purchase_id"], "p1");
    assert!(invoice["customer"].as_str().unwrap().starts_with("cus_"));
    let page = read(
        sandbox
            .http
            .get(invoice["hosted_invoice_url"].as_str().unwrap()),
    )
    .await;
    assert!(page.status == 200 && page.text.contains("$29.75"));
    let pdf = read(sandbox.http.get(invoice["invoice_pdf"].as_str().unwrap())).await;
    assert_eq!(pdf.header("content-type").unwrap(), "application/pdf");
    assert!(pdf.text.starts_with("%PDF-1.4") && pdf.text.contains(r"Thank \(you\) EUR"));
    let by_customer = format!(
        "/v1/invoices?customer={}",
        invoice["customer"].as_str().unwrap()
    );
    assert_eq!(
        sandbox.fetch(&by_customer).await["data"][0]["id"],
        invoice["id"]
    );
    let events = sandbox.event_types().await;
    assert!(events.contains(&"invoice.paid".to_owned()), "{events:?}");
}

#[tokio::test]
async fn a_delayed_payment_is_invoiced_only_once_it_has_arrived() {
    let sandbox = TestSandbox::start().await;
    for (outcome, invoiced) in [("succeeded", true), ("failed", false)] {
        let session = sandbox
            .session(&[("invoice_creation[enabled]", "true")])
            .await;
        let form = [("method", "delayed"), ("email", "payer@example.com")];
        sandbox.submit(&session, &form).await;
        assert_eq!(fresh(&sandbox, &session).await["invoice"], json!(null));
        let path = format!("/sessions/{}/settle", session["id"].as_str().unwrap());
        sandbox.order(&path, json!({ "outcome": outcome })).await;
        let settled = fresh(&sandbox, &session).await;
        assert_eq!(settled["invoice"].is_string(), invoiced);
    }
}

#[tokio::test]
async fn a_receipt_tells_what_was_paid_and_sent_back() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let url = paid["latest_charge"]["receipt_url"].as_str().unwrap();
    assert!(
        read(sandbox.http.get(url))
            .await
            .text
            .contains("Paid $20.00")
    );
    sandbox.refund(&paid, &[("amount", "500")]).await;
    assert!(
        read(sandbox.http.get(url))
            .await
            .text
            .contains("Refunded $5.00")
    );
}

#[tokio::test]
async fn a_currency_without_decimals_is_paid_taxed_and_refunded_whole() {
    let sandbox = TestSandbox::start().await;
    let form: Vec<(&str, &str)> = SESSION
        .iter()
        .map(|(name, value)| match *name {
            "line_items[0][price_data][currency]" => (*name, "jpy"),
            _ => (*name, *value),
        })
        .chain([TAXED[0]])
        .collect();
    let session = TestSandbox::assert_ok(&sandbox.post("/v1/checkout/sessions", &form).await);
    pay_from(&sandbox, &session, "DE").await;
    let paid = fresh(&sandbox, &session).await;
    assert_eq!(paid["amount_total"], 2_975);
    let intent = paid["payment_intent"].clone();
    let refund = sandbox.refund(&intent, &[("amount", "975")]).await;
    assert_eq!(refund["currency"], "jpy");
    let form = [
        ("payment_intent", intent["id"].as_str().unwrap()),
        ("amount", "2001"),
    ];
    let error = sandbox.post("/v1/refunds", &form).await.refused(400);
    assert!(error["message"].as_str().unwrap().contains("¥2,001"));
}

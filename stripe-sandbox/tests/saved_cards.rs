//! Saved cards: attached, set as default, detached, and charged while the payer is away.

use serde_json::{Value, json};

use crate::support::{Form, Reply, TestSandbox, read};

async fn customer(sandbox: &TestSandbox) -> String {
    let made = sandbox.post("/v1/customers", &[("email", "a@b.co")]).await;
    text(&TestSandbox::assert_ok(&made)["id"])
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

async fn attach(sandbox: &TestSandbox, method: &str, customer: &str) -> Reply {
    let path = format!("/v1/payment_methods/{method}/attach");
    sandbox.post(&path, &[("customer", customer)]).await
}

/// A customer with a saved card.
async fn saved(sandbox: &TestSandbox, method: &str) -> (String, String) {
    let customer = customer(sandbox).await;
    let attached = TestSandbox::assert_ok(&attach(sandbox, method, &customer).await);
    assert_eq!(attached["customer"], customer.as_str());
    (customer, text(&attached["id"]))
}

async fn charge(sandbox: &TestSandbox, customer: &str, method: &str) -> Reply {
    let form: Form<'_> = &[
        ("amount", "2000"),
        ("currency", "usd"),
        ("customer", customer),
        ("payment_method", method),
        ("off_session", "true"),
        ("confirm", "true"),
    ];
    sandbox.post("/v1/payment_intents", form).await
}

#[tokio::test]
async fn a_card_is_attached_listed_and_detached_for_good() {
    let sandbox = TestSandbox::start().await;
    let (customer, method) = saved(&sandbox, "pm_card_visa").await;
    for list in [
        format!("/v1/customers/{customer}/payment_methods"),
        format!("/v1/payment_methods?customer={customer}&type=card"),
    ] {
        assert_eq!(sandbox.fetch(&list).await["data"][0]["id"], method.as_str());
    }
    let path = format!("/v1/payment_methods/{method}/detach");
    let detached = TestSandbox::assert_ok(&sandbox.post(&path, &[]).await);
    assert_eq!(detached["customer"], json!(null));
    assert_eq!(
        sandbox.event_types().await,
        [
            "customer.created",
            "payment_method.attached",
            "payment_method.detached"
        ]
    );
    let list = format!("/v1/customers/{customer}/payment_methods");
    assert_eq!(sandbox.fetch(&list).await["data"], json!([]));
    sandbox.post(&path, &[]).await.refused(400);
    attach(&sandbox, &method, &customer).await.refused(400);
    charge(&sandbox, &customer, &method).await.refused(400);
}

#[tokio::test]
async fn the_default_card_goes_with_the_card() {
    let sandbox = TestSandbox::start().await;
    let (customer, method) = saved(&sandbox, "pm_card_visa").await;
    let path = format!("/v1/customers/{customer}");
    let name = "invoice_settings[default_payment_method]";
    let set = sandbox.post(&path, &[(name, &method)]).await;
    let set = TestSandbox::assert_ok(&set);
    assert_eq!(
        set["invoice_settings"]["default_payment_method"],
        method.as_str()
    );
    let expanded = sandbox
        .fetch(&format!(
            "{path}?expand[]=invoice_settings.default_payment_method"
        ))
        .await;
    assert_eq!(
        expanded["invoice_settings"]["default_payment_method"]["card"]["last4"],
        "4242"
    );
    let stranger = saved(&sandbox, "pm_card_visa").await.1;
    sandbox.post(&path, &[(name, &stranger)]).await.refused(400);
    sandbox
        .post(&format!("/v1/payment_methods/{method}/detach"), &[])
        .await;
    let left = sandbox.fetch(&path).await;
    assert_eq!(
        left["invoice_settings"]["default_payment_method"],
        json!(null)
    );
    assert_eq!(
        sandbox.event_types().await.last().unwrap(),
        "customer.updated"
    );
}

#[tokio::test]
async fn a_deleted_customer_keeps_no_card_and_pays_no_more() {
    let sandbox = TestSandbox::start().await;
    let (customer, method) = saved(&sandbox, "pm_card_visa").await;
    let path = format!("/v1/customers/{customer}");
    let gone = read(sandbox.request(reqwest::Method::DELETE, &path)).await;
    assert_eq!(TestSandbox::assert_ok(&gone)["deleted"], true);
    assert_eq!(sandbox.fetch(&path).await["deleted"], true);
    assert_eq!(sandbox.fetch("/v1/customers").await["data"], json!([]));
    let kept = sandbox
        .fetch(&format!("/v1/payment_methods/{method}"))
        .await;
    assert_eq!(kept["customer"], json!(null));
    let error = charge(&sandbox, &customer, "pm_card_visa")
        .await
        .refused(400);
    assert_eq!(error["code"], "resource_missing");
    assert_eq!(
        sandbox.event_types().await.last().unwrap(),
        "customer.deleted"
    );
}

#[tokio::test]
async fn a_saved_card_pays_while_its_owner_is_away() {
    let sandbox = TestSandbox::start().await;
    let (customer, method) = saved(&sandbox, "pm_card_visa").await;
    let before = sandbox.event_types().await.len();
    let paid = TestSandbox::assert_ok(&charge(&sandbox, &customer, &method).await);
    assert_eq!(
        (&paid["status"], &paid["customer"], &paid["payment_method"]),
        (&json!("succeeded"), &json!(customer), &json!(method))
    );
    assert_eq!(
        sandbox.events_since(before).await,
        [
            "payment_intent.created",
            "payment_intent.succeeded",
            "charge.succeeded"
        ]
    );
    let other = saved(&sandbox, "pm_card_visa").await.0;
    charge(&sandbox, &other, &method).await.refused(400);
}

#[tokio::test]
async fn every_decline_is_told_with_stripes_codes_and_advice() {
    let sandbox = TestSandbox::start().await;
    let (customer, method) = saved(&sandbox, "pm_card_visa").await;
    for (like, code, decline_code, advice) in [
        (
            "pm_card_visa_chargeDeclined",
            "card_declined",
            "generic_decline",
            "try_again_later",
        ),
        (
            "pm_card_visa_chargeDeclinedInsufficientFunds",
            "card_declined",
            "insufficient_funds",
            "try_again_later",
        ),
        (
            "pm_card_visa_chargeDeclinedLostCard",
            "card_declined",
            "lost_card",
            "do_not_try_again",
        ),
        (
            "pm_card_visa_chargeDeclinedStolenCard",
            "card_declined",
            "stolen_card",
            "do_not_try_again",
        ),
        (
            "pm_card_visa_chargeDeclinedVelocityLimitExceeded",
            "card_declined",
            "card_velocity_exceeded",
            "try_again_later",
        ),
        (
            "pm_card_chargeDeclinedExpiredCard",
            "expired_card",
            "",
            "do_not_try_again",
        ),
        (
            "pm_card_chargeDeclinedIncorrectCvc",
            "incorrect_cvc",
            "",
            "confirm_card_data",
        ),
        (
            "pm_card_chargeDeclinedProcessingError",
            "processing_error",
            "",
            "try_again_later",
        ),
        (
            "pm_card_chargeCustomerFail",
            "card_declined",
            "generic_decline",
            "try_again_later",
        ),
        (
            "pm_card_authenticationRequired",
            "authentication_required",
            "authentication_required",
            "",
        ),
    ] {
        let order = format!("/payment_methods/{method}/behave");
        sandbox.order(&order, json!({ "like": like })).await;
        let error = charge(&sandbox, &customer, &method).await.refused(402);
        let or_null = |text: &str| {
            if text.is_empty() {
                json!(null)
            } else {
                json!(text)
            }
        };
        assert_eq!(error["type"], "card_error", "{like}");
        assert_eq!(error["code"], code, "{like}");
        assert_eq!(error["decline_code"], or_null(decline_code), "{like}");
        assert_eq!(error["advice_code"], or_null(advice), "{like}");
        assert_eq!(error["payment_method"]["id"], method.as_str());
        assert_eq!(error["payment_intent"]["status"], "requires_payment_method");
        assert_eq!(error["payment_intent"]["last_payment_error"]["code"], code);
    }
    let order = format!("/payment_methods/{method}/behave");
    sandbox
        .order(&order, json!({ "like": "pm_card_visa" }))
        .await;
    TestSandbox::assert_ok(&charge(&sandbox, &customer, &method).await);
}

#[tokio::test]
async fn a_card_that_declines_cannot_be_saved_but_one_that_fails_later_can() {
    let sandbox = TestSandbox::start().await;
    let customer = customer(&sandbox).await;
    let error = attach(&sandbox, "pm_card_visa_chargeDeclined", &customer)
        .await
        .refused(402);
    assert_eq!(error["decline_code"], "generic_decline");
    let (customer, method) = saved(&sandbox, "pm_card_chargeCustomerFail").await;
    let error = charge(&sandbox, &customer, &method).await.refused(402);
    assert_eq!(error["decline_code"], "generic_decline");
}

#[tokio::test]
async fn a_customer_is_made_with_a_card_or_not_at_all() {
    let sandbox = TestSandbox::start().await;
    let form = [("payment_method", "pm_card_visa")];
    let made = TestSandbox::assert_ok(&sandbox.post("/v1/customers", &form).await);
    let list = format!("/v1/customers/{}/payment_methods", text(&made["id"]));
    assert_eq!(
        sandbox.fetch(&list).await["data"][0]["card"]["last4"],
        "4242"
    );
    let form = [("payment_method", "pm_card_visa_chargeDeclined")];
    sandbox.post("/v1/customers", &form).await.refused(402);
    assert_eq!(
        sandbox.fetch("/v1/customers").await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_card_used_by_a_guest_is_spent() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let method = paid["payment_method"].as_str().unwrap();
    let customer = customer(&sandbox).await;
    attach(&sandbox, method, &customer).await.refused(400);
}

#[tokio::test]
async fn a_payment_that_says_so_saves_its_card() {
    let sandbox = TestSandbox::start().await;
    let customer = customer(&sandbox).await;
    let session = sandbox
        .session(&[
            ("customer", &customer),
            ("payment_intent_data[setup_future_usage]", "off_session"),
        ])
        .await;
    sandbox.pay(&session, "4000000000000002").await;
    let list = format!("/v1/customers/{customer}/payment_methods");
    assert_eq!(sandbox.fetch(&list).await["data"], json!([]));
    assert_eq!(sandbox.pay(&session, "4242424242424242").await.status, 303);
    let method = text(&sandbox.fetch(&list).await["data"][0]["id"]);
    TestSandbox::assert_ok(&charge(&sandbox, &customer, &method).await);
}

#[tokio::test]
async fn authentication_once_is_enough_for_some_cards_and_never_for_others() {
    let sandbox = TestSandbox::start().await;
    for (number, pays) in [
        ("4000002500003155", true),
        ("4000002760003184", false),
        ("4000003800000446", true),
        ("4000008260003178", false),
    ] {
        let customer = customer(&sandbox).await;
        let form = [
            ("mode", "setup"),
            ("currency", "usd"),
            ("success_url", "https://shop.test/ok"),
            ("customer", &customer),
        ];
        let session = TestSandbox::assert_ok(&sandbox.post("/v1/checkout/sessions", &form).await);
        sandbox.pay(&session, number).await;
        let approve = [("authentication", "approve")];
        assert_eq!(sandbox.submit(&session, &approve).await.status, 303);
        let list = format!("/v1/customers/{customer}/payment_methods");
        let method = text(&sandbox.fetch(&list).await["data"][0]["id"]);
        let reply = charge(&sandbox, &customer, &method).await;
        if pays {
            TestSandbox::assert_ok(&reply);
        } else {
            assert_eq!(reply.refused(402)["code"], "authentication_required");
        }
    }
}

#[tokio::test]
async fn a_payment_that_needed_its_payer_is_finished_by_them() {
    let sandbox = TestSandbox::start().await;
    let (customer, method) = saved(&sandbox, "pm_card_authenticationRequired").await;
    let error = charge(&sandbox, &customer, &method).await.refused(402);
    let intent = format!(
        "/v1/payment_intents/{}",
        text(&error["payment_intent"]["id"])
    );
    let form = [("payment_method", method.as_str())];
    let waiting = sandbox.post(&format!("{intent}/confirm"), &form).await;
    let url = text(&TestSandbox::assert_ok(&waiting)["next_action"]["redirect_to_url"]["url"]);
    let answer = |verdict| read(sandbox.http.post(&url).form(&[("authentication", verdict)]));
    answer("refuse").await;
    let failed = sandbox.fetch(&intent).await;
    assert_eq!(
        failed["last_payment_error"]["code"],
        "payment_intent_authentication_failure"
    );
    sandbox.post(&format!("{intent}/confirm"), &form).await;
    answer("approve").await;
    assert_eq!(sandbox.fetch(&intent).await["status"], "succeeded");
}

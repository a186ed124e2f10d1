//! The hosted page: every way a payer can take through it, and that none of them charges twice.

use serde_json::{Value, json};

use crate::support::{TestSandbox, card_form, read};

pub async fn fresh(sandbox: &TestSandbox, session: &Value) -> Value {
    let id = session["id"].as_str().unwrap();
    sandbox
        .fetch(&format!(
            "/v1/checkout/sessions/{id}?expand[]=payment_intent.latest_charge"
        ))
        .await
}

pub async fn show(sandbox: &TestSandbox, session: &Value) -> crate::support::Reply {
    read(sandbox.http.get(format!(
        "{}/c/pay/{}",
        sandbox.url,
        session["id"].as_str().unwrap()
    )))
    .await
}

#[tokio::test]
async fn the_page_shows_the_order_and_works_without_scripts() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox.session(&[]).await;
    let page = show(&sandbox, &session).await;
    assert_eq!(page.status, 200);
    for part in [
        "SANDBOX",
        "500 &lt;b&gt;credits&lt;/b&gt;",
        "$25.00",
        "2 × $12.50",
        "4242424242424242",
        "prefers-color-scheme",
        "https://shop.test/back",
    ] {
        assert!(page.text.contains(part), "{part}");
    }
    for name in ["card_number", "exp", "cvc", "email"] {
        assert!(page.text.contains(&format!(r#"name="{name}""#)), "{name}");
    }
    assert!(!page.text.contains("<script"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'none'")
    );
}

#[tokio::test]
async fn the_paying_card_completes_the_session_and_redirects() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox
        .session(&[("payment_intent_data[metadata][purchase_id]", "p1")])
        .await;
    let reply = sandbox.pay(&session, "4242 4242 4242 4242").await;
    assert_eq!(reply.status, 303);
    let id = session["id"].as_str().unwrap();
    assert_eq!(
        reply.header("location").unwrap(),
        format!("https://shop.test/ok?session={id}")
    );
    let paid = fresh(&sandbox, &session).await;
    assert_eq!(
        (&paid["status"], &paid["payment_status"]),
        (&json!("complete"), &json!("paid"))
    );
    assert_eq!(paid["url"], json!(null));
    assert_eq!(paid["customer_details"]["email"], "payer@example.com");
    assert_eq!(paid["payment_intent"]["status"], "succeeded");
    assert_eq!(paid["payment_intent"]["amount_received"], 2_500);
    assert_eq!(paid["payment_intent"]["metadata"]["purchase_id"], "p1");
    assert_eq!(paid["payment_intent"]["latest_charge"]["paid"], true);
    assert_eq!(
        sandbox.event_types().await,
        [
            "payment_intent.created",
            "payment_intent.succeeded",
            "charge.succeeded",
            "checkout.session.completed"
        ]
    );
    let intent = paid["payment_intent"]["id"].as_str().unwrap();
    let found = sandbox
        .fetch(&format!("/v1/checkout/sessions?payment_intent={intent}"))
        .await;
    assert_eq!(found["data"][0]["id"], session["id"]);
    let receipt = paid["payment_intent"]["latest_charge"]["receipt_url"]
        .as_str()
        .unwrap();
    assert!(
        read(sandbox.http.get(receipt))
            .await
            .text
            .contains("$25.00")
    );
}

#[tokio::test]
async fn a_declined_card_says_so_and_another_one_may_pay() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox.session(&[]).await;
    let page = sandbox.pay(&session, "4000000000000002").await;
    assert_eq!(page.status, 402);
    assert!(page.text.contains("Your card was declined."));
    assert!(
        !page.text.contains("4000 0000") && !page.text.contains(r#"value="4000"#),
        "the number is not shown again"
    );
    let poor = sandbox.pay(&session, "4000000000009995").await;
    assert!(poor.text.contains("Your card has insufficient funds."));
    let open = fresh(&sandbox, &session).await;
    assert_eq!(
        (&open["status"], &open["payment_intent"]),
        (&json!("open"), &json!(null))
    );
    assert_eq!(sandbox.pay(&session, "4242424242424242").await.status, 303);
    let intents = sandbox.fetch("/v1/payment_intents").await;
    assert_eq!(
        intents["data"].as_array().unwrap().len(),
        1,
        "the attempts share an intent"
    );
    let types = sandbox.event_types().await;
    assert_eq!(
        types
            .iter()
            .filter(|kind| *kind == "payment_intent.payment_failed")
            .count(),
        2
    );
    assert_eq!(
        types
            .iter()
            .filter(|kind| *kind == "charge.succeeded")
            .count(),
        1
    );
}

#[tokio::test]
async fn wrong_fields_are_explained_and_charge_nobody() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox.session(&[]).await;
    for (card, exp, cvc, email, message) in [
        (
            "4242424242424241",
            "12/44",
            "123",
            "a@b.co",
            "card number is invalid",
        ),
        (
            "4111111111111111",
            "12/44",
            "123",
            "a@b.co",
            "test cards only",
        ),
        ("4242424242424242", "01/20", "123", "a@b.co", "in the past"),
        ("4242424242424242", "soon", "123", "a@b.co", "MM/YY"),
        (
            "4242424242424242",
            "12/44",
            "1",
            "a@b.co",
            "security code is incomplete",
        ),
        (
            "4242424242424242",
            "12/44",
            "123",
            "nobody",
            "email address is invalid",
        ),
        ("", "", "", "", "Enter a card number"),
    ] {
        let form = [
            ("card_number", card),
            ("exp", exp),
            ("cvc", cvc),
            ("email", email),
        ];
        let page = sandbox.submit(&session, &form).await;
        assert_eq!(page.status, 400);
        assert!(page.text.contains(message), "{message}");
    }
    assert!(sandbox.event_types().await.is_empty());
}

#[tokio::test]
async fn paying_twice_charges_once() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox.session(&[]).await;
    let form = card_form("4242424242424242");
    let (one, two) = tokio::join!(
        sandbox.submit(&session, &form),
        sandbox.submit(&session, &form)
    );
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert!(
        show(&sandbox, &session)
            .await
            .text
            .contains("You have paid already")
    );
    let types = sandbox.event_types().await;
    assert_eq!(
        types
            .iter()
            .filter(|kind| *kind == "charge.succeeded")
            .count(),
        1
    );
}

#[tokio::test]
async fn an_expired_session_takes_no_money() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox.session(&[]).await;
    let id = session["id"].as_str().unwrap();
    sandbox
        .post(&format!("/v1/checkout/sessions/{id}/expire"), &[])
        .await;
    let page = sandbox.pay(&session, "4242424242424242").await;
    assert_eq!(page.status, 410);
    assert!(page.text.contains("has expired"));
    assert!(
        sandbox.fetch("/v1/payment_intents").await["data"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        read(
            sandbox
                .http
                .get(format!("{}/c/pay/cs_test_none", sandbox.url))
        )
        .await
        .status,
        404
    );
}

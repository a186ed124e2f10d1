//! Customers: made, changed, cleared.

use serde_json::json;

use crate::support::TestSandbox;

#[tokio::test]
async fn an_update_changes_what_is_given_and_says_what_was_before() {
    let sandbox = TestSandbox::start().await;
    let form = [
        ("email", "a@b.co"),
        ("name", "Ann"),
        ("metadata[x]", "1"),
        ("metadata[y]", "2"),
    ];
    let customer = TestSandbox::assert_ok(&sandbox.post("/v1/customers", &form).await);
    let path = format!("/v1/customers/{}", customer["id"].as_str().unwrap());
    let changes = [("name", ""), ("metadata[x]", ""), ("metadata[z]", "3")];
    let changed = TestSandbox::assert_ok(&sandbox.post(&path, &changes).await);
    assert_eq!(changed["name"], json!(null));
    assert_eq!(changed["email"], "a@b.co");
    assert_eq!(changed["metadata"], json!({ "y": "2", "z": "3" }));
    assert_eq!(sandbox.fetch(&path).await, changed);
    let event = &sandbox.fetch("/v1/events?type=customer.updated").await["data"][0];
    assert_eq!(event["data"]["previous_attributes"]["name"], "Ann");
    assert_eq!(
        sandbox
            .post(&path, &[("email", "nobody")])
            .await
            .refused(400)["code"],
        "email_invalid"
    );
}

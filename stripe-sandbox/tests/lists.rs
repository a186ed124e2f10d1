//! Lists: newest first, pages in both directions, filters.

use crate::support::TestSandbox;

fn ids(list: &serde_json::Value) -> Vec<String> {
    list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn pages_follow_each_other_in_both_directions() {
    let sandbox = TestSandbox::start().await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.insert(
            0,
            sandbox.session(&[]).await["id"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    let url = "/v1/checkout/sessions?limit=2";
    let first = sandbox.fetch(url).await;
    assert_eq!(
        (ids(&first), &first["has_more"]),
        (made[..2].to_vec(), &true.into())
    );
    let second = sandbox
        .fetch(&format!("{url}&starting_after={}", made[1]))
        .await;
    assert_eq!(ids(&second), made[2..4]);
    let last = sandbox
        .fetch(&format!("{url}&starting_after={}", made[3]))
        .await;
    assert_eq!(
        (ids(&last), &last["has_more"]),
        (made[4..].to_vec(), &false.into())
    );
    let back = sandbox
        .fetch(&format!("{url}&ending_before={}", made[4]))
        .await;
    assert_eq!(
        (ids(&back), &back["has_more"]),
        (made[2..4].to_vec(), &true.into())
    );
}

#[tokio::test]
async fn filters_keep_what_they_name() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.session(&[]).await;
    sandbox.pay(&paid, "4242424242424242").await;
    let open = sandbox.session(&[]).await;
    let complete = sandbox.fetch("/v1/checkout/sessions?status=complete").await;
    assert_eq!(ids(&complete), [paid["id"].as_str().unwrap()]);
    let created = open["created"].as_i64().unwrap();
    for (filter, count) in [
        (format!("created[gte]={created}"), 1..3),
        (format!("created[gt]={}", created + 5), 0..1),
        (format!("created[lte]={}", created + 5), 2..3),
        (format!("created[lt]={}", created - 60), 0..1),
    ] {
        let found = sandbox
            .fetch(&format!("/v1/checkout/sessions?{filter}"))
            .await;
        assert!(count.contains(&ids(&found).len()), "{filter}: {found}");
    }
    let charges = sandbox.fetch("/v1/events?type=charge.*").await;
    assert_eq!(charges["data"][0]["type"], "charge.succeeded");
    assert_eq!(ids(&charges).len(), 1);
}

#[tokio::test]
async fn wrong_paging_is_refused() {
    let sandbox = TestSandbox::start().await;
    for (query, param) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("starting_after=cs_no", "starting_after"),
        ("starting_after=a&ending_before=b", "starting_after"),
        ("created[since]=1", "created[since]"),
        ("created=yesterday", "created"),
        ("colour=red", "colour"),
    ] {
        let error = sandbox
            .get(&format!("/v1/checkout/sessions?{query}"))
            .await
            .refused(400);
        assert_eq!(error["param"], param, "{query}");
    }
}

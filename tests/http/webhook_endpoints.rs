//! Webhooks out: every notice gets to the platform's own systems, signed, in the order of its account, at
//! least once, for as long as there is hope, and nowhere that it must not go.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::support::app::{TestApp, run};
use crate::support::databases::TestDatabase;
use crate::support::polling::until;
use crate::support::receiver::{DELIVERIES, ENDPOINTS, Receiver};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn path(endpoint: &Value, rest: &str) -> String {
    format!("{ENDPOINTS}/{}{rest}", endpoint["id"].as_str().unwrap())
}

with_app! {
    async fn an_endpoint_is_sent_what_happens_as_the_feed_shows_it(app: &mut TestApp) {
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url(), &[]).await;
        app.give("user-1", "+150").await;
        app.debit("user-1", "60", "r-1").await;
        let got = receiver.until_it_got(2).await;
        let feed = app.as_user("user-1").get("/v1/notifications").await.ok();
        for (got, notice) in got.iter().zip(feed["data"].as_array().unwrap().iter().rev()) {
            assert_eq!((json!(got.id), &got.body["type"]), (notice["id"].clone(), &notice["kind"]));
            assert_eq!(got.body["timestamp"], notice["created_at"]);
            assert_eq!(got.body["data"]["account_id"], "user-1");
            for (member, value) in got.body["data"].as_object().unwrap() {
                assert!(member == "account_id" || *value == notice[member], "{member}: {value}");
            }
            assert_eq!(got.timestamp, app.clock.now().unix_seconds());
            assert!(got.signatures[0].starts_with("v1,") && got.signatures.len() == 1);
        }
        let delivered = app.until_deliveries("delivered", 2).await;
        let newest = &delivered[0];
        assert_eq!((&newest["kind"], &newest["channel"]), (&json!("balance.low"), &json!("webhook")));
        assert_eq!((&newest["endpoint_id"], &newest["answer_status"]), (&endpoint["id"], &json!(204)));
        assert_eq!((&newest["attempts"], &newest["next_attempt_at"]), (&json!(1), &json!(null)));
    }

    async fn it_is_sent_the_kinds_that_it_takes_and_while_it_is_on(app: &mut TestApp) {
        let (some, all) = (Receiver::start().await, Receiver::start().await);
        let endpoint = app.endpoint(&some.url(), &["balance.low"]).await;
        app.endpoint(&all.url(), &[]).await;
        app.give("user-1", "+150").await;
        app.debit("user-1", "60", "r-1").await;
        all.until_it_got(2).await;
        assert_eq!(some.until_it_got(1).await[0].body["type"], "balance.low");
        let admin = app.as_admin();
        let off = json!({"url": some.url(), "enabled": false, "description": "in the shop"});
        let shown = admin.put(&path(&endpoint, ""), &off).await.ok();
        assert_eq!((&shown["enabled"], &shown["disabled_because"]), (&json!(false), &json!("switched_off")));
        assert_eq!((shown.get("kinds"), &shown["description"]), (None, &json!("in the shop")));
        app.give("user-1", "+1").await;
        all.until_it_got(3).await;
        let on = admin.put(&path(&endpoint, ""), &json!({"url": some.url()})).await.ok();
        assert_eq!((&on["enabled"], on.get("disabled_because")), (&json!(true), None));
        app.give("user-1", "+2").await;
        all.until_it_got(4).await;
        assert_eq!(some.until_it_got(2).await[1].body["data"]["credits"], "2", "what came meanwhile is not sent");
        let listed = admin.get(ENDPOINTS).await.ok();
        assert_eq!(listed["data"][0], admin.get(&path(&endpoint, "")).await.ok());
        assert_eq!(listed["data"].as_array().unwrap().len(), 2);
    }

    async fn what_fails_is_tried_again_before_what_comes_after_it(app: &mut TestApp) {
        let receiver = Receiver::start().await;
        receiver.answer(ResponseTemplate::new(500).set_body_string("not \u{7} today"));
        let endpoint = app.endpoint(&receiver.url(), &[]).await;
        app.give("user-1", "+150").await;
        app.debit("user-1", "60", "r-1").await;
        let failing = until("an attempt is noted", async || {
            let waiting = app.until_deliveries("waiting", 2).await.pop().unwrap();
            waiting["answer"].is_string().then_some(waiting)
        }).await;
        assert_eq!((&failing["answer"], &failing["answer_status"]), (&json!("not   today"), &json!(500)));
        assert!(app.as_admin().get(&path(&endpoint, "")).await.ok()["failing_since"].is_string());
        app.give("user-2", "+1").await;
        until("another account's", async || {
            let waiting = app.until_deliveries("waiting", 3).await;
            waiting.iter().any(|it| it["account_id"] == "user-2" && it["answer"].is_string()).then_some(())
        }).await;
        assert_eq!(receiver.kinds("user-1"), ["credits.given"], "nothing overtakes it");
        receiver.answer(ResponseTemplate::new(200));
        app.advance(HOUR);
        app.until_deliveries("delivered", 3).await;
        assert_eq!(receiver.kinds("user-1"), ["credits.given", "credits.given", "balance.low"]);
        let got = receiver.got();
        let of_one: Vec<_> = got.iter().filter(|it| it.body["data"]["number"] == 1 && it.body["data"]["account_id"] == "user-1").collect();
        assert!(of_one[0].id == of_one[1].id && of_one[0].text == of_one[1].text, "it can be told by its id");
        assert!(of_one[0].timestamp < of_one[1].timestamp);
        assert_eq!(app.as_admin().get(&path(&endpoint, "")).await.ok().get("failing_since"), None);
    }

    async fn no_redirect_is_followed(app: &mut TestApp) {
        let (first, second) = (Receiver::start().await, Receiver::start().await);
        first.answer(ResponseTemplate::new(302).insert_header("location", second.url()));
        app.endpoint(&first.url(), &[]).await;
        app.give("user-1", "+1").await;
        first.until_it_got(1).await;
        let failed = until("the answer is noted", async || {
            let waiting = app.until_deliveries("waiting", 1).await.pop().unwrap();
            (waiting["answer_status"] == 302).then_some(waiting)
        }).await;
        assert_eq!(failed["attempts"], 1);
        assert_eq!(second.got().len(), 0);
    }

    async fn an_endpoint_that_is_gone_is_disabled_and_its_owner_told(app: &mut TestApp) {
        let (gone, other) = (Receiver::start().await, Receiver::start().await);
        gone.answer(ResponseTemplate::new(410));
        let endpoint = app.endpoint(&gone.url(), &["credits.given"]).await;
        app.endpoint(&other.url(), &["webhook_endpoint.disabled"]).await;
        app.give("user-1", "+1").await;
        let told = other.until_it_got(1).await;
        let owner = endpoint["owner"].as_str().unwrap();
        assert_eq!(told[0].body["data"]["account_id"], owner);
        assert_eq!((&told[0].body["data"]["endpoint_id"], &told[0].body["data"]["url"]),
            (&endpoint["id"], &endpoint["url"]));
        let shown = app.as_admin().get(&path(&endpoint, "")).await.ok();
        assert_eq!(shown["disabled_because"], "gone");
        let dead = app.until_deliveries("given_up", 1).await;
        assert_eq!((&dead[0]["answer_status"], &dead[0]["attempts"]), (&json!(410), &json!(1)));
    }

    async fn one_that_fails_for_five_days_is_disabled_and_told_of_once(app: &mut TestApp) {
        let receiver = Receiver::start().await;
        receiver.answer(ResponseTemplate::new(503));
        let endpoint = app.endpoint(&receiver.url(), &["credits.given", "balance.low"]).await;
        app.give("user-1", "+150").await;
        receiver.until_it_got(1).await;
        until("the failure is noted", async || {
            app.as_admin().get(&path(&endpoint, "")).await.ok()["failing_since"].is_string().then_some(())
        }).await;
        app.advance(5 * DAY);
        let told = until("it is disabled", async || {
            let feed = app.as_admin().get("/v1/notifications").await.ok();
            let newest = feed["data"][0].clone();
            (newest["kind"] == "webhook_endpoint.disabled").then_some(newest)
        }).await;
        assert_eq!((&told["endpoint_id"], &told["url"]), (&endpoint["id"], &endpoint["url"]));
        let shown = app.as_admin().get(&path(&endpoint, "")).await.ok();
        assert_eq!((&shown["enabled"], &shown["disabled_because"]), (&json!(false), &json!("failing")));
        app.advance(DAY);
        let dead = app.until_deliveries("given_up", 1).await;
        assert_eq!(dead[0]["answer"], "the endpoint is switched off");
        // Mended and switched on again, it gets what it has missed.
        receiver.answer(ResponseTemplate::new(200));
        app.as_admin().put(&path(&endpoint, ""), &json!({"url": receiver.url()})).await.ok();
        let replayed = app.as_admin().post(&path(&endpoint, "/replay"), &json!({})).await.ok();
        assert_eq!(replayed, json!({"replayed": 1}));
        let sent = app.until_deliveries("delivered", 1).await;
        assert_eq!((&sent[0]["kind"], &sent[0]["attempts"]), (&json!("credits.given"), &json!(1)));
        let feed = app.as_admin().get("/v1/notifications").await.ok();
        assert_eq!(feed["data"].as_array().unwrap().len(), 1, "{feed}");
    }

    async fn any_delivery_can_be_sent_once_more(app: &mut TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url(), &[]).await;
        app.give("user-1", "+1").await;
        app.give("user-1", "+2").await;
        let delivered = app.until_deliveries("delivered", 2).await;
        let again = format!("{DELIVERIES}/{}/replay", delivered[1]["id"].as_str().unwrap());
        let waiting = app.as_admin().post(&again, &json!({})).await.ok();
        assert_eq!((&waiting["status"], &waiting["attempts"]), (&json!("waiting"), &json!(0)));
        let got = receiver.until_it_got(3).await;
        assert_eq!((&got[2].id, &got[2].text), (&got[0].id, &got[0].text));
        let first = format!("{DELIVERIES}?limit=1&account_id=user-1");
        let page = app.as_admin().get(&first).await.ok();
        let next = format!("{first}&cursor={}", page["next_cursor"].as_str().unwrap());
        let rest = app.as_admin().get(&next).await.ok();
        assert_eq!((&rest["data"][0]["id"], &rest["next_cursor"]), (&delivered[1]["id"], &json!(null)));
        let none = format!("{DELIVERIES}?endpoint_id=019ab0c1-0000-7000-8000-000000000001");
        assert_eq!(app.as_admin().get(&none).await.ok()["data"], json!([]));
    }

    async fn while_a_secret_is_rotated_both_sign(app: &mut TestApp) {
        let receiver = Receiver::start().await;
        let endpoint = app.endpoint(&receiver.url(), &["credits.given"]).await;
        app.give("user-1", "+1").await;
        let rotate = path(&endpoint, "/rotate-secret");
        let rotated = app.as_admin().post(&rotate, &json!({"previous_valid_seconds": 60})).await.ok();
        assert!(rotated["secret"].is_string() && rotated["secret"] != endpoint["secret"]);
        assert!(rotated["previous_secret_until"].is_string());
        assert_eq!(app.as_admin().get(&path(&endpoint, "")).await.ok().get("secret"), None, "it is shown once");
        receiver.until_it_got(1).await;
        app.give("user-1", "+2").await;
        assert_eq!(receiver.until_it_got(2).await[1].signatures.len(), 2);
        app.advance(60);
        app.give("user-1", "+3").await;
        assert_eq!(receiver.until_it_got(3).await[2].signatures.len(), 1);
        // One that has leaked is worth nothing at once.
        app.as_admin().post(&rotate, &json!({"previous_valid_seconds": 0})).await.ok();
        app.give("user-1", "+4").await;
        assert_eq!(receiver.until_it_got(4).await[3].signatures.len(), 1);
        let too_long = json!({"previous_valid_seconds": 604_801});
        app.as_admin().post(&rotate, &too_long).await.problem(ErrorCode::InvalidBody);
    }

    async fn a_removed_endpoint_is_sent_nothing_more(app: &mut TestApp) {
        let receiver = Receiver::start().await;
        receiver.answer(ResponseTemplate::new(500));
        let endpoint = app.endpoint(&receiver.url(), &[]).await;
        app.give("user-1", "+1").await;
        receiver.until_it_got(1).await;
        let removed = app.as_admin().call("DELETE", &path(&endpoint, "")).await;
        assert_eq!(removed.status, 204);
        app.as_admin().get(&path(&endpoint, "")).await.problem(ErrorCode::NotFound);
        app.advance(DAY);
        let dead = app.until_deliveries("given_up", 1).await;
        assert_eq!(dead[0]["answer"], "the endpoint was removed");
        assert_eq!(receiver.got().len(), 1);
    }

    async fn where_webhooks_must_not_go_they_are_not_let(app: &mut TestApp) {
        app.restart(&["--webhook-networks=192.0.2.8/32"]).await;
        let admin = app.as_admin();
        let refuse = async |url: &str| {
            let answer = admin.post(ENDPOINTS, &json!({"url": url})).await;
            answer.problem(ErrorCode::InvalidWebhookUrl);
        };
        for url in ["https://127.0.0.1/", "https://10.0.0.8/", "http://hooks.acme.example@192.0.2.8/",
            "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
            "https://169.254.169.254/latest/meta-data", "https://hooks.acme.example:22/", "ftp://hooks.acme.example/",
            "https://hooks.acme.example/#part", "hooks.acme.example", "http://93.184.215.14/"] {
            refuse(url).await;
        }
        let too_long = format!("https://hooks.acme.example/{}", "x".repeat(2_048));
        refuse(&too_long).await;
        let allowed = json!({"url": "http://192.0.2.8:8080/hooks"});
        assert_eq!(admin.post(ENDPOINTS, &allowed).await.status, 201);
    }

    async fn there_are_few_endpoints_and_none_without_a_url(app: &mut TestApp) {
        let admin = app.as_admin();
        for body in [json!({}), json!({"url": "https://a.example", "kinds": []}),
            json!({"url": "https://a.example", "kinds": ["balance.gone"]}),
            json!({"url": "https://a.example", "enabled": null})] {
            admin.post(ENDPOINTS, &body).await.problem(ErrorCode::InvalidBody);
        }
        for _ in 0..20 {
            app.endpoint("https://hooks.acme.example/", &["recharge.cap"]).await;
        }
        let one_more = json!({"url": "https://hooks.acme.example/"});
        admin.post(ENDPOINTS, &one_more).await.problem(ErrorCode::TooManyWebhookEndpoints);
    }
}

/// Two processes route and deliver side by side.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_deliver_each_notice_once_and_in_order() {
    run(TestDatabase::postgres().await, async |app: &mut TestApp| {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url(), &["credits.given"]).await;
        let second = app.second().await;
        for number in 0..20 {
            for account in ["user-1", "user-2", "user-3"] {
                app.give(account, &format!("+{}", number + 1)).await;
            }
        }
        app.until_deliveries("delivered", 60).await;
        second.running.stop().await;
        assert_eq!(receiver.got().len(), 60, "nobody had to do anything twice");
        for account in ["user-1", "user-2", "user-3"] {
            let got = receiver.got().into_iter();
            let credits: Vec<String> = got
                .filter(|it| it.body["data"]["account_id"] == account)
                .map(|it| it.body["data"]["credits"].as_str().unwrap().to_owned())
                .collect();
            let expected: Vec<String> = (1..=20).map(|it: i32| it.to_string()).collect();
            assert_eq!(credits, expected, "{account}");
        }
    })
    .await;
}

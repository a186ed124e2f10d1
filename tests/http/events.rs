//! The live stream: the balance moves by itself, notices come once and in order, and whoever was cut off
//! goes on where they were.

use std::time::{Duration, Instant};

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::app::{TestApp, run};
use crate::support::databases::TestDatabase;
use crate::support::streams::EventStream;

const EVENTS: &str = "/v1/events";

async fn open(app: &TestApp, account: &str, last: Option<&str>) -> EventStream {
    let call = app.as_user(account).get(EVENTS);
    let call = match last {
        Some(id) => call.header("last-event-id", id),
        None => call,
    };
    EventStream::open(call.into_request()).await
}

with_app! {
    async fn the_balance_comes_at_once_and_whenever_it_has_changed(app: &mut TestApp) {
        app.give("user-1", "+5").await;
        let mut stream = open(app, "user-1", None).await;
        let first = stream.next().await.unwrap();
        assert_eq!((first.name.as_str(), first.id.as_str()), ("balance", "1"));
        let mut shown = app.as_user("user-1").get("/v1/balance").await.ok();
        shown["as_of"] = first.data["as_of"].clone();
        assert_eq!(first.data, shown, "it is what the balance endpoint answers");
        app.give("user-1", "+200").await;
        let notice = stream.next().await.unwrap();
        assert_eq!((notice.name.as_str(), notice.id.as_str()), ("notification", "2"));
        let feed = app.as_user("user-1").get("/v1/notifications?limit=1").await.ok();
        assert_eq!(notice.data, feed["data"][0], "it is what the feed shows");
        let balance = stream.next().await.unwrap();
        assert_eq!((balance.name.as_str(), balance.id.as_str()), ("balance", "2"));
        assert_eq!(balance.data["available"], "205");
        app.debit("user-1", "5", "r-1").await;
        let balance = stream.next().await.unwrap();
        assert_eq!((balance.name.as_str(), &balance.data["available"]), ("balance", &json!("200")));
    }

    async fn nobody_sees_what_becomes_of_others(app: &mut TestApp) {
        let mut stream = open(app, "user-1", None).await;
        assert_eq!(stream.next().await.unwrap().data["available"], "0");
        app.give("user-2", "+5").await;
        app.give("user-1", "+7").await;
        assert_eq!(stream.next_of("notification").await.data["credits"], "7");
    }

    async fn who_was_cut_off_is_told_what_came_meanwhile_and_nothing_twice(app: &mut TestApp) {
        for amount in ["+1", "+2", "+3"] {
            app.give("user-1", amount).await;
        }
        let mut stream = open(app, "user-1", Some("1")).await;
        for (id, credits) in [("2", "2"), ("3", "3")] {
            let notice = stream.next().await.unwrap();
            assert_eq!((notice.id.as_str(), notice.data["credits"].as_str()), (id, Some(credits)));
        }
        assert_eq!(stream.next().await.unwrap().name, "balance");
        drop(stream);
        let mut stream = open(app, "user-1", Some("3")).await;
        assert_eq!(stream.next().await.unwrap().name, "balance");
    }

    async fn hundreds_of_missed_notices_come_in_order(app: &mut TestApp) {
        for _ in 0..230 {
            app.give("user-1", "+1").await;
        }
        let mut stream = open(app, "user-1", Some("0")).await;
        for number in 1..=230 {
            assert_eq!(stream.next().await.unwrap().id, number.to_string());
        }
        assert_eq!(stream.next().await.unwrap().data["available"], "230");
    }

    async fn a_ninth_stream_of_an_account_ends_the_first(app: &mut TestApp) {
        let mut streams = Vec::new();
        for _ in 0..9 {
            let mut stream = open(app, "user-1", None).await;
            stream.next().await.unwrap();
            streams.push(stream);
        }
        assert!(streams[0].next().await.is_none());
        app.give("user-1", "+5").await;
        for stream in &mut streams[1..] {
            stream.until_available("5").await;
        }
    }

    async fn what_is_wanted_in_no_feed_stops_no_stream(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let kinds = json!([{"kind": "credits.given", "in_feed": false, "by_email": false}]);
        let wanted = json!({"low_balance": ["10"], "kinds": kinds});
        user.put("/v1/notification-preferences", &wanted).fresh_key().await.ok();
        let mut first = open(app, "user-1", None).await;
        first.until_available("0").await;
        app.give("user-1", "+15").await;
        first.until_available("15").await;
        let mut second = open(app, "user-1", Some("0")).await;
        let balance = second.next().await.unwrap();
        assert_eq!((balance.name.as_str(), balance.id.as_str()), ("balance", "1"));
        app.debit("user-1", "6", "r-1").await;
        for stream in [&mut first, &mut second] {
            let notice = stream.next_of("notification").await;
            assert_eq!((notice.id.as_str(), &notice.data["kind"]), ("2", &json!("balance.low")));
            stream.until_available("9").await;
        }
        // They still hear that others need the seat.
        let mut later = Vec::new();
        for _ in 0..7 {
            let mut stream = open(app, "user-1", None).await;
            stream.next().await.unwrap();
            later.push(stream);
        }
        assert!(first.next().await.is_none());
    }

    async fn an_id_above_those_given_silences_nothing(app: &mut TestApp) {
        app.give("user-1", "+1").await;
        let mut stream = open(app, "user-1", Some("999999999999999999")).await;
        assert_eq!(stream.next().await.unwrap().id, "1");
        app.give("user-1", "+2").await;
        assert_eq!(stream.next_of("notification").await.data["credits"], "2");
    }

    async fn a_stream_says_when_to_come_back_and_that_it_lives(app: &mut TestApp) {
        let mut stream = open(app, "user-1", None).await;
        stream.until_it_says("retry: 3000\n").await;
        stream.until_it_says("\nevent: balance\n").await;
        // Nothing happens, and fifteen seconds go by.
        stream.until_it_says("\n:").await;
    }

    async fn a_stream_ends_with_its_token(app: &mut TestApp) {
        let mut stream = open(app, "user-1", None).await;
        stream.next().await.unwrap();
        app.advance(11 * 366 * 86_400);
        app.give("user-1", "+5").await;
        assert!(stream.next().await.is_none());
    }

    async fn an_id_of_no_event_is_refused(app: &mut TestApp) {
        for id in ["-1", "x", "1.5", "99999999999999999999"] {
            let answer = app.as_user("user-1").get(EVENTS).header("last-event-id", id).await;
            answer.problem(ErrorCode::InvalidQuery);
        }
    }

    async fn a_stop_does_not_wait_for_those_who_watch(app: &mut TestApp) {
        let mut stream = open(app, "user-1", None).await;
        stream.next().await.unwrap();
        let asked = Instant::now();
        app.stop().await;
        assert!(asked.elapsed() < Duration::from_secs(4), "{:?}", asked.elapsed());
        assert!(stream.next().await.is_none());
        app.start_again(&[]).await;
    }
}

// One process at a time has an embedded database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_process_has_changed_is_told_too() {
    run(TestDatabase::postgres().await, async |app| {
        let second = app.second().await;
        let mut stream = open(app, "user-1", None).await;
        stream.next().await.unwrap();
        let path = "/v1/admin/accounts/user-1/adjustments";
        let body = json!({"credits": "+5", "reason": "for a test"});
        let admin = app.as_admin().at(&second.running.api_url);
        admin.post(path, &body).fresh_key().await.ok();
        assert_eq!(stream.next_of("notification").await.data["credits"], "5");
        stream.until_available("5").await;
        second.running.stop_at_once().await;
    })
    .await;
}

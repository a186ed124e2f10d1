//! The same fact, however often and in however many events it comes, has one effect.

use serde_json::json;

use crate::support::events::event;
use crate::support::polling::until;

with_app! {
    async fn a_hundred_deliveries_of_an_event_at_once_are_one(app: &mut TestApp) {
        app.lose_events().await;
        let session = app.starter("user-1").await;
        let mut object = app.stripe_session(&session).await;
        object["status"] = json!("complete");
        object["payment_status"] = json!("paid");
        let event = event("evt_1", "checkout.session.completed", &object);
        let answers = futures_util::future::join_all((0..100).map(|_| app.deliver(&event))).await;
        assert!(answers.iter().all(|answer| answer.status == 200));
        app.until_status("user-1", &session, "paid").await;
        // It is ticked off after it was applied.
        until("the event is ticked off", async || {
            (app.inbox("evt_1").await == ["1 "]).then_some(())
        })
        .await;
        app.restart(&[]).await;
        app.deliver(&event).await.ok();
        assert_eq!(app.inbox("evt_1").await, ["1 "]);
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
    }

    async fn two_events_of_one_fact_grant_once(app: &mut TestApp) {
        app.lose_events().await;
        let session = app.starter("user-1").await;
        let mut object = app.stripe_session(&session).await;
        object["status"] = json!("complete");
        object["payment_status"] = json!("paid");
        let kinds = ["checkout.session.completed", "checkout.session.async_payment_succeeded"];
        let events: Vec<_> = (0..10).map(|number| event(&format!("evt_{number}"), kinds[number % 2], &object)).collect();
        let answers = futures_util::future::join_all(events.iter().map(|event| app.deliver(event))).await;
        assert!(answers.iter().all(|answer| answer.status == 200));
        for number in 0..10 {
            until("applied", || async { (app.inbox(&format!("evt_{number}")).await == ["1 "]).then_some(()) }).await;
        }
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
    }

    async fn an_event_stored_before_a_stop_is_worked_off_after_the_start(app: &mut TestApp) {
        app.lose_events().await;
        let session = app.starter("user-1").await;
        let mut object = app.stripe_session(&session).await;
        object["status"] = json!("complete");
        object["payment_status"] = json!("paid");
        let payload = event("evt_1", "checkout.session.completed", &object).to_string().replace('\'', "''");
        app.stop().await;
        let now = app.clock.now().micros();
        app.db.sql_in(
            &format!("INSERT INTO stripe_inbox (event_id, kind, livemode, payload, received_at, status, attempts, next_attempt_at) \
                      VALUES ('evt_1', 'checkout.session.completed', 0, '{payload}', {now}, 0, 0, {now})"),
            &format!("INSERT INTO stripe_inbox (event_id, kind, livemode, payload, received_at, status, attempts, next_attempt_at) \
                      VALUES ('evt_1', 'checkout.session.completed', false, '{payload}', {now}, 0, 0, {now})"),
        ).await;
        app.start_again(&[]).await;
        app.until_status("user-1", &session, "paid").await;
        assert_eq!(app.grants("user-1").await, 1);
    }
}

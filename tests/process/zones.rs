//! Wherever the machine and the database think that they are, what was bought ends a year later in UTC, to
//! the microsecond.

use serde_json::{Value, json};

use crate::process::caller::Caller;
use crate::process::shopping::pay;
use crate::support::process::Installation;

/// Days apart, and one that has been half an hour off.
const ZONES: [&str; 3] = [
    "Pacific/Kiritimati",
    "America/St_Johns",
    "Pacific/Pago_Pago",
];

on_both_engines! {
    async fn the_zone_of_a_machine_moves_no_end(db: TestDatabase) {
        let mut ends = Vec::new();
        for (number, zone) in ZONES.into_iter().enumerate() {
            let here = format!("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = %L', \
                current_database(), '{zone}'); END $$");
            db.sql_in("SELECT 1", &here).await;
            let told = format!("SELECT '{zone}' AS line");
            let zone_of_sessions = db.lines_in(&told, "SELECT current_setting('timezone') AS line").await;
            assert_eq!(zone_of_sessions, [zone]);
            let installation = Installation::on(&db)
                .with("TZ", zone)
                .with("CREDITS_METRICS_LISTEN", "off");
            let mut service = installation.serve().await;
            let url = service.url("api").await;
            let caller = Caller::new(&installation, &url, &format!("user-{number}")).await;
            let body = json!({"package_id": "starter"});
            let opened = caller.insist("/v1/checkout-sessions", "one", &body).await.json();
            assert_eq!(pay(opened["url"].as_str().unwrap(), "4242424242424242").await.unwrap().status, 303);
            let lot = service.until_some("the credits are there", async || {
                let lots = caller.get("/v1/lots").await.unwrap().json();
                lots["data"].get(0).cloned()
            }).await;
            assert_eq!(year_later(&lot["granted_at"]), lot["expires_at"], "{zone}: {lot}");
            ends.push((caller, lot));
            service.stop().await;
        }
        // Read anywhere else, it is the same.
        let installation = Installation::on(&db).with("TZ", "UTC").with("CREDITS_METRICS_LISTEN", "off");
        let mut service = installation.serve().await;
        let url = service.url("api").await;
        for (number, (_, lot)) in ends.iter().enumerate() {
            let caller = Caller::new(&installation, &url, &format!("user-{number}")).await;
            assert_eq!(caller.get("/v1/lots").await.unwrap().json()["data"][0], *lot);
        }
        service.stop().await;
        installation.verified().await;
    }
}

/// The same moment of the next year; 29 February has none, and becomes the day before.
fn year_later(instant: &Value) -> String {
    let text = instant.as_str().unwrap();
    let (year, rest) = text.split_once('-').unwrap();
    let year: i32 = year.parse().unwrap();
    let rest = rest.replacen("02-29", "02-28", 1);
    format!("{}-{rest}", year + 1)
}

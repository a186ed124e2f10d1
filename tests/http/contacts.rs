//! Where people are written to: the platform says so, they choose what, and a link in a reminder is enough
//! to stop the next one.

use credits::auth::SigningKey;
use credits::http::error::ErrorCode;
use ledger::ids::AccountId;
use ledger::notice::Kind;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::TestApp;

const CONTACT: &str = "/v1/admin/accounts/user-1/contact";
const PREFERENCES: &str = "/v1/notification-preferences";

fn link(app: &TestApp, account: &str, kind: Kind) -> String {
    let key = SigningKey::new(&app.secrets.webhook_secret);
    let token = key.unsubscribe_token(&AccountId::parse(account).unwrap(), kind);
    format!("{}/unsubscribe/{token}", app.url())
}

async fn choice(app: &TestApp, kind: &str) -> Value {
    let preferences = app.as_user("user-1").get(PREFERENCES).await.ok();
    let kinds = preferences["kinds"].as_array().unwrap().iter();
    let mut found: Vec<&Value> = kinds.filter(|it| it["kind"] == kind).collect();
    found.remove(0).clone()
}

with_app! {
    async fn a_contact_is_what_the_platform_says(app: &mut TestApp) {
        let admin = app.as_admin();
        assert_eq!(admin.get(CONTACT).await.ok(), json!({"email": null, "locale": "en"}));
        let ada = json!({"email": "ada@acme.example", "locale": "de"});
        assert_eq!(admin.put(CONTACT, &ada).await.ok(), ada);
        assert_eq!(admin.get(CONTACT).await.ok(), ada);
        let nobody = json!({"email": null, "locale": "en"});
        assert_eq!(admin.put(CONTACT, &nobody).await.ok(), nobody);
        let long = format!("{}@acme.example", "a".repeat(250));
        for email in ["", "ada", "ada@", "ada@acme.example, eve@acme.example", "ada@acme.example\r\nBcc: eve@acme.example", &long] {
            let contact = json!({"email": email, "locale": "en"});
            admin.put(CONTACT, &contact).await.problem(ErrorCode::InvalidSettings);
        }
        for contact in [json!({"locale": "en"}), json!({"email": null, "locale": "fr"}), json!({"email": null})] {
            admin.put(CONTACT, &contact).await.problem(ErrorCode::InvalidBody);
        }
    }

    async fn everybody_chooses_which_kinds_reach_them_where(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let usual = user.get(PREFERENCES).await.ok();
        assert_eq!(usual["kinds"].as_array().unwrap().len(), Kind::ALL.len());
        assert_eq!(choice(app, "credits.given").await, json!({"kind": "credits.given", "in_feed": true, "by_email": false}));
        assert_eq!(choice(app, "balance.low").await, json!({"kind": "balance.low", "in_feed": true, "by_email": true}));
        let chosen = json!({"low_balance": ["100"], "kinds": [
            {"kind": "credits.given", "in_feed": false, "by_email": true}]});
        let set = user.put(PREFERENCES, &chosen).fresh_key().await.ok();
        assert_eq!(user.get(PREFERENCES).await.ok(), set);
        assert_eq!(choice(app, "credits.given").await, chosen["kinds"][0]);
        app.give("user-1", "+150").await;
        app.debit("user-1", "60", "r-1").await;
        let feed = user.get("/v1/notifications").await.ok();
        let told: Vec<&Value> = feed["data"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
        assert_eq!((told, &feed["unread"]), (vec![&json!("balance.low")], &json!(1)));
        let twice = json!({"low_balance": [], "kinds": [chosen["kinds"][0], chosen["kinds"][0]]});
        user.put(PREFERENCES, &twice).fresh_key().await.problem(ErrorCode::InvalidSettings);
        let back = user.put(PREFERENCES, &json!({"low_balance": ["100"]})).fresh_key().await.ok();
        assert_eq!(back, usual, "what is not named is told as usual");
    }

    async fn one_click_stops_the_reminders(app: &mut TestApp) {
        let link = link(app, "user-1", Kind::CreditsExpiring);
        let asked = app.http.get(&link).send().await.unwrap();
        assert_eq!(asked.status(), StatusCode::OK);
        assert!(asked.text().await.unwrap().contains("<form method=\"post\">"));
        assert_eq!(choice(app, "credits.expiring").await["by_email"], true, "looking at it does nothing");
        for _ in 0..2 {
            let one_click = app.http.post(&link).header("content-type", "application/x-www-form-urlencoded");
            let done = one_click.body("List-Unsubscribe=One-Click").send().await.unwrap();
            assert_eq!(done.status(), StatusCode::OK);
            let stopped = json!({"kind": "credits.expiring", "in_feed": true, "by_email": false});
            assert_eq!(choice(app, "credits.expiring").await, stopped);
        }
        assert_eq!(choice(app, "credits.expired").await["by_email"], true);
        app.as_admin().put(CONTACT, &json!({"email": null, "locale": "de"})).await.ok();
        let german = app.http.get(&link).send().await.unwrap().text().await.unwrap();
        assert!(german.contains("lang=\"de\"") && german.contains("Keine Erinnerungen"));
    }

    async fn a_link_that_is_none_of_ours_does_nothing(app: &mut TestApp) {
        let good = link(app, "user-1", Kind::CreditsExpiring);
        let other = link(app, "user-2", Kind::CreditsExpiring);
        let (front, _) = good.rsplit_once('/').unwrap();
        let (_, token) = good.rsplit_once('/').unwrap();
        let (_, other) = other.rsplit_once('/').unwrap();
        // The seal of one with the account of another.
        let mixed = format!("{front}/{}{}", &token[..20], &other[20..]);
        let long = format!("{front}/{}", "A".repeat(600));
        for bad in [format!("{front}/x"), format!("{good}A"), mixed, long, format!("{front}/%00")] {
            let answer = app.http.post(&bad).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{bad}");
        }
        assert_eq!(choice(app, "credits.expiring").await["by_email"], true);
    }
}

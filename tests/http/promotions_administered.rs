//! Promotion codes, as administrators make and set them.

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::promotions::CODES;

with_app! {
    async fn a_code_is_shown_as_it_was_made_and_set(app: &mut TestApp) {
        app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
        let admin = app.as_admin();
        let body = json!({
            "code": "spring-26", "percent_off": 10, "package_ids": ["pro", "plus"], "first_purchase_only": true,
            "limits": {"per_account": 1, "in_total": 1000}, "expires_at": "2027-06-30T00:00:00Z",
        });
        let made = admin.post(CODES, &body).key("k").await;
        let shown = json!({
            "code": "SPRING-26", "percent_off": 10, "extra_credits": null, "package_ids": ["plus", "pro"],
            "first_purchase_only": true, "limits": {"per_account": 1, "in_total": 1000},
            "expires_at": "2027-06-30T00:00:00Z", "active": true, "used": 0,
            "created_at": "2026-11-23T12:00:00Z", "created_by": "admin-1",
            "changed_at": "2026-11-23T12:00:00Z", "changed_by": "admin-1",
        });
        assert_eq!((made.status, made.json()), (201, shown.clone()));
        let path = format!("{CODES}/Spring-26");
        assert_eq!(admin.get(&path).await.ok(), shown);
        app.advance(60);
        let again = admin.post(CODES, &body).key("k").await;
        assert_eq!((again.status, again.is_replayed(), &again.text), (201, true, &made.text));
        admin.post(CODES, &json!({"code": "OTHER", "percent_off": 10})).key("k").await.problem(ErrorCode::IdempotencyKeyReused);
        let taken = admin.post(CODES, &json!({"code": "SPRING-26", "percent_off": 99})).key("k2").await;
        assert_eq!(taken.problem(ErrorCode::PromotionCodeExists)["existing_code"], "SPRING-26");
        let set = app.with_scope("admin-2", "credits:admin").put(&path, &json!({"active": false})).key("k").await.ok();
        let mut expected = shown;
        expected["active"] = json!(false);
        expected["limits"] = json!({"per_account": null, "in_total": null});
        expected["expires_at"] = json!(null);
        expected["changed_at"] = json!("2026-11-23T12:01:00Z");
        expected["changed_by"] = json!("admin-2");
        assert_eq!(set, expected, "what is left out is without limit");
        assert_eq!(admin.get(&path).await.ok(), expected);
    }

    async fn codes_are_listed_in_the_order_of_their_names(app: &mut TestApp) {
        for code in ["beta", "ALPHA", "b_2", "B-1", "GAMMA"] {
            app.code(&json!({"code": code, "extra_credits": "0.000001"})).await;
        }
        let admin = app.as_admin();
        let mut found = Vec::new();
        let mut path = format!("{CODES}?limit=2");
        loop {
            let page = admin.get(&path).await.ok();
            for code in page["data"].as_array().unwrap() {
                found.push(code["code"].as_str().unwrap().to_owned());
            }
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            path = format!("{CODES}?limit=2&cursor={cursor}");
        }
        assert_eq!(found, ["ALPHA", "B-1", "BETA", "B_2", "GAMMA"]);
        admin.get(&format!("{CODES}?cursor=made-up")).await.problem(ErrorCode::InvalidCursor);
    }

    async fn a_code_that_makes_no_sense_is_refused(app: &mut TestApp) {
        let admin = app.as_admin();
        let table = [
            (json!({"code": "X1"}), ErrorCode::InvalidBody),
            (json!({"code": "NONE"}), ErrorCode::InvalidChoice),
            (json!({"code": "BOTH", "percent_off": 1, "extra_credits": "1"}), ErrorCode::InvalidChoice),
            (json!({"code": "ZERO", "percent_off": 0}), ErrorCode::InvalidBody),
            (json!({"code": "MORE", "percent_off": 101}), ErrorCode::InvalidBody),
            (json!({"code": "PART", "percent_off": 0.5}), ErrorCode::InvalidBody),
            (json!({"code": "NOTHING", "extra_credits": "0"}), ErrorCode::InvalidBody),
            (json!({"code": "LESS", "extra_credits": "-1"}), ErrorCode::InvalidBody),
            (json!({"code": "HUGE", "extra_credits": "10000000"}), ErrorCode::InvalidBody),
            (json!({"code": "NEVER", "percent_off": 1, "limits": {"in_total": 0}}), ErrorCode::InvalidBody),
            (json!({"code": "ODD", "percent_off": 1, "limits": {"in_all": 1}}), ErrorCode::InvalidBody),
            (json!({"code": "ODD", "percent_off": 1, "surprise": 1}), ErrorCode::InvalidBody),
            (json!({"code": "EMPTY", "percent_off": 1, "package_ids": []}), ErrorCode::InvalidBody),
            (json!({"code": "WRONG", "percent_off": 1, "package_ids": ["nope"]}), ErrorCode::NotFound),
            (json!({"code": "WHEN", "percent_off": 1, "expires_at": "soon"}), ErrorCode::InvalidBody),
        ];
        for (body, code) in table {
            admin.post(CODES, &body).fresh_key().await.problem(code);
        }
        admin.post(CODES, &json!({"code": "KEY", "percent_off": 1})).await.problem(ErrorCode::IdempotencyKeyMissing);
        assert_eq!(admin.get(CODES).await.ok()["data"], json!([]));
    }

    async fn the_same_code_made_many_times_at_once_is_made_once(app: &mut TestApp) {
        let makes = (0..20).map(|_| {
            let admin = app.as_admin();
            async move { admin.post(CODES, &json!({"code": "RACE", "percent_off": 5})).fresh_key().await.status }
        });
        let mut statuses = futures_util::future::join_all(makes).await;
        statuses.sort_unstable();
        assert_eq!((statuses[0], &statuses[1..]), (201, &[409; 19][..]));
    }
}

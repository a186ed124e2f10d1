//! The limits of promotion codes: never passed, however many ask at once, and no use is lost with a
//! checkout that comes to nothing.

use credits::config::Database;
use credits::http::error::ErrorCode;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::promotions::CODES;
use crate::support::purchases::{GOOD_CARD, SESSIONS};

const MOST: usize = 7;

with_app! {
    async fn forty_accounts_at_once_pass_no_limit_in_total(app: &mut TestApp) {
        app.code(&json!({"code": "SEVEN", "percent_off": 10, "limits": {"in_total": MOST}})).await;
        // Where the engine has room for two processes, two processes take them.
        let second = match &app.db.database {
            Database::Postgres(_) => Some(app.second().await),
            Database::Sqlite(_) => None,
        };
        let urls = [Some(app.url().to_owned()), second.as_ref().map(|it| it.running.api_url.clone())];
        let urls: Vec<String> = urls.into_iter().flatten().collect();
        let buys = (0..40).map(|number| {
            let user = app.as_user(&format!("user-{number}")).at(&urls[number % urls.len()]);
            async move {
                let body = json!({"package_id": "plus", "promotion_code": "SEVEN"});
                user.post(SESSIONS, &body).fresh_key().await
            }
        });
        let answers = join_all(buys).await;
        let opened = answers.iter().filter(|it| it.status == 201).count();
        assert_eq!(opened, MOST);
        for refused in answers.iter().filter(|it| it.status != 201) {
            let problem = refused.problem(ErrorCode::PromotionCodeRefused);
            assert_eq!((&problem["reason"], &problem["most_uses"], &problem["uses"]), (&json!("used_up"), &json!(MOST), &json!(MOST)));
        }
        assert_eq!(app.used("SEVEN").await, 7);
        if let Some(second) = second {
            second.running.stop_at_once().await;
        }
    }

    async fn one_account_asking_in_many_ways_at_once_passes_no_limit_of_its_own(app: &mut TestApp) {
        app.code(&json!({"code": "TWICE", "percent_off": 10, "limits": {"per_account": 2}})).await;
        let buys = (0..12).map(|number| {
            let user = app.as_user("user-1");
            let success = format!("https://platform.example/{number}");
            async move {
                let body = json!({"package_id": "plus", "promotion_code": "TWICE", "success_url": success});
                user.post(SESSIONS, &body).fresh_key().await
            }
        });
        // Later ones may take the code from earlier ones; how many of them hold it is another matter.
        let answers = join_all(buys).await;
        assert!(answers.iter().filter(|it| it.status == 201).count() >= 2);
        for refused in answers.iter().filter(|it| it.status != 201) {
            assert_eq!(refused.problem(ErrorCode::PromotionCodeRefused)["reason"], "used_up_by_account");
        }
        let used = app.used("TWICE").await;
        assert!((1..=2).contains(&used), "{used}");
        // Others may still use it.
        app.checkout("user-2", &json!({"package_id": "plus", "promotion_code": "TWICE"})).await;
        assert_eq!(app.used("TWICE").await, used + 1);
    }

    async fn a_checkout_left_behind_does_not_keep_its_code_from_the_next(app: &mut TestApp) {
        app.code(&json!({"code": "ONCE", "percent_off": 10, "limits": {"per_account": 1}})).await;
        app.code(&json!({"code": "HELLO", "extra_credits": "50", "first_purchase_only": true})).await;
        for code in ["ONCE", "HELLO"] {
            let user = app.as_user(code);
            let body = |package: &str| json!({"package_id": package, "promotion_code": code});
            let left = user.post(SESSIONS, &body("plus")).key("left").await;
            let taken = user.post(SESSIONS, &body("pro")).key("taken").await;
            assert_eq!((left.status, taken.status), (201, 201));
            let purchase = app.purchase(code, &left.json()).await;
            assert_eq!(purchase["status"], "expired");
            assert_eq!(app.stripe_session(&left.json()).await["status"], "expired");
            assert_eq!(app.used(code).await, 1);
            // A repeat of what was left closes nothing.
            let again = user.post(SESSIONS, &body("plus")).key("left").await;
            assert_eq!((again.is_replayed(), &again.text), (true, &left.text));
            assert_eq!(app.purchase(code, &taken.json()).await["status"], "open");
            app.pay(&taken.json(), GOOD_CARD).await;
            app.until_status(code, &taken.json(), "paid").await;
            // What was paid keeps its use.
            let refused = user.post(SESSIONS, &body("plus")).key("after").await;
            refused.problem(ErrorCode::PromotionCodeRefused);
            assert_eq!(app.used(code).await, 1);
        }
    }

    async fn a_checkout_that_expires_gives_its_use_back(app: &mut TestApp) {
        app.code(&json!({"code": "ONE", "percent_off": 10, "limits": {"in_total": 1, "per_account": 1}})).await;
        let body = json!({"package_id": "plus", "promotion_code": "ONE"});
        let session = app.checkout("user-1", &body).await;
        // The same request again is the same session and no further use.
        assert_eq!(app.checkout("user-1", &body).await["id"], session["id"]);
        assert_eq!(app.used("ONE").await, 1);
        let refused = app.as_user("user-2").post(SESSIONS, &body).fresh_key().await;
        refused.problem(ErrorCode::PromotionCodeRefused);
        app.expire(&session).await;
        app.until_status("user-1", &session, "expired").await;
        assert_eq!(app.used("ONE").await, 0);
        let session = app.checkout("user-2", &body).await;
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-2", &session, "paid").await;
        assert_eq!(app.used("ONE").await, 1);
    }

    async fn a_checkout_that_stripe_refuses_gives_its_use_back(app: &mut TestApp) {
        app.code(&json!({"code": "ONE", "percent_off": 10, "limits": {"in_total": 1}})).await;
        // Below what the sandbox charges, and above what the price list says.
        app.db.sql("UPDATE price_lists SET least_charge = 1; UPDATE package_prices SET price = 20 WHERE package_id = 'starter'").await;
        let body = json!({"package_id": "starter", "promotion_code": "ONE"});
        let refused = app.as_user("user-1").post(SESSIONS, &body).fresh_key().await;
        refused.problem(ErrorCode::StripeRefused);
        assert_eq!(app.used("ONE").await, 0);
    }

    async fn a_code_for_a_first_purchase_is_no_use_after_it(app: &mut TestApp) {
        app.code(&json!({"code": "HELLO", "extra_credits": "50", "first_purchase_only": true})).await;
        let body = json!({"package_id": "starter", "promotion_code": "HELLO"});
        let session = app.checkout("user-1", &body).await;
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        assert_eq!(app.available("user-1").await, "1050");
        let user = app.as_user("user-1");
        let refused = user.post(SESSIONS, &body).fresh_key().await.problem(ErrorCode::PromotionCodeRefused);
        assert_eq!(refused["reason"], "first_purchase_only");
        let refused = user.get("/v1/packages?promotion_code=HELLO").await.problem(ErrorCode::PromotionCodeRefused);
        assert_eq!(refused["reason"], "first_purchase_only");
        app.as_user("user-2").get("/v1/packages?promotion_code=HELLO").await.ok();
    }

    async fn a_code_switched_off_while_others_buy_is_used_no_more_once_that_is_answered(app: &mut TestApp) {
        app.code(&json!({"code": "STOP", "percent_off": 10})).await;
        let buys = (0..20).map(|number| {
            let user = app.as_user(&format!("user-{number}"));
            async move {
                let body = json!({"package_id": "plus", "promotion_code": "STOP"});
                user.post(SESSIONS, &body).fresh_key().await
            }
        });
        let off = async {
            let admin = app.as_admin();
            let off = admin.put(&format!("{CODES}/STOP"), &json!({"active": false})).fresh_key().await;
            assert!(off.status == 200, "{off:?}");
        };
        let (answers, ()) = tokio::join!(join_all(buys), off);
        let opened = answers.iter().filter(|it| it.status == 201).count();
        assert_eq!(app.used("STOP").await, i64::try_from(opened).unwrap());
        let body = json!({"package_id": "plus", "promotion_code": "STOP"});
        let refused = app.as_user("late").post(SESSIONS, &body).fresh_key().await;
        assert_eq!(refused.problem(ErrorCode::PromotionCodeRefused)["reason"], "not_active");
    }
}

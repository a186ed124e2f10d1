//! The auditor over promotion codes and promotional grants: uses that nobody has, and gifts that are
//! none.

use ledger::command::{Action, PromotionalGrant};

use super::verify::only_violation;
use crate::support::databases::TestDatabase;
use crate::support::decisions::{account, at, command, credits, decide};

const NOW: &str = "2026-03-01T12:00:00Z";

async fn give(db: &TestDatabase) {
    let grant = PromotionalGrant {
        credits: credits("5"),
        reason: "spring".to_owned(),
        actor: "admin".to_owned(),
        expires_at: None,
        priority: -1,
    };
    let id = account("user-1");
    let command = command(&id, Action::GrantPromotion(grant));
    decide(&db.store, command, at(NOW)).await.unwrap();
}

on_both_engines! {
    async fn a_use_that_no_purchase_has_is_i14(db: TestDatabase) {
        let insert = |no: &str| format!(
            "INSERT INTO promotion_codes (code, effect, amount, audience, active, used, version, created_by, created_at, changed_by, changed_at) \
             VALUES ('SPRING', 1, 10, 1, {no}, 2, 0, 'admin', 0, 'admin', 0)"
        );
        db.sql_in(&insert("1"), &insert("true")).await;
        let found = only_violation(&db).await;
        assert_eq!(found, "I14: account any, promotion code SPRING: 2 uses are stored and 0 purchases use it");
    }

    async fn a_gift_in_a_lot_of_another_source_is_i6(db: TestDatabase) {
        give(&db).await;
        assert!(credits::verify::verify(&db.store).await.unwrap().is_healthy());
        db.sql("UPDATE lots SET source = 1").await;
        let found = credits::verify::verify(&db.store).await.unwrap().violations;
        assert!(found.iter().all(|it| it.invariant == "I6"), "{found:?}");
        assert!(found.iter().any(|it| it.place == "entry 1"), "{found:?}");
    }
}

//! Storing uses of promotion codes: what was decided on a code as it is no more is not stored.

use credits::store::{Basis, Decided, Loaded, StoreError};
use credits::writer::wanted_by;
use ledger::command::{Action, Command, Outcome};
use ledger::credits::Credits;
use ledger::decide;
use ledger::ids::AccountId;
use ledger::promotion::{
    Audience, Effect, Goods, NewPromotion, Percent, Promotion, PromotionCode, PromotionSettings,
    Redemption,
};

use crate::support::databases::TestDatabase;
use crate::support::decisions::{account, at, command, decide, open, terms};

const NOW: &str = "2026-03-01T12:00:00Z";

fn code() -> PromotionCode {
    PromotionCode::parse("SPRING").unwrap()
}

/// Ten percent off, once.
fn make() -> Command {
    let new = NewPromotion {
        code: code(),
        effect: Effect::PercentOff(Percent::new(10).unwrap()),
        goods: Goods::EveryPackage,
        audience: Audience::Everyone,
        settings: PromotionSettings {
            is_active: true,
            most_per_account: None,
            most_in_total: Some(1),
            ends_at: None,
        },
        actor: "admin".to_owned(),
    };
    command(&account("admin"), Action::CreatePromotion(new))
}

fn open_with_code(id: &AccountId, number: u128) -> Command {
    let mut command = open(id, number);
    if let Action::OpenPurchase(new) = &mut command.action {
        new.terms.promotion = Some(Redemption {
            code: code(),
            list_price: terms(id, number).price,
            extra: Credits::ZERO,
        });
    }
    command
}

/// Opens a purchase though the code is another by now than the decision takes it for.
async fn open_on(
    db: &TestDatabase,
    stale: impl Fn(&mut Promotion) + Send + Sync,
) -> Result<(), StoreError> {
    let command = open_with_code(&account("user-2"), 2);
    let wanted = wanted_by([&command]);
    let write = |mut loaded: Loaded| {
        let mut known = loaded.state.promotions.get(&code()).unwrap().clone();
        stale(&mut known);
        loaded.state.promotions.know(known);
        let decided = decide::decide(&mut loaded.state, &command, at(NOW));
        assert!(
            matches!(decided, Ok(Outcome::PurchaseOpened(_))),
            "{decided:?}"
        );
        let (state, keys) = (loaded.state, Vec::new());
        Ok((Decided { state, keys }, ()))
    };
    let written = db
        .store
        .write(&wanted, Basis::Stored, at(NOW), &write)
        .await;
    written.map(drop)
}

async fn opened_by(db: &TestDatabase, name: &str) -> usize {
    let found = db.store.purchases(&account(name), None, 10).await;
    found.unwrap().len()
}

on_both_engines! {
    async fn a_use_past_the_limit_is_a_conflict_and_undoes_its_write(db: TestDatabase) {
        decide(&db.store, make(), at(NOW)).await.unwrap();
        decide(&db.store, open_with_code(&account("user-1"), 1), at(NOW)).await.unwrap();
        let late = open_on(&db, |it| it.used = 0).await;
        assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
        assert_eq!((opened_by(&db, "user-1").await, opened_by(&db, "user-2").await), (1, 0));
        assert_eq!(db.store.promotion(&code()).await.unwrap().unwrap().used, 1);
    }

    async fn a_use_of_a_code_that_was_set_meanwhile_is_a_conflict_and_undoes_its_write(db: TestDatabase) {
        decide(&db.store, make(), at(NOW)).await.unwrap();
        db.sql("UPDATE promotion_codes SET version = version + 1").await;
        let late = open_on(&db, |it| it.version -= 1).await;
        assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
        assert_eq!(opened_by(&db, "user-2").await, 0);
        open_on(&db, |_| {}).await.unwrap();
        assert_eq!(db.store.promotion(&code()).await.unwrap().unwrap().used, 1);
    }
}

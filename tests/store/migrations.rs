//! Migrations: run twice they do nothing the second time, a newer database is refused, and the way
//! down leads back up.

use std::path::Path;

use credits::store::StoreError;

use crate::support::databases::TestDatabase;
use crate::support::decisions::{account, adjust, at, credits, decide};

const SQLITE_TABLES: &str = "SELECT name AS line FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
const POSTGRES_TABLES: &str = "SELECT tablename::text AS line FROM pg_tables \
     WHERE schemaname = 'public' ORDER BY tablename COLLATE \"C\"";

async fn tables(db: &TestDatabase) -> Vec<String> {
    db.lines_in(SQLITE_TABLES, POSTGRES_TABLES).await
}

/// Every `down.sql`, the last one first.
fn way_down(engine: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(engine);
    let mut steps: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|step| step.unwrap().path())
        .collect();
    steps.sort();
    let down = steps
        .iter()
        .rev()
        .map(|step| std::fs::read_to_string(step.join("down.sql")).unwrap());
    down.collect::<String>() + "DELETE FROM __diesel_schema_migrations;"
}

on_both_engines! {
    async fn opening_again_changes_nothing(db: TestDatabase) {
        let id = account("user-1");
        let now = at("2026-03-01T12:00:00Z");
        decide(&db.store, adjust(&id, "+1", None), now).await.unwrap();
        let before = tables(&db).await;
        let again = db.reopen().await.unwrap();
        assert_eq!(tables(&db).await, before);
        let kept = again.holdings(&id, now).await.unwrap().account.clone().unwrap();
        assert_eq!(kept.balance, credits("1"));
    }

    async fn a_database_of_a_newer_version_is_refused(db: TestDatabase) {
        db.sql("INSERT INTO __diesel_schema_migrations (version) VALUES ('99999999999999')").await;
        let Err(error) = db.reopen().await else {
            panic!("it was opened");
        };
        assert!(matches!(&error, StoreError::Corrupt(_)), "{error:?}");
        assert!(error.to_string().contains("newer version"), "{error}");
    }

    async fn the_way_down_leads_back_up(db: TestDatabase) {
        let before = tables(&db).await;
        assert!(before.len() > 9, "{before:?}");
        db.sql_in(&way_down("sqlite"), &way_down("postgres")).await;
        assert_eq!(tables(&db).await, ["__diesel_schema_migrations"]);
        let again = db.reopen().await.unwrap();
        assert_eq!(tables(&db).await, before);
        assert_eq!(again.catalogue("usd").await.unwrap().packages.len(), 4);
    }
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(engine);
        let steps = folder.read_dir().unwrap();
        let mut names: Vec<_> = steps.map(|step| step.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

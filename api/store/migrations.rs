//! Migrations: embedded in the binary, one folder for each engine. A database that a newer version
//! has changed is refused rather than guessed at.

use diesel::connection::SimpleConnection;
use diesel::migration::{MigrationSource, MigrationVersion};
use diesel::{Connection, SqliteConnection};
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::StoreError;
use super::sqlite::PATIENCE;

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// One process migrates while others wait. The number means nothing but "credits migrations".
const LOCK: &str = "SELECT pg_advisory_lock(727318224)";

pub async fn migrate_postgres(mut conn: AsyncPgConnection) -> Result<(), StoreError> {
    conn.batch_execute(LOCK).await?;
    // On a thread of its own: the harness waits for the database on the thread that calls it, and would
    // take the wake-ups there that are meant for whatever else the caller waits for.
    let work = move || run(&mut AsyncMigrationHarness::new(conn), POSTGRES);
    // The lock goes with the connection.
    tokio::task::spawn_blocking(work)
        .await
        .map_err(StoreError::unavailable)?
}

pub async fn migrate_sqlite(path: String) -> Result<(), StoreError> {
    let work = move || {
        let mut conn = SqliteConnection::establish(&path).map_err(StoreError::unavailable)?;
        // Whoever had the file before may be about to let it go.
        conn.batch_execute(PATIENCE)?;
        run(&mut conn, SQLITE)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(StoreError::unavailable)?
}

fn run<DB, H>(harness: &mut H, ours: EmbeddedMigrations) -> Result<(), StoreError>
where
    DB: diesel::backend::Backend,
    H: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        StoreError::Bug(format!("migrations failed: {error}"))
    };
    let known: Vec<String> = MigrationSource::<DB>::migrations(&ours)
        .map_err(failed)?
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    let applied: Vec<MigrationVersion<'static>> = harness.applied_migrations().map_err(failed)?;
    if let Some(newer) = applied.iter().find(|v| !known.contains(&v.to_string())) {
        return Err(StoreError::Corrupt(format!(
            "the database was migrated by a newer version of credits (migration {newer})"
        )));
    }
    harness.run_pending_migrations(ours).map_err(failed)?;
    Ok(())
}

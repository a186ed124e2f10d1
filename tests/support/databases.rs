//! A database of its own for each test, on either engine, migrated and empty but for the catalogue.
//! Nothing is shared between tests, and nothing outlives one.

use std::path::PathBuf;

use credits::config::Database;
use credits::store::Store;
use diesel::connection::SimpleConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;

use super::postgres;

const CONNECTIONS: usize = 4;

pub struct TestDatabase {
    pub store: Store,
    pub database: Database,
    place: Place,
}

enum Place {
    /// Removed with its directory, as a clone is dropped with its name.
    Sqlite {
        _home: TempDir,
        path: PathBuf,
    },
    Postgres {
        clone: postgres::Clone,
    },
}

impl TestDatabase {
    pub async fn sqlite() -> TestDatabase {
        let home = TempDir::new().unwrap();
        let path = home.path().join("credits.db");
        let place = Place::Sqlite {
            _home: home,
            path: path.clone(),
        };
        TestDatabase::open(Database::Sqlite(path), place).await
    }

    pub async fn postgres() -> TestDatabase {
        let clone = postgres::Clone::of_template().await;
        let url = SecretString::from(clone.url.clone());
        TestDatabase::open(Database::Postgres(url), Place::Postgres { clone }).await
    }

    async fn open(database: Database, place: Place) -> TestDatabase {
        TestDatabase {
            store: Store::open(&database, CONNECTIONS).await.unwrap(),
            database,
            place,
        }
    }

    /// Opens it once more, as another process of the service would.
    pub async fn reopen(&self) -> Result<Store, credits::store::StoreError> {
        Store::open(&self.database, CONNECTIONS).await
    }

    /// Runs statements past the store: how a test plants what the store would never write.
    pub async fn sql(&self, text: &str) {
        self.sql_in(text, text).await;
    }

    /// The same, where the engines' dialects differ.
    pub async fn sql_in(&self, sqlite: &str, postgres: &str) {
        match &self.database {
            Database::Sqlite(_) => self.sqlite_connection().batch_execute(sqlite).unwrap(),
            Database::Postgres(url) => {
                let client = postgres::connect(url.expose_secret()).await;
                client.batch_execute(postgres).await.unwrap();
            }
        }
    }

    /// Whatever the tables' CHECKs say: how a test plants what even the database would refuse.
    pub async fn sql_unchecked(&self, text: &str) {
        let sqlite = format!("PRAGMA ignore_check_constraints = ON; {text}");
        let postgres = format!("{}; {text}", postgres::DROP_ALL_CHECKS);
        self.sql_in(&sqlite, &postgres).await;
    }

    /// What a query says that selects one text column named `line`.
    pub async fn lines_in(&self, sqlite: &str, postgres: &str) -> Vec<String> {
        match &self.database {
            Database::Sqlite(_) => {
                let mut connection = self.sqlite_connection();
                let lines: Vec<Line> = sql_query(sqlite).load(&mut connection).unwrap();
                lines.into_iter().map(|line| line.line).collect()
            }
            Database::Postgres(url) => {
                let client = postgres::connect(url.expose_secret()).await;
                let rows = client.query(postgres, &[]).await.unwrap();
                rows.iter().map(|row| row.get("line")).collect()
            }
        }
    }

    /// The same, where both engines understand the query.
    pub async fn lines(&self, query: &str) -> Vec<String> {
        self.lines_in(query, query).await
    }

    /// As a database is that was stopped: nobody stays connected, and nobody gets in.
    pub async fn turn_everybody_away(&self) {
        let Place::Postgres { clone } = &self.place else {
            panic!("a file turns nobody away");
        };
        clone.admit(false).await;
    }

    pub async fn let_everybody_in(&self) {
        let Place::Postgres { clone } = &self.place else {
            panic!("a file turns nobody away");
        };
        clone.admit(true).await;
    }

    fn sqlite_connection(&self) -> SqliteConnection {
        let Place::Sqlite { path, .. } = &self.place else {
            panic!("this is PostgreSQL");
        };
        let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
        connection
            .batch_execute("PRAGMA busy_timeout = 5000")
            .unwrap();
        connection
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

/// Makes two tests of each function, `name::sqlite` and `name::postgres`: whatever holds, holds on
/// both engines.
macro_rules! on_both_engines {
    ($( $(#[$attribute:meta])* async fn $name:ident($db:ident: TestDatabase) $body:block )+) => {
        $(
            $(#[$attribute])*
            async fn $name($db: $crate::support::databases::TestDatabase) $body

            mod $name {
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    super::$name($crate::support::databases::TestDatabase::sqlite().await).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    super::$name($crate::support::databases::TestDatabase::postgres().await).await;
                }
            }
        )+
    };
}

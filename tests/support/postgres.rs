//! Databases on the PostgreSQL that the tests were given: one is migrated, and each test gets a
//! clone of it, which takes a fraction of the time. It never touches a database it has not made.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use credits::config::Database;
use credits::store::Store;
use secrecy::SecretString;
use tokio::sync::OnceCell;
use tokio_postgres::{Client, NoTls};

/// So that a test can plant rows that the database would refuse.
pub const DROP_ALL_CHECKS: &str = "DO $$ DECLARE it record; BEGIN \
     FOR it IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint \
               WHERE contype = 'c' AND connamespace = 'public'::regnamespace \
     LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', it.relation, it.conname); END LOOP; \
     END $$";

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static CLONES: AtomicU32 = AtomicU32::new(0);

/// A database of one test's own, dropped with it.
pub struct Clone {
    pub url: String,
    name: String,
}

impl Clone {
    pub async fn of_template() -> Clone {
        let template = TEMPLATE.get_or_init(make_template).await;
        let number = CLONES.fetch_add(1, Ordering::Relaxed);
        let name = format!("credits_test_{}_{number}", std::process::id());
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        administer(&create).await;
        Clone {
            url: url_of(&name),
            name,
        }
    }
}

impl Clone {
    /// Whether anybody may be connected.
    pub async fn admit(&self, everybody: bool) {
        let name = &self.name;
        administer(&format!(
            "ALTER DATABASE {name} ALLOW_CONNECTIONS {everybody}"
        ))
        .await;
        if !everybody {
            let sessions = format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            );
            administer(&sessions).await;
        }
    }
}

impl Drop for Clone {
    /// On a thread of its own: nothing can be awaited in here.
    fn drop(&mut self) {
        let name = self.name.clone();
        let work = move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            runtime.block_on(administer(&drop));
        };
        // A test that has failed already must not abort the process here.
        let _ = std::thread::spawn(work).join();
    }
}

async fn make_template() -> String {
    let name = format!("credits_template_{}", std::process::id());
    administer(&format!("CREATE DATABASE {name}")).await;
    let database = Database::Postgres(SecretString::from(url_of(&name)));
    drop(Store::open(&database, 1).await.unwrap());
    // A database can be cloned once nobody is connected to it any more.
    let client = connect(&server_url()).await;
    let sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
    while !client.query(sessions, &[&name]).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    name
}

async fn administer(statement: &str) {
    let client = connect(&server_url()).await;
    client.batch_execute(statement).await.unwrap();
}

pub async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    // It ends when the client is dropped.
    tokio::spawn(connection);
    client
}

fn server_url() -> String {
    std::env::var("TEST_POSTGRES_URL").expect(
        "these tests need a PostgreSQL: run `make test`, or scripts/with-postgres.sh cargo test",
    )
}

/// The same server, another database, and no TLS to a server on this machine.
fn url_of(name: &str) -> String {
    let mut url = url::Url::parse(&server_url()).unwrap();
    url.set_path(name);
    url.set_query(Some("sslmode=disable"));
    url.into()
}

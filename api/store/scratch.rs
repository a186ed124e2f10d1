//! A database of its own on the service's PostgreSQL, for a reference to be measured in. The
//! service's own tables are never touched.

use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{StoreError, postgres};

/// What the server does before it says that something is committed.
#[derive(Debug, Clone, QueryableByName)]
pub struct Durability {
    #[diesel(sql_type = Text)]
    pub fsync: String,
    #[diesel(sql_type = Text)]
    pub synchronous_commit: String,
}

impl Durability {
    /// As it holds for whoever connects as the service does.
    pub async fn of(url: &SecretString) -> Result<Durability, StoreError> {
        let mut conn = postgres::establish_unlimited(url.expose_secret().to_owned()).await?;
        let settings = "SELECT current_setting('fsync') AS fsync, \
                        current_setting('synchronous_commit') AS synchronous_commit";
        Ok(diesel::sql_query(settings).get_result(&mut conn).await?)
    }

    pub fn settings(&self) -> [(&'static str, &str); 2] {
        [
            ("fsync", &self.fsync),
            ("synchronous_commit", &self.synchronous_commit),
        ]
    }
}

pub struct ScratchDatabase {
    server: SecretString,
    name: String,
    url: SecretString,
}

impl ScratchDatabase {
    pub async fn create(server: &SecretString) -> Result<ScratchDatabase, StoreError> {
        let name = format!("credits_bench_{:016x}", rand::random::<u64>());
        let mut url = Url::parse(server.expose_secret()).map_err(StoreError::unavailable)?;
        url.set_path(&name);
        let scratch = ScratchDatabase {
            server: server.clone(),
            url: SecretString::from(String::from(url)),
            name,
        };
        scratch
            .tell(&format!("CREATE DATABASE {}", scratch.name))
            .await?;
        Ok(scratch)
    }

    pub fn url(&self) -> &SecretString {
        &self.url
    }

    pub async fn drop(self) -> Result<(), StoreError> {
        // By force: whoever worked in it may not have noticed yet that he was told to stop.
        let name = &self.name;
        self.tell(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .await
    }

    async fn tell(&self, command: &str) -> Result<(), StoreError> {
        let server = self.server.expose_secret().to_owned();
        let mut conn = postgres::establish_unlimited(server).await?;
        Ok(conn.batch_execute(command).await?)
    }
}

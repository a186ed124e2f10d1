//! The two migrated schemas and `schema.rs` say one thing: the same tables, columns, kinds of
//! value, nulls and keys. Where they drifted apart, a row could be read on one engine only.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::databases::TestDatabase;

const SQLITE_COLUMNS: &str = "SELECT t.name || '.' || c.name || ' ' || c.type || \
        CASE WHEN c.\"notnull\" THEN '' ELSE ' null' END AS line \
     FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\'";
const POSTGRES_COLUMNS: &str = "SELECT table_name || '.' || column_name || ' ' || \
        CASE WHEN data_type IN ('smallint', 'integer', 'bigint', 'boolean') THEN 'INTEGER' \
             WHEN data_type IN ('bytea', 'uuid') THEN 'BLOB' \
             WHEN data_type = 'text' THEN 'TEXT' ELSE data_type END || \
        CASE is_nullable WHEN 'NO' THEN '' ELSE ' null' END AS line \
     FROM information_schema.columns \
     WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%'";
/// The columns exactly as PostgreSQL types them, in the words of `schema.rs`.
const POSTGRES_TYPES: &str = "SELECT table_name || '.' || column_name || ' ' || \
        CASE is_nullable WHEN 'NO' THEN '' ELSE 'Nullable<' END || \
        CASE data_type WHEN 'smallint' THEN 'SmallInt' WHEN 'integer' THEN 'Integer' \
             WHEN 'bigint' THEN 'BigInt' WHEN 'boolean' THEN 'Bool' WHEN 'bytea' THEN 'Binary' \
             WHEN 'uuid' THEN 'Id' WHEN 'text' THEN 'Text' ELSE data_type END || \
        CASE is_nullable WHEN 'NO' THEN '' ELSE '>' END AS line \
     FROM information_schema.columns \
     WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%'";
const SQLITE_KEYS: &str = "SELECT t.name || ' ' || \
        CASE i.origin WHEN 'pk' THEN 'pk' ELSE 'u' END || ' ' || \
        (SELECT group_concat(name, ',') FROM \
            (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) AS line \
     FROM sqlite_schema t JOIN pragma_index_list(t.name) i \
     WHERE t.type = 'table' AND i.\"unique\" AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\'";
const POSTGRES_KEYS: &str = "SELECT t.relname || ' ' || \
        CASE WHEN i.indisprimary THEN 'pk' ELSE 'u' END || ' ' || \
        (SELECT string_agg(a.attname, ',' ORDER BY k.place) \
           FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place) \
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) AS line \
     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid \
     WHERE i.indisunique AND t.relnamespace = 'public'::regnamespace \
       AND t.relname NOT LIKE '\\_\\_diesel%'";

async fn set(db: &TestDatabase, sqlite: &str, postgres: &str) -> BTreeSet<String> {
    db.lines_in(sqlite, postgres).await.into_iter().collect()
}

/// `schema.rs` as lines of "table.column Type" and of "table pk column,column".
fn diesel_schema() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut columns, mut keys) = (BTreeSet::new(), BTreeSet::new());
    let mut table = "";
    for line in include_str!("../../api/store/schema.rs")
        .lines()
        .map(str::trim)
    {
        if let Some((name, rest)) = line.split_once(" (") {
            let Some((key, "{")) = rest.split_once(") ") else {
                continue;
            };
            table = name;
            keys.insert(format!("{table} pk {}", key.replace(", ", ",")));
        } else if let Some((column, kind)) = line.split_once(" -> ") {
            columns.insert(format!("{table}.{column} {}", kind.trim_end_matches(',')));
        }
    }
    (columns, keys)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_the_same_columns() {
    let (sqlite, postgres) = (TestDatabase::sqlite().await, TestDatabase::postgres().await);
    let there = set(&postgres, "", POSTGRES_COLUMNS).await;
    let here = set(&sqlite, SQLITE_COLUMNS, "").await;
    assert!(here.len() > 80, "{here:?}");
    assert_eq!(here, there);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_the_same_keys() {
    let (sqlite, postgres) = (TestDatabase::sqlite().await, TestDatabase::postgres().await);
    let there = set(&postgres, "", POSTGRES_KEYS).await;
    let here = set(&sqlite, SQLITE_KEYS, "").await;
    assert!(here.len() > 9, "{here:?}");
    assert_eq!(here, there);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_code_reads_the_tables_as_they_are() {
    let db = TestDatabase::postgres().await;
    let (columns, keys) = diesel_schema();
    assert_eq!(columns, set(&db, "", POSTGRES_TYPES).await);
    let all = set(&db, "", POSTGRES_KEYS).await;
    let primary: BTreeSet<_> = all.into_iter().filter(|key| key.contains(" pk ")).collect();
    assert_eq!(keys, primary);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_key_of_an_accounts_table_begins_with_its_bucket() {
    let db = TestDatabase::sqlite().await;
    let mut of_accounts: BTreeMap<String, usize> = BTreeMap::new();
    for column in set(&db, SQLITE_COLUMNS, "").await {
        if let Some((table, "account_id TEXT")) = column.split_once('.') {
            of_accounts.insert(table.to_owned(), 0);
        }
    }
    assert_eq!(of_accounts.len(), 14, "{of_accounts:?}");
    for key in set(&db, SQLITE_KEYS, "").await {
        let (table, key) = key.split_once(' ').unwrap();
        if let Some(count) = of_accounts.get_mut(table) {
            let (_, columns) = key.split_once(' ').unwrap();
            // They are looked for by their ids alone, which say the bucket.
            let by_id = [
                ("holds", "bucket,hold_id"),
                ("deliveries", "bucket,delivery_id"),
            ];
            let of_account = format!("{columns},").starts_with("bucket,account_id,");
            assert!(
                of_account || by_id.contains(&(table, columns)),
                "{table} {columns}"
            );
            *count += 1;
        }
    }
    assert!(
        of_accounts.values().all(|count| *count > 0),
        "{of_accounts:?}"
    );
}

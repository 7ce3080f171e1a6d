//! Each earlier schema, made by the first migrations alone and with rows in every table: whoever comes with one loses nothing, neither by
//! an upgrade nor by a backup of then.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Statement};
use testing::{TestDatabase, both_engines};

use super::filling::{self, BY_THEMSELVES, ROWS, counted, sealed_column, text};
use super::{kept, open, run_sql, saved_all, sqlite, url};
use crate::Who;
use crate::backups::cell::{self, Cell};
use crate::backups::{Everything, schema};
use crate::engine::{self, Store};
use crate::key::hex;
use crate::migrations::SEALED;
use crate::sealed::{self, Cipher};
use crate::transaction::Writing;
use crate::url::DatabaseUrl;

/// By column.
type Row = BTreeMap<String, Cell>;

/// By table, in the order of its key.
type Rows = BTreeMap<String, Vec<Row>>;

/// A new migration is the newest here at once, and the one before it an earlier schema: no list has to be kept. What it adds is filled by
/// what its tables say of themselves; if that is not enough, this fails, and `filling` has to learn it.
#[both_engines]
async fn each_earlier_schema_keeps_every_row_through_its_upgrade_and_through_a_backup_of_then(
    db: TestDatabase,
) {
    let folder = tempfile::tempdir().unwrap();
    let all = schema::migrations();
    // On PostgreSQL every second one, the newest of them first, unless SAMEBOAT_TIMES is set: a schema takes its time there.
    let every = match url(&db) {
        DatabaseUrl::Postgres(_) if std::env::var_os("SAMEBOAT_TIMES").is_none() => 2,
        _ => 1,
    };
    for migrations in (1..all.len()).rev().step_by(every) {
        let there = |name: &str| match url(&db) {
            DatabaseUrl::Sqlite(_) => sqlite(folder.path(), &format!("{migrations}-{name}.db")),
            postgres @ DatabaseUrl::Postgres(_) => postgres,
        };
        let had = &all[..migrations];
        let (before, lines) = made(&there("upgraded"), had).await;
        let upgraded = open(&there("upgraded")).await;
        is_kept(&before, had, &upgraded).await;
        end(upgraded).await;
        let restored = kept(&lines, &there("restored")).await;
        is_kept(&before, had, &restored).await;
        end(restored).await;
    }
}

/// A database as the version left it whose schema this was: every row of it, and the lines of its backup.
async fn made(url: &DatabaseUrl, had: &[String]) -> (Rows, String) {
    let (writes, reads) = engine::connect(url).await.unwrap();
    let transaction = engine::begin(&writes).await.unwrap();
    filling::fill(&transaction, had.len()).await;
    transaction.commit().await.unwrap();
    let there = rows(&writes).await;
    for table in schema::made_by(had.len()).await.unwrap() {
        let rows = there[&table.name].len();
        let is_filled = if BY_THEMSELVES.contains(&table.name.as_str()) {
            rows > 0
        } else {
            rows == usize::from(ROWS)
        };
        assert!(is_filled, "{had:?}: {} has {rows} rows", table.name);
    }
    let clock = domain::clock::Fixed("2026-11-24T15:00:00Z".parse().unwrap());
    let all = Everything::new(url.clone(), reads.clone(), std::sync::Arc::new(clock));
    let (manifest, lines) = saved_all(&all).await.unwrap();
    assert_eq!(manifest.header.schema, had);
    for pool in [writes, reads] {
        pool.close().await.unwrap();
    }
    (there, lines)
}

pub(super) async fn rows(db: &impl ConnectionTrait) -> Rows {
    let backend = db.get_database_backend();
    let mut all = Rows::new();
    for (name, table) in schema::tables(db).await.unwrap() {
        let table = table.unwrap();
        let statement = Statement::from_string(backend, table.select(backend));
        let found = db.query_all_raw(statement).await.unwrap();
        let names = || table.columns.iter().map(|column| column.name.clone());
        let rows = found.iter().map(|row| {
            let cells = cell::read(row, &table.columns).unwrap();
            names().zip(cells).collect::<Row>()
        });
        all.insert(name, rows.collect());
    }
    all
}

/// Every row is there and says what it said; what was plain and is sealed now, and what was sealed, opens to it.
async fn is_kept(before: &Rows, had: &[String], store: &Store) {
    let after = rows(&store.reads).await;
    let writing = store.write(Who::Operator).await.unwrap();
    let was_sealed = had.iter().any(|name| name == SEALED);
    for (table, were) in before {
        // Whoever was away for a key when their column was sealed begins anew.
        if table == "ceremony" && !was_sealed {
            continue;
        }
        let are = &after[table];
        assert_eq!(are.len(), were.len(), "{had:?}: {table}");
        for (number, (was, is)) in (1..).zip(were.iter().zip(are)) {
            for (name, value) in was {
                let at = format!("{had:?}: {table}.{name}, row {number}");
                if let Some(column) = sealed_column(table, name) {
                    let plain = plain(value, was_sealed, || text(table, name, number));
                    assert_eq!(opened(&writing, column, is).await, plain, "{at}");
                } else if was_sealed || (table.as_str(), name.as_str()) != ("openid_account", "subject") {
                    assert_eq!(is.get(name), Some(value), "{at}");
                } else {
                    // Found by what it gives with the server's key since then.
                    assert_ne!(is.get(name), Some(value), "{at}");
                }
            }
        }
    }
}

/// What a column said that is sealed now.
fn plain(value: &Cell, was_sealed: bool, put: impl FnOnce() -> String) -> Option<String> {
    match value {
        Cell::Null => None,
        Cell::Bytes(_) if was_sealed => Some(put()),
        Cell::Bytes(secret) => Some(hex(secret)),
        Cell::Text(plain) => Some(plain.clone()),
        other => panic!("{other:?} was never sealed"),
    }
}

pub(super) async fn opened(writing: &Writing, column: sealed::Column, row: &Row) -> Option<String> {
    let (Some(Cell::Uuid(id)), Some(Cell::Bytes(value))) = (row.get(column.id), row.get(column.name)) else {
        return None;
    };
    let at = (*id, counted(row.get(column.version())));
    let opened = column.open_in(writing, at, &Cipher(value.clone())).await;
    let (_, plain) = opened.unwrap();
    Some(plain.reveal().to_owned())
}

/// The next one begins in an empty database.
async fn end(store: Store) {
    if store.url.file().is_none() {
        run_sql(&store, "drop schema public cascade; create schema public").await;
    }
    store.close().await;
}

//! Is the database well? For `sameboat doctor`.

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, Statement};

use crate::engine::Store;
use crate::entities::listing;
use crate::listings;
use crate::transaction::{StoreError, Who};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// "SQLite 3.51.0", "PostgreSQL 15.18".
    pub engine: String,
    pub listings: u64,
    /// What the engine's own check found wrong; empty when all is well.
    pub broken: Vec<String>,
    /// Listings that cannot be read: id and why.
    pub damaged: Vec<(String, String)>,
}

/// Looks at everything: on a large database this takes a while.
pub async fn check(store: &Store) -> Result<Health, StoreError> {
    let mut reading = store.read(Who::Operator).await?;
    let db = &reading.transaction;
    let backend = db.get_database_backend();
    let (version, checks): (&str, &[&str]) = match backend {
        DbBackend::Sqlite => (
            "select 'SQLite ' || sqlite_version() as said",
            &[
                "select integrity_check as said from pragma_integrity_check where integrity_check <> 'ok'",
                "select 'a row of ' || \"table\" || ' names a row that is not there' as said from pragma_foreign_key_check",
            ],
        ),
        _ => (
            "select 'PostgreSQL ' || current_setting('server_version') as said",
            &[],
        ),
    };
    let ask = async |sql: &str| -> Result<Vec<String>, StoreError> {
        let rows = db.query_all_raw(Statement::from_string(backend, sql)).await?;
        Ok(rows
            .iter()
            .map(|row| row.try_get("", "said"))
            .collect::<Result<_, _>>()?)
    };
    let engine = ask(version).await?.join("");
    let mut broken = Vec::new();
    for check in checks {
        broken.extend(ask(check).await?);
    }
    let count = listing::Entity::find().count(db).await?;
    let damaged = listings::damaged(&mut reading).await?;
    Ok(Health {
        engine,
        listings: count,
        broken,
        damaged,
    })
}

//! Is the database well? For `sameboat doctor`.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, PaginatorTrait, Statement};

use crate::engine::Store;
use crate::entities::{listing, provider};
use crate::transaction::{Reading, StoreError, Who};
use crate::upgrade::{applied, is_damage};
use crate::{listings, providers};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// "SQLite 3.51.0", "PostgreSQL 15.18".
    pub engine: String,
    /// The newest migration the schema has had.
    pub schema: String,
    pub listings: u64,
    pub providers: u64,
    /// What the engine's own check found wrong; empty when all is well.
    pub broken: Vec<String>,
    /// Listings that cannot be read: id and why.
    pub damaged: Vec<(String, String)>,
    /// Providers that cannot be read: id and why.
    pub damaged_providers: Vec<(String, String)>,
}

/// Looks at everything: on a large database this takes a while.
///
/// A file too damaged to be read through is a finding, not an error.
pub async fn check(store: &Store) -> Result<Health, StoreError> {
    let mut reading = store.read(Who::Operator).await?;
    let db = &reading.transaction;
    let (version, checks): (&str, &[&str]) = match db.get_database_backend() {
        DbBackend::Sqlite => ("select 'SQLite ' || sqlite_version() as said", &SQLITE_CHECKS),
        _ => (
            "select 'PostgreSQL ' || current_setting('server_version') as said",
            &[],
        ),
    };
    let mut health = Health {
        engine: ask(db, version).await?.join(""),
        schema: String::new(),
        listings: 0,
        providers: 0,
        broken: Vec::new(),
        damaged: Vec::new(),
        damaged_providers: Vec::new(),
    };
    for check in checks {
        match ask(db, check).await {
            Ok(found) => health.broken.extend(found),
            Err(why) if is_damage(&why) => health.broken.push(why.to_string()),
            Err(why) => return Err(why.into()),
        }
    }
    match contents(&mut reading, &mut health).await {
        Err(why) if is_damage(&why) => health.broken.push(why.to_string()),
        done => done?,
    }
    Ok(health)
}

const SQLITE_CHECKS: [&str; 2] = [
    "select integrity_check as said from pragma_integrity_check where integrity_check <> 'ok'",
    "select 'a row of ' || \"table\" || ' names a row that is not there' as said from pragma_foreign_key_check",
];

async fn contents(reading: &mut Reading, health: &mut Health) -> Result<(), StoreError> {
    let db = &reading.transaction;
    health.schema = applied(db).await?.pop().unwrap_or_default();
    health.listings = listing::Entity::find().count(db).await?;
    health.providers = provider::Entity::find().count(db).await?;
    health.damaged = listings::damaged(reading).await?;
    health.damaged_providers = providers::damaged(reading).await?;
    Ok(())
}

/// The column `said` of each row.
async fn ask(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<String>, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get("", "said")).collect()
}

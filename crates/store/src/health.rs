//! Is the database well? For `sameboat doctor`, and at a glance for the page of who runs the installation.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Statement,
};

use crate::engine::Store;
use crate::entities::{import_run, listing, provider, source};
use crate::permit::Permit;
use crate::permit::acts::SeeInstallation;
use crate::transaction::{Reading, StoreError, Transaction, Who};
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

/// What is known at a glance; for the page of who runs the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// "SQLite 3.51.0", "PostgreSQL 15.18".
    pub engine: String,
    pub schema: String,
    /// In bytes.
    pub size: i64,
    pub listings: u64,
    pub providers: u64,
    /// Feeds that were imported, each with the end of its last run.
    pub feeds: Vec<(String, Option<DateTime<Utc>>)>,
}

/// Looks at what is cheap to know.
pub async fn glance(
    permit: &mut Permit<'_, SeeInstallation, impl Transaction>,
) -> Result<Glance, StoreError> {
    let db = permit.db();
    let size = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "select page_count * page_size as said from pragma_page_count(), pragma_page_size()"
        }
        _ => "select pg_database_size(current_database()) as said",
    };
    let statement = Statement::from_string(db.get_database_backend(), size);
    let size = match db.query_one_raw(statement).await? {
        Some(row) => row.try_get("", "said")?,
        None => 0,
    };
    let mut feeds = Vec::new();
    for source in source::Entity::find()
        .order_by_asc(source::Column::Programme)
        .all(db)
        .await?
    {
        let last = import_run::Entity::find()
            .filter(import_run::Column::SourceId.eq(source.id))
            .filter(import_run::Column::State.eq("complete"))
            .order_by_desc(import_run::Column::BegunAt)
            .one(db)
            .await?;
        feeds.push((source.programme, last.and_then(|run| run.ended_at)));
    }
    Ok(Glance {
        engine: engine(db).await?,
        schema: applied(db).await?.pop().unwrap_or_default(),
        size,
        listings: listing::Entity::find().count(db).await?,
        providers: provider::Entity::find().count(db).await?,
        feeds,
    })
}

/// Looks at everything: on a large database this takes a while.
///
/// A file too damaged to be read through is a finding, not an error.
pub async fn check(store: &Store) -> Result<Health, StoreError> {
    let mut reading = store.read(Who::Operator).await?;
    let db = &reading.transaction;
    let mut health = Health {
        engine: engine(db).await?,
        schema: String::new(),
        listings: 0,
        providers: 0,
        broken: Vec::new(),
        damaged: Vec::new(),
        damaged_providers: Vec::new(),
    };
    health.broken = broken(db).await?;
    match contents(&mut reading, &mut health).await {
        Err(why) if is_damage(&why) => health.broken.push(why.to_string()),
        done => done?,
    }
    Ok(health)
}

/// A larger file is not looked through before it is served: it would keep people waiting.
const MOST_AT_START: i64 = 256 * 1024 * 1024;

/// What the engine finds wrong with the build of an SQLite file, before it is served.
pub async fn at_start(store: &Store) -> Result<Vec<String>, StoreError> {
    let reading = store.read(Who::Operator).await?;
    let db = &reading.transaction;
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(Vec::new());
    }
    let size =
        "select cast(page_count * page_size as text) as said from pragma_page_count(), pragma_page_size()";
    let found = async {
        let size = ask(db, size).await?.first().and_then(|size| size.parse().ok());
        if size.unwrap_or(0) > MOST_AT_START {
            return Ok(Vec::new());
        }
        ask(
            db,
            "select quick_check as said from pragma_quick_check where quick_check <> 'ok'",
        )
        .await
    };
    match found.await {
        Err(why) if is_damage(&why) => Ok(vec![why.to_string()]),
        found => Ok(found?),
    }
}

/// What the engine's own check finds wrong. PostgreSQL has none to ask.
pub(crate) async fn broken(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let mut broken = Vec::new();
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(broken);
    }
    for check in SQLITE_CHECKS {
        match ask(db, check).await {
            Ok(found) => broken.extend(found),
            Err(why) if is_damage(&why) => broken.push(why.to_string()),
            Err(why) => return Err(why),
        }
    }
    Ok(broken)
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

/// "SQLite 3.51.0", "PostgreSQL 15.18".
pub(crate) async fn engine(db: &impl ConnectionTrait) -> Result<String, DbErr> {
    let version = match db.get_database_backend() {
        DbBackend::Sqlite => "select 'SQLite ' || sqlite_version() as said",
        _ => "select 'PostgreSQL ' || current_setting('server_version') as said",
    };
    Ok(ask(db, version).await?.join(""))
}

/// The column `said` of each row.
async fn ask(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<String>, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get("", "said")).collect()
}

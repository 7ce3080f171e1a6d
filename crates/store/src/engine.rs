//! Opening a database, and the pools behind [`Store`].

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::access::Denied;
use domain::clock::Clock;
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, SqlxPostgresConnector, SqlxSqliteConnector, TransactionOptions, TransactionTrait,
};
use tokio::sync::{Semaphore, watch};

use crate::backups::Everything;
use crate::changes::Changes;
use crate::files;
use crate::key::Key;
use crate::keys::Keys;
use crate::ring::KeyRing;
use crate::sums;
use crate::transaction::{Holders, Reading, StoreError, Who, Writing};
use crate::upgrade;
use crate::url::DatabaseUrl;

/// How long a change waits for the one before it.
const WAIT: Duration = Duration::from_secs(10);

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) url: DatabaseUrl,
    clock: Arc<dyn Clock>,
    key: Key,
    pub(crate) keys: Keys,
    /// How many passwords may be hashed at a time.
    pub(crate) hashing: Arc<Semaphore>,
    /// SQLite: ONE connection, so that changes queue here and not inside the engine.
    pub(crate) writes: DatabaseConnection,
    pub(crate) reads: DatabaseConnection,
    /// Bytes that changes leave free on the disk of an SQLite file.
    keep_free: Arc<AtomicU64>,
    committed: watch::Sender<u64>,
    holders: Holders,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "the folder {folder} cannot be made or used: {why}. Choose another with --data, or give it to this user."
    )]
    Folder { folder: String, why: std::io::Error },
    #[error("{url} cannot be opened: {why}. Check that it exists, runs and lets this user in.")]
    Connect { url: String, why: String },
    #[error("{0} is not a SQLite database, or it is damaged. Restore it from a copy, or name another file.")]
    NotADatabase(String),
    #[error(
        "{url} was written by a newer Sameboat (it knows “{version}”). Run that version, or restore a copy from before the upgrade."
    )]
    NewerSchema { url: String, version: String },
    #[error(
        "{file} could not be copied before its upgrade: {why}. Nothing was changed; make room beside it."
    )]
    Copy { file: String, why: String },
    #[error("{url} could not be upgraded: {why}. Nothing was changed.")]
    Upgrade { url: String, why: String },
    #[error(
        "the key does not open {url}: {why}. Start with the key file that was used before; a new key opens nothing of it."
    )]
    WrongKey { url: String, why: &'static str },
    #[error("{url} is not upgraded without a backup, and there is none: {why}")]
    NoBackup { url: String, why: String },
}

impl Store {
    /// Opens the database, makes it if it is a file that is not there yet, and brings its schema up to date.
    ///
    /// `ring` opens what is sealed; all processes of one database have the same. A database that another ring sealed is refused.
    pub async fn open(url: &DatabaseUrl, clock: Arc<dyn Clock>, ring: KeyRing) -> Result<Self, OpenError> {
        Self::open_after(url, clock, ring, async |_: &Everything| Ok(())).await
    }

    /// The same; before rows in PostgreSQL are upgraded, `backup` is made. If it cannot be, nothing is upgraded.
    pub async fn open_after(
        url: &DatabaseUrl,
        clock: Arc<dyn Clock>,
        ring: KeyRing,
        backup: impl AsyncFnOnce(&Everything) -> Result<(), String>,
    ) -> Result<Self, OpenError> {
        let (writes, reads) = connect(url).await?;
        let keys = Keys::new(ring);
        let all = Everything::new(url.clone(), reads.clone(), Arc::clone(&clock));
        let key = upgrade::run(url, &writes, &keys, clock.now(), async || backup(&all).await).await?;
        let writes = watched(url, writes).await?;
        Ok(Self {
            url: url.clone(),
            clock,
            key,
            keys,
            hashing: Arc::new(Semaphore::new(
                std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            )),
            writes,
            reads,
            keep_free: Arc::default(),
            committed: watch::Sender::new(0),
            holders: Holders::default(),
        })
    }

    /// A look at the database as it is now.
    pub async fn read(&self, who: Who) -> Result<Reading, StoreError> {
        let transaction = look(&self.reads).await?;
        Ok(Reading {
            transaction,
            key: self.key.clone(),
            keys: self.keys.clone(),
            who,
            now: self.clock.now(),
        })
    }

    /// A change to the database, made with [`Writing::commit`]. A task holds one at a time; a second is an error at once.
    pub async fn write(&self, who: Who) -> Result<Writing, StoreError> {
        let holder = self.holders.enter()?;
        self.has_room()?;
        let transaction = self.begin().await.map_err(|error| match error {
            DbErr::ConnectionAcquire(_) => StoreError::Busy,
            error => error.into(),
        })?;
        Ok(Writing::new(
            transaction,
            Arc::clone(&self.clock),
            (self.key.clone(), self.keys.clone()),
            who,
            self.committed.clone(),
            holder,
        ))
    }

    /// So many bytes of the disk are kept free: with less, changes of an SQLite database end in [`StoreError::Full`] and looks go
    /// on. A disk that is full to its last byte leaves no room to make any.
    pub fn keep_free(&self, bytes: u64) {
        self.keep_free.store(bytes, Ordering::Relaxed);
    }

    fn has_room(&self) -> Result<(), StoreError> {
        let (keep, file) = (self.keep_free.load(Ordering::Relaxed), self.url.file());
        let Some(folder) = file.filter(|_| keep > 0).map(files::folder) else {
            return Ok(());
        };
        match fs4::available_space(folder) {
            Ok(free) if free < keep => Err(StoreError::Full),
            // What cannot be known stops nobody.
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Tells of every change, by this process within a moment, by another within a second.
    pub fn changes(&self) -> Changes {
        Changes::follow(self, self.committed.subscribe())
    }

    /// All of it, for a copy: for the program itself and who is at its console.
    pub fn everything(&self, who: &Who) -> Result<Everything, StoreError> {
        match who {
            Who::Operator | Who::Job(_) => Ok(Everything::new(
                self.url.clone(),
                self.reads.clone(),
                Arc::clone(&self.clock),
            )),
            Who::Visitor | Who::Person(_) => Err(Denied::NoRight.into()),
        }
    }

    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// Waits for what is under way and closes every connection.
    pub async fn close(self) {
        for pool in [self.writes, self.reads] {
            if let Err(error) = pool.close().await {
                tracing::warn!(%error, "a database connection did not close");
            }
        }
    }

    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        begin(&self.writes).await
    }
}

/// What changes, and what only looks.
pub(crate) async fn connect(
    url: &DatabaseUrl,
) -> Result<(DatabaseConnection, DatabaseConnection), OpenError> {
    match url {
        DatabaseUrl::Sqlite(path) => sqlite(path).await,
        DatabaseUrl::Postgres(address) => postgres(url, address).await,
    }
}

/// SQLite: the connection for changes once the schema is what it will be, with sums of what it changes.
async fn watched(url: &DatabaseUrl, writes: DatabaseConnection) -> Result<DatabaseConnection, OpenError> {
    let Some(path) = url.file() else {
        return Ok(writes);
    };
    upgrade::count(url, &writes).await?;
    let _ = writes.close().await;
    let one = one_at_a_time().after_connect(|connection, _| Box::pin(sums::watch(connection)));
    let pool = one.connect_with(options(path)).await;
    let pool = pool.map_err(|why| cannot_connect(path, &why))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// The one way to a transaction that only looks, and sees one moment.
pub(crate) async fn look(reads: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let is_sqlite = reads.get_database_backend() == DbBackend::Sqlite;
    let options = if is_sqlite {
        TransactionOptions::default()
    } else {
        TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        }
    };
    reads.begin_with_options(options).await
}

/// The one way to a transaction that changes something.
pub(crate) async fn begin(writes: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let is_sqlite = writes.get_database_backend() == DbBackend::Sqlite;
    writes
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: is_sqlite.then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        })
        .await
}

async fn sqlite(path: &Path) -> Result<(DatabaseConnection, DatabaseConnection), OpenError> {
    files::private(path).map_err(|why| OpenError::Folder {
        folder: path.parent().unwrap_or(path).display().to_string(),
        why,
    })?;
    let pool = one_at_a_time().connect_with(options(path)).await;
    let writes = pool.map_err(|why| cannot_connect(path, &why))?;
    let many = SqlitePoolOptions::new().max_connections(4).acquire_timeout(WAIT);
    let looking = options(path).create_if_missing(false).pragma("query_only", "ON");
    let reads = many.connect_lazy_with(looking);
    Ok((
        SqlxSqliteConnector::from_sqlx_sqlite_pool(writes),
        SqlxSqliteConnector::from_sqlx_sqlite_pool(reads),
    ))
}

fn one_at_a_time() -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(1).acquire_timeout(WAIT)
}

fn cannot_connect(path: &Path, why: &sea_orm::sqlx::Error) -> OpenError {
    if upgrade::is_damage(why) {
        return OpenError::NotADatabase(path.display().to_string());
    }
    OpenError::Connect {
        url: format!("sqlite:{}", path.display()),
        why: why.to_string(),
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(WAIT)
        .pragma("secure_delete", "FAST")
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("recursive_triggers", "ON")
}

pub(crate) async fn postgres(
    url: &DatabaseUrl,
    address: &str,
) -> Result<(DatabaseConnection, DatabaseConnection), OpenError> {
    let connect = |why: sea_orm::sqlx::Error| OpenError::Connect {
        url: url.to_string(),
        why: why.to_string(),
    };
    let options: PgConnectOptions = address.parse().map_err(connect)?;
    let options = options.application_name("sameboat");
    // A pool would try again and again and then say that it ran out of time; one connection says why.
    let first = PgConnection::connect_with(&options).await.map_err(connect)?;
    first.close().await.map_err(connect)?;
    let pool = || PgPoolOptions::new().max_connections(8).acquire_timeout(WAIT);
    let writes = pool().connect_with(options.clone()).await.map_err(connect)?;
    let reads = pool().connect_lazy_with(options);
    Ok((
        SqlxPostgresConnector::from_sqlx_postgres_pool(writes),
        SqlxPostgresConnector::from_sqlx_postgres_pool(reads),
    ))
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Statement};

    use super::*;

    async fn fresh() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("sameboat.db"));
        let clock = domain::clock::Fixed("2026-11-24T15:00:00Z".parse().unwrap());
        let store = Store::open(&url, Arc::new(clock), KeyRing::new([7; 32]))
            .await
            .unwrap();
        (folder, store)
    }

    /// SECURITY T15. PostgreSQL's "full" cannot be had without its disk.
    #[tokio::test]
    async fn a_full_database_says_so_keeps_what_was_acknowledged_and_goes_on() {
        let (_folder, store) = fresh().await;
        let plan = async |number: usize| {
            let mut writing = store.write(Who::Job("test")).await?;
            let subject = format!("{number:01000}");
            crate::jobs::plan(
                &mut writing,
                crate::jobs::FEED,
                &subject,
                chrono::TimeDelta::days(1),
            )
            .await?;
            writing.commit().await
        };
        let planned = async || {
            let statement = Statement::from_string(DbBackend::Sqlite, "select count(*) as it from job");
            let row = store.reads.query_one_raw(statement).await.unwrap().unwrap();
            usize::try_from(row.try_get::<i64>("", "it").unwrap()).unwrap()
        };
        let most = async |pages: u32| {
            let pragma = format!("pragma max_page_count = {pages}");
            store.writes.execute_unprepared(&pragma).await.unwrap();
        };
        most(400).await;
        let mut acknowledged = 0;
        let why = loop {
            match plan(acknowledged).await {
                Ok(()) => acknowledged += 1,
                Err(why) => break why,
            }
        };
        assert!(acknowledged > 0 && matches!(why, StoreError::Full), "{why:?}");
        assert!(matches!(plan(acknowledged).await, Err(StoreError::Full)));
        assert_eq!(planned().await, acknowledged);
        most(u32::MAX - 1).await;
        plan(acknowledged).await.unwrap();
        assert_eq!(planned().await, acknowledged + 1);
        assert_eq!(
            crate::health::check(&store).await.unwrap().broken,
            Vec::<String>::new()
        );
    }

    #[tokio::test]
    async fn sqlite_is_opened_to_lose_nothing_and_trust_nothing() {
        let (_folder, store) = fresh().await;
        for (pool, query_only) in [(&store.writes, "0"), (&store.reads, "1")] {
            for (pragma, wanted) in [
                ("journal_mode", "wal"),
                ("synchronous", "2"),
                ("foreign_keys", "1"),
                ("secure_delete", "2"),
                ("trusted_schema", "0"),
                ("cell_size_check", "1"),
                ("busy_timeout", "10000"),
                ("query_only", query_only),
            ] {
                let sql = format!("select cast((select * from pragma_{pragma}) as text) as it");
                let statement = Statement::from_string(pool.get_database_backend(), sql);
                let row = pool.query_one_raw(statement).await.unwrap().unwrap();
                let is: String = row.try_get("", "it").unwrap();
                assert_eq!(is, wanted, "{pragma}");
            }
        }
    }
}

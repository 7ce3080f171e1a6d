//! Opening a database, and the pools behind [`Store`].

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel,
    SqliteTransactionMode, SqlxPostgresConnector, SqlxSqliteConnector, Statement, TransactionOptions,
    TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use tokio::sync::watch;

use crate::changes::Changes;
use crate::migrations::Migrator;
use crate::transaction::{Reading, StoreError, Who, Writing};
use crate::url::DatabaseUrl;

/// How long a change waits for the one before it.
const WAIT: Duration = Duration::from_secs(10);
/// Copies kept of a SQLite file from before an upgrade.
const COPIES: usize = 3;

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) url: DatabaseUrl,
    clock: Arc<dyn Clock>,
    /// SQLite: ONE connection, so that changes queue here and not inside the engine.
    pub(crate) writes: DatabaseConnection,
    pub(crate) reads: DatabaseConnection,
    committed: watch::Sender<u64>,
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
    #[error("{url} could not be upgraded: {why}. Nothing was changed.")]
    Upgrade { url: String, why: String },
}

impl Store {
    /// Opens the database, makes it if it is a file that is not there yet, and brings its schema up to date.
    pub async fn open(url: &DatabaseUrl, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let (writes, reads) = match url {
            DatabaseUrl::Sqlite(path) => sqlite(path).await?,
            DatabaseUrl::Postgres(address) => postgres(url, address).await?,
        };
        let store = Self {
            url: url.clone(),
            clock,
            writes,
            reads,
            committed: watch::Sender::new(0),
        };
        store.upgrade().await?;
        Ok(store)
    }

    /// A look at the database as it is now.
    pub async fn read(&self, _who: Who) -> Result<Reading, StoreError> {
        let options = match self.url {
            DatabaseUrl::Sqlite(_) => TransactionOptions::default(),
            DatabaseUrl::Postgres(_) => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        let transaction = self.reads.begin_with_options(options).await?;
        Ok(Reading { transaction })
    }

    /// A change to the database, made with [`Writing::commit`].
    pub async fn write(&self, who: Who) -> Result<Writing, StoreError> {
        let transaction = self.begin().await.map_err(|error| match error {
            DbErr::ConnectionAcquire(_) => StoreError::Busy,
            error => StoreError::Database(error),
        })?;
        Ok(Writing::new(
            transaction,
            Arc::clone(&self.clock),
            who,
            self.committed.clone(),
        ))
    }

    /// Tells of every change, by this process within a moment, by another within a second.
    pub fn changes(&self) -> Changes {
        Changes::follow(self, self.committed.subscribe())
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

    async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let sqlite_transaction_mode =
            Some(SqliteTransactionMode::Immediate).filter(|_| self.url.file().is_some());
        self.writes
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode,
                ..TransactionOptions::default()
            })
            .await
    }

    async fn upgrade(&self) -> Result<(), OpenError> {
        let failed = |why: DbErr| {
            if why.to_string().contains("not a database") || why.to_string().contains("malformed") {
                return OpenError::NotADatabase(self.url.to_string());
            }
            OpenError::Upgrade {
                url: self.url.to_string(),
                why: why.to_string(),
            }
        };
        let applied = applied(&self.writes).await.map_err(failed)?;
        let known: Vec<String> = Migrator::migrations()
            .iter()
            .map(|m| m.name().to_owned())
            .collect();
        if let Some(version) = applied.iter().find(|version| !known.contains(version)) {
            return Err(OpenError::NewerSchema {
                url: self.url.to_string(),
                version: version.clone(),
            });
        }
        if applied.len() == known.len() {
            return Ok(());
        }
        if let (Some(path), false) = (self.url.file(), applied.is_empty()) {
            copy_before_upgrade(&self.writes, path, applied.len())
                .await
                .map_err(failed)?;
        }
        let transaction = self.begin().await.map_err(failed)?;
        if self.url.file().is_none() {
            // Two processes may start at once: the second waits here and then finds nothing left to do.
            transaction
                .execute_unprepared("select pg_advisory_xact_lock(5343000001)")
                .await
                .map_err(failed)?;
        }
        Migrator::up(&transaction, None).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }
}

/// The names of the migrations that a database has had.
async fn applied(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let table = match db.get_database_backend() {
        sea_orm::DbBackend::Sqlite => "select name from sqlite_master where name = 'seaql_migrations'",
        _ => {
            "select tablename from pg_tables where tablename = 'seaql_migrations' and schemaname = current_schema()"
        }
    };
    let statement = |sql: &str| Statement::from_string(db.get_database_backend(), sql);
    if db.query_one_raw(statement(table)).await?.is_none() {
        return Ok(Vec::new());
    }
    let rows = db
        .query_all_raw(statement("select version from seaql_migrations order by version"))
        .await?;
    rows.iter().map(|row| row.try_get("", "version")).collect()
}

async fn copy_before_upgrade(db: &DatabaseConnection, path: &Path, version: usize) -> Result<(), DbErr> {
    let copies = (1..=COPIES).map(|n| path.with_extension(format!("before-upgrade-{version}-{n}.db")));
    let Some(copy) = copies.into_iter().find(|copy| !copy.exists()) else {
        return Ok(());
    };
    let into = copy.display().to_string().replace('\'', "''");
    db.execute_unprepared(&format!("vacuum into '{into}'")).await?;
    tracing::info!(copy = %copy.display(), "copied the database before its upgrade");
    Ok(())
}

async fn sqlite(path: &Path) -> Result<(DatabaseConnection, DatabaseConnection), OpenError> {
    private_folder(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(WAIT)
        .pragma("secure_delete", "FAST")
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON");
    let connect = |why: sea_orm::sqlx::Error| {
        if why.to_string().contains("not a database") {
            return OpenError::NotADatabase(path.display().to_string());
        }
        OpenError::Connect {
            url: format!("sqlite:{}", path.display()),
            why: why.to_string(),
        }
    };
    let one = SqlitePoolOptions::new().max_connections(1).acquire_timeout(WAIT);
    let writes = one.connect_with(options.clone()).await.map_err(connect)?;
    private_file(path)?;
    let many = SqlitePoolOptions::new().max_connections(4).acquire_timeout(WAIT);
    let reads = many.connect_lazy_with(options.create_if_missing(false).pragma("query_only", "ON"));
    Ok((
        SqlxSqliteConnector::from_sqlx_sqlite_pool(writes),
        SqlxSqliteConnector::from_sqlx_sqlite_pool(reads),
    ))
}

async fn postgres(
    url: &DatabaseUrl,
    address: &str,
) -> Result<(DatabaseConnection, DatabaseConnection), OpenError> {
    let connect = |why: sea_orm::sqlx::Error| OpenError::Connect {
        url: url.to_string(),
        why: why.to_string(),
    };
    let options: PgConnectOptions = address.parse().map_err(connect)?;
    let options = options.application_name("sameboat");
    let pool = || PgPoolOptions::new().max_connections(8).acquire_timeout(WAIT);
    let writes = pool().connect_with(options.clone()).await.map_err(connect)?;
    let reads = pool().connect_lazy_with(options);
    Ok((
        SqlxPostgresConnector::from_sqlx_postgres_pool(writes),
        SqlxPostgresConnector::from_sqlx_postgres_pool(reads),
    ))
}

/// Makes the folder of the file, for this user only.
fn private_folder(path: &Path) -> Result<(), OpenError> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|why| OpenError::Folder {
        folder: folder.display().to_string(),
        why,
    })
}

/// The file is for this user only; SQLite gives its WAL the same rights.
#[cfg_attr(not(unix), expect(clippy::unnecessary_wraps, reason = "rights exist on unix"))]
fn private_file(path: &Path) -> Result<(), OpenError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(|why| {
            OpenError::Folder {
                folder: path.display().to_string(),
                why,
            }
        })?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

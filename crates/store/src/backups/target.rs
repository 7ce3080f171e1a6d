//! The database that a backup is loaded into. Nothing of it is there before it is kept.

use std::path::{Path, PathBuf};

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqlxSqliteConnector, Statement,
    TransactionOptions, TransactionTrait,
};
use tempfile::{TempDir, TempPath};

use super::schema::{self, quoted};
use super::{LoadError, health};
use crate::upgrade;
use crate::url::DatabaseUrl;
use crate::{engine, files};

/// An open transaction in an empty database: a file that has no name of its own yet, or a PostgreSQL database.
pub(super) struct Target {
    pub transaction: DatabaseTransaction,
    connection: DatabaseConnection,
    url: DatabaseUrl,
    /// SQLite: the folder of the file until it is kept; gone with this.
    beside: Option<TempDir>,
    /// PostgreSQL: foreign keys that are taken off while rows come in any order, as table, name and definition.
    references: Vec<[String; 3]>,
}

impl Target {
    pub(super) async fn open(url: &DatabaseUrl) -> Result<Self, LoadError> {
        let (connection, beside) = match url {
            DatabaseUrl::Sqlite(path) => {
                let beside = folder_beside(path)?;
                (file(&inside(&beside)).await?, Some(beside))
            }
            DatabaseUrl::Postgres(address) => (engine::postgres(url, address).await?.0, None),
        };
        let transaction = connection
            .begin_with_options(TransactionOptions::default())
            .await?;
        let target = Self {
            transaction,
            connection,
            url: url.clone(),
            beside,
            references: Vec::new(),
        };
        match target.alone_and_empty().await {
            Ok(()) => Ok(target),
            Err(why) => {
                let _ = target.forget().await;
                Err(why)
            }
        }
    }

    /// PostgreSQL: nobody else loads into it, and it holds nothing of ours. A file of SQLite is new.
    async fn alone_and_empty(&self) -> Result<(), LoadError> {
        if self.beside.is_none() {
            self.transaction
                .execute_unprepared(upgrade::ONE_AT_A_TIME)
                .await?;
            refuse_ours(&self.transaction, &self.url).await?;
        }
        Ok(())
    }

    /// Takes the foreign keys off. SQLite does not look at them here.
    pub(super) async fn loosen(&mut self) -> Result<(), LoadError> {
        if self.beside.is_some() {
            return Ok(());
        }
        let sql = "select conrelid::regclass::text as holder, conname::text as name, pg_get_constraintdef(oid) as definition
            from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace";
        for row in self.transaction.query_all_raw(self.statement(sql)).await? {
            let reference = ["holder", "name", "definition"].map(|column| row.try_get::<String>("", column));
            let [holder, name, definition] = reference;
            self.references.push([holder?, name?, definition?]);
        }
        for [holder, name, _] in &self.references {
            let sql = format!("alter table {holder} drop constraint {}", quoted(name));
            self.transaction.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    /// Puts the foreign keys back, or looks whether they are kept: every row that is named must be there.
    pub(super) async fn tighten(&self) -> Result<(), LoadError> {
        for [holder, name, definition] in &self.references {
            let sql = format!(
                "alter table {holder} add constraint {} {definition}",
                quoted(name)
            );
            self.transaction
                .execute_unprepared(&sql)
                .await
                .map_err(|why| LoadError::Broken(why.to_string()))?;
        }
        self.check().await
    }

    /// What the engine's own check says.
    pub(super) async fn check(&self) -> Result<(), LoadError> {
        let broken = health::broken(&self.transaction).await?;
        broken
            .into_iter()
            .next()
            .map_or(Ok(()), |broken| Err(LoadError::Broken(broken)))
    }

    /// Makes it last: all of it, under its own name.
    pub(super) async fn keep(self) -> Result<(), LoadError> {
        self.transaction.commit().await?;
        self.connection.close().await?;
        let (Some(beside), DatabaseUrl::Sqlite(path)) = (&self.beside, &self.url) else {
            return Ok(());
        };
        let cannot = |why: std::io::Error| LoadError::File {
            file: path.display().to_string(),
            why,
        };
        let made = inside(beside);
        std::fs::File::open(&made)
            .and_then(|file| file.sync_all())
            .map_err(cannot)?;
        let made = TempPath::try_from_path(made).map_err(cannot)?;
        made.persist_noclobber(path).map_err(|why| cannot(why.error))?;
        files::sync_name(path).map_err(cannot)
    }

    /// Leaves nothing.
    pub(super) async fn forget(self) -> Result<(), LoadError> {
        self.transaction.rollback().await?;
        self.connection.close().await?;
        Ok(())
    }

    fn statement(&self, sql: &str) -> Statement {
        Statement::from_string(self.transaction.get_database_backend(), sql)
    }
}

/// A new folder on the same disk, for this user only.
fn folder_beside(path: &Path) -> Result<TempDir, LoadError> {
    // A log that is left of another file would be taken for one of this.
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut there = path.as_os_str().to_owned();
        there.push(ending);
        let there = PathBuf::from(there);
        if there.exists() {
            return Err(LoadError::Exists(there.display().to_string()));
        }
    }
    files::private_folder(path)
        .and_then(|folder| {
            tempfile::Builder::new()
                .prefix(".sameboat-restore-")
                .tempdir_in(folder)
        })
        .map_err(|why| LoadError::File {
            file: path.display().to_string(),
            why,
        })
}

fn inside(folder: &TempDir) -> PathBuf {
    folder.path().join("sameboat.db")
}

/// Nobody else knows of this file, and one that is half done is thrown away: it need not survive anything until it is kept.
async fn file(path: &Path) -> Result<DatabaseConnection, LoadError> {
    files::private(path).map_err(|why| LoadError::File {
        file: path.display().to_string(),
        why,
    })?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Memory)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(false)
        .pragma("cache_size", "-65536")
        .pragma("trusted_schema", "OFF");
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .map_err(|why| DbErr::Custom(why.to_string()))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// A database that has a table of ours is no place for a backup.
async fn refuse_ours(db: &DatabaseTransaction, url: &DatabaseUrl) -> Result<(), LoadError> {
    let ours = schema::made_by(schema::migrations().len()).await?;
    let there = schema::tables(db).await?;
    let taken = there
        .iter()
        .any(|(name, _)| ours.iter().any(|table| table.name == *name));
    if taken || !upgrade::applied(db).await?.is_empty() {
        return Err(LoadError::NotEmpty(url.to_string()));
    }
    Ok(())
}

//! Loading: a backup becomes a database, all of it and nothing else, or nothing is there.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use sea_orm_migration::MigratorTrait;
use tokio::sync::mpsc::Receiver;

use super::cell::Cell;
use super::incoming::{Incoming, Line};
use super::lines::{self, Heading, Out, Stopped};
use super::schema::{self, Table, quoted};
use super::target::Target;
use super::{AuditHead, Header, Manifest, Sum, audit_head};
use crate::engine::OpenError;
use crate::migrations::{Migrator, afterwards};
use crate::url::DatabaseUrl;

/// Values bound by one statement at most; both engines take more.
const MOST_VALUES: usize = 4096;
const MOST_ROWS: usize = 128;

/// The one column that once counted by itself; backups from then have its last number.
const KEYS_COUNTED: &str = "data_key.id";

/// Why a backup was not restored. Whichever it is, nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("this is no backup of Sameboat")]
    NotABackup,
    #[error("the backup is of a newer kind ({0}); restore it with the version of Sameboat that made it")]
    NewerFormat(u32),
    #[error(
        "the backup is of a newer Sameboat (it knows “{0}”); restore it with that version, or a later one"
    )]
    NewerSchema(String),
    #[error("the backup is damaged: {0}. Take an earlier one, or another copy of this one.")]
    Broken(String),
    #[error("{0} is there already. Name a file that is not, or move that one away.")]
    Exists(String),
    #[error("{0} is not empty. Make an empty database (createdb) and name that.")]
    NotEmpty(String),
    #[error("{file} cannot be written: {why}. Make room, or choose another place.")]
    File { file: String, why: std::io::Error },
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the table {table} does not go into this database: {why}")]
    Refused { table: String, why: String },
    #[error("the database did not take it: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<DbErr> for LoadError {
    fn from(why: DbErr) -> Self {
        Self::Database(why.into())
    }
}

impl From<Stopped> for LoadError {
    fn from(why: Stopped) -> Self {
        match why {
            Stopped::Nobody => Self::Database("nobody reads what it says".into()),
            Stopped::Database(why) => why.into(),
        }
    }
}

/// A database that is compared with its backup, and not there yet.
pub struct Loaded {
    target: Target,
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// The same, read from the database that was made of it.
    pub tables: Vec<Sum>,
    pub audit: AuditHead,
}

/// Makes an empty database into what these lines say: its schema as it was then, and every row; reads all of it back and compares.
/// Until [`Loaded::keep`] nobody sees it; whoever opens it with its keys then brings its schema up to date.
pub async fn load(from: Receiver<Vec<u8>>, into: &DatabaseUrl) -> Result<Loaded, LoadError> {
    let mut incoming = Incoming::new(from);
    let header = incoming.header().await?;
    let known = schema::migrations();
    if let Some(newer) = header.schema.iter().find(|name| !known.contains(name)) {
        return Err(LoadError::NewerSchema(newer.clone()));
    }
    if header.schema.is_empty() || !known.starts_with(&header.schema) {
        let had = header.schema.join(", ");
        return Err(LoadError::Broken(format!("no version leaves the schema {had}")));
    }
    let mut target = Target::open(into).await?;
    match fill(&mut target, &mut incoming, &header).await {
        Ok((manifest, tables, audit)) => Ok(Loaded {
            target,
            manifest,
            tables,
            audit,
        }),
        Err(why) => {
            // It is refused already; whoever comes next is not to wait for what is left of it.
            let _ = target.forget().await;
            Err(why)
        }
    }
}

/// The schema as it was then, and every row, compared with what the backup says of them.
async fn fill(
    target: &mut Target,
    incoming: &mut Incoming,
    header: &Header,
) -> Result<(Manifest, Vec<Sum>, AuditHead), LoadError> {
    let had = u32::try_from(header.schema.len()).unwrap_or(u32::MAX);
    Migrator::up(&target.transaction, Some(had)).await?;
    for statement in afterwards(header.schema.len()) {
        target.transaction.execute_unprepared(statement).await?;
    }
    let tables = made(target).await?;
    target.loosen().await?;
    for table in &tables {
        // What migrations put there is in the backup, too.
        let sql = format!("delete from {}", quoted(&table.name));
        target.transaction.execute_unprepared(&sql).await?;
    }
    let manifest = rows(incoming, target, &tables).await?;
    if manifest.header != *header {
        return Err(LoadError::Broken(
            "its first line and its last do not go together".to_owned(),
        ));
    }
    target.tighten().await?;
    let sums = compare(target, &tables, &manifest).await?;
    let audit = audit_head(&target.transaction, &tables).await?;
    if audit != manifest.audit {
        return Err(LoadError::Broken(
            "its audit ends elsewhere than it says".to_owned(),
        ));
    }
    if manifest.counters.keys().any(|column| column != KEYS_COUNTED) {
        return Err(LoadError::Broken(
            "it counts from elsewhere than it says".to_owned(),
        ));
    }
    Ok((manifest, sums, audit))
}

impl Loaded {
    /// Makes it last.
    pub async fn keep(self) -> Result<(), LoadError> {
        self.target.keep().await
    }

    /// Leaves nothing of it: this was a trial.
    pub async fn forget(self) -> Result<(), LoadError> {
        self.target.forget().await
    }
}

/// The tables that the migrations have just made there, and not what else may be beside them.
async fn made(target: &Target) -> Result<Vec<Table>, LoadError> {
    let applied = crate::upgrade::applied(&target.transaction).await?;
    let ours = schema::made_by(applied.len()).await?;
    let there = schema::tables(&target.transaction).await?.into_iter();
    Ok(there
        .filter_map(|(_, table)| table.ok())
        .filter(|table| ours.contains(table))
        .collect())
}

/// Takes in all rows, up to the end.
async fn rows(incoming: &mut Incoming, target: &Target, tables: &[Table]) -> Result<Manifest, LoadError> {
    let mut seen: Vec<&str> = Vec::new();
    let mut now: Option<(&Table, Vec<Vec<Cell>>)> = None;
    loop {
        match incoming.next().await? {
            Line::Row(values) => {
                let Some((table, rows)) = &mut now else {
                    return Err(LoadError::Broken("a row is in no table".to_owned()));
                };
                rows.push(cells(table, values)?);
                if rows.len() == at_once(table) {
                    insert(target, table, std::mem::take(rows)).await?;
                }
            }
            Line::Heading(heading) => {
                ended(target, now.take()).await?;
                let table = headed(tables, &heading)?;
                if seen.contains(&table.name.as_str()) {
                    return Err(LoadError::Broken(format!("the table {} comes twice", table.name)));
                }
                seen.push(&table.name);
                now = Some((table, Vec::new()));
            }
            Line::Manifest(manifest) => {
                ended(target, now.take()).await?;
                incoming.end().await?;
                return Ok(*manifest);
            }
        }
    }
}

fn headed<'a>(tables: &'a [Table], heading: &Heading) -> Result<&'a Table, LoadError> {
    tables
        .iter()
        .find(|table| table.name == heading.table && table.columns == heading.columns)
        .ok_or_else(|| LoadError::Broken(format!("its table {} is not one of its schema", heading.table)))
}

fn cells(table: &Table, values: Vec<serde_json::Value>) -> Result<Vec<Cell>, LoadError> {
    let wrong = |what: &str| LoadError::Broken(format!("a row of {} has {what}", table.name));
    if values.len() != table.columns.len() {
        return Err(wrong("another number of values"));
    }
    table
        .columns
        .iter()
        .zip(values)
        .map(|(column, value)| {
            Cell::of_json(column.kind, value).ok_or_else(|| wrong(&format!("no such {}", column.name)))
        })
        .collect()
}

async fn ended(target: &Target, now: Option<(&Table, Vec<Vec<Cell>>)>) -> Result<(), LoadError> {
    let Some((table, rows)) = now else { return Ok(()) };
    for row in rows {
        insert(target, table, vec![row]).await?;
    }
    Ok(())
}

/// Rows of one statement: the same number each time, so that it is prepared once.
fn at_once(table: &Table) -> usize {
    (MOST_VALUES / table.columns.len().max(1)).clamp(1, MOST_ROWS)
}

async fn insert(target: &Target, table: &Table, rows: Vec<Vec<Cell>>) -> Result<(), LoadError> {
    let backend = target.transaction.get_database_backend();
    let mut values = Vec::with_capacity(rows.len() * table.columns.len());
    let mut places = Vec::with_capacity(rows.len());
    for row in rows {
        let mut of_row = Vec::with_capacity(row.len());
        for (cell, column) in row.into_iter().zip(&table.columns) {
            if let (DbBackend::Postgres, Cell::Odd(_)) = (backend, &cell) {
                return Err(LoadError::Refused {
                    table: table.name.clone(),
                    why: format!(
                        "a value of {} is of another kind than its column; PostgreSQL takes none such. Mend it in the SQLite database first",
                        column.name
                    ),
                });
            }
            let (value, place) = cell.bind(column.kind);
            values.push(value);
            of_row.push(match backend {
                DbBackend::Postgres => format!("${}", values.len()),
                _ => place.to_owned(),
            });
        }
        places.push(format!("({})", of_row.join(", ")));
    }
    let columns: Vec<_> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let sql = format!(
        "insert into {} ({}) values {}",
        quoted(&table.name),
        columns.join(", "),
        places.join(", ")
    );
    let statement = Statement::from_sql_and_values(backend, sql, values);
    target
        .transaction
        .execute_raw(statement)
        .await
        .map_err(|why| LoadError::Refused {
            table: table.name.clone(),
            why: why.to_string(),
        })?;
    Ok(())
}

/// Reads every table back; each must be what the manifest says, and none may be missing there.
async fn compare(target: &Target, tables: &[Table], manifest: &Manifest) -> Result<Vec<Sum>, LoadError> {
    let mut sums = Vec::new();
    for table in tables {
        let sum = lines::table(&target.transaction, table, &mut Out::nowhere()).await?;
        if !manifest.tables.contains(&sum) {
            return Err(LoadError::Broken(format!(
                "the table {} is not what its manifest says",
                table.name
            )));
        }
        sums.push(sum);
    }
    if sums.len() != manifest.tables.len() {
        return Err(LoadError::Broken(
            "its manifest tells of a table that is not there".to_owned(),
        ));
    }
    Ok(sums)
}

//! Saving: everything there is, as it was at one moment, while others go on writing.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Statement};
use tokio::sync::mpsc::Sender;
use uuid::Uuid;

use super::lines::{self, Out, Stopped};
use super::schema::{self, Table};
use super::{Everything, FORMAT, Header, Manifest, audit_head};
use crate::entities::installation;
use crate::health;
use crate::upgrade::applied;

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error(
        "the database has had the migrations {0}, which no version of this program leaves; run the version that made it"
    )]
    Schema(String),
    #[error("the database has no table “{0}”, so it is not whole; restore it from an earlier backup")]
    Missing(String),
    #[error(
        "the table “{table}” is not as the program made it ({why}), and a backup with it could not be restored; undo what was changed by hand"
    )]
    Shape { table: String, why: String },
    #[error("the backup was stopped before its end")]
    Stopped,
    #[error("the database did not answer: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<DbErr> for SaveError {
    fn from(why: DbErr) -> Self {
        Self::Database(why.into())
    }
}

impl From<Stopped> for SaveError {
    fn from(why: Stopped) -> Self {
        match why {
            Stopped::Nobody => Self::Stopped,
            Stopped::Database(why) => why.into(),
        }
    }
}

/// Gives all lines to `to`, in pieces that end anywhere, and says what they hold. `program` is the version that does it.
pub async fn save(all: &Everything, program: &str, to: &Sender<Vec<u8>>) -> Result<Manifest, SaveError> {
    let (transaction, made_at) = (all.look().await?, all.now());
    let db = &transaction;
    let schema = applied(db).await?;
    if schema.is_empty() || !schema::migrations().starts_with(&schema) {
        return Err(SaveError::Schema(schema.join(", ")));
    }
    let (tables, left_out) = ours(db, schema.len()).await?;
    let header = Header {
        format: FORMAT,
        program: program.to_owned(),
        engine: health::engine(db).await?,
        schema,
        made_at,
        installation: installation(db, &tables).await?,
        keys: keys(db, &tables).await?,
    };
    let mut out = Out::to(to);
    out.line(&lines::line(&header)?).await?;
    let mut sums = Vec::new();
    for table in &tables {
        sums.push(lines::table(db, table, &mut out).await?);
    }
    let manifest = Manifest {
        header,
        tables: sums,
        audit: audit_head(db, &tables).await?,
        counters: BTreeMap::new(),
        left_out,
    };
    out.line(&lines::line(&manifest)?).await?;
    out.end().await?;
    Ok(manifest)
}

/// Whether nothing was done since: every act has its row of the audit.
pub async fn is_still(all: &Everything, manifest: &Manifest) -> Result<bool, SaveError> {
    let tables: Vec<_> = schema::made_by(manifest.header.schema.len()).await?;
    Ok(audit_head(&all.look().await?, &tables).await? == manifest.audit)
}

async fn installation(db: &impl ConnectionTrait, tables: &[Table]) -> Result<Option<Uuid>, DbErr> {
    if !tables.iter().any(|table| table.name == "installation") {
        return Ok(None);
    }
    let row = installation::Entity::find().one(db).await?;
    Ok(row.map(|row| row.id))
}

async fn keys(db: &impl ConnectionTrait, tables: &[Table]) -> Result<Vec<String>, DbErr> {
    if !tables.iter().any(|table| table.name == "data_key") {
        return Ok(Vec::new());
    }
    let sql = "select distinct root from data_key order by root";
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    rows.iter().map(|row| row.try_get("", "root")).collect()
}

/// Every table that these many migrations make, as the engine has it, and the names of others beside them.
async fn ours(db: &impl ConnectionTrait, migrations: usize) -> Result<(Vec<Table>, Vec<String>), SaveError> {
    let made = schema::made_by(migrations).await?;
    let (mut tables, mut left_out) = (Vec::new(), Vec::new());
    for (name, there) in schema::tables(db).await? {
        let Some(wanted) = made.iter().find(|table| table.name == name) else {
            left_out.push(name);
            continue;
        };
        match there {
            Ok(there) if there == *wanted => tables.push(there),
            Ok(there) => {
                let why = different(&there, wanted);
                return Err(SaveError::Shape { table: name, why });
            }
            Err(why) => return Err(SaveError::Shape { table: name, why }),
        }
    }
    let missing = made.iter().find(|table| !tables.contains(table));
    missing.map_or(Ok((tables, left_out)), |table| {
        Err(SaveError::Missing(table.name.clone()))
    })
}

/// The first column that only one of them has.
fn different(there: &Table, wanted: &Table) -> String {
    let more = there
        .columns
        .iter()
        .find(|column| !wanted.columns.contains(column));
    let less = wanted
        .columns
        .iter()
        .find(|column| !there.columns.contains(column));
    match (more, less) {
        (Some(column), _) => format!("column {}", column.name),
        (None, Some(column)) => format!("without its column {}", column.name),
        (None, None) => "another primary key".to_owned(),
    }
}

//! Everything of a database as lines of JSON, the same from both engines, and a database made of them again.
//!
//! The first line is a [`Header`]. Then comes for each table a line that names its columns, and one line for each row. The last
//! is the [`Manifest`]: how many rows each table has and the SHA-256 of its lines, by which a restored database is compared with
//! the one that was saved, whatever the engines are. What compresses and encrypts the lines is the caller's (decision 30).

mod cell;
mod everything;
mod incoming;
mod lines;
mod load;
mod records;
mod save;
pub(crate) mod schema;
mod target;
#[cfg(test)]
mod tests;

pub use everything::Everything;
pub use load::{LoadError, Loaded, load};
pub use records::{Backup, LATE, Made, forget, is_late, newest, newest_by_us, record};
pub use save::{SaveError, is_still, save};

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, Statement};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::health;
use crate::key::hex;
use schema::Table;

/// The way lines are written; a later one may be another.
const FORMAT: u32 = 1;

/// What a backup is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format, under a name by which a backup is known.
    #[serde(rename = "sameboat_backup")]
    format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// "SQLite 3.51.0", "PostgreSQL 15.18".
    pub engine: String,
    /// The migrations that the database had had, oldest first.
    pub schema: Vec<String>,
    /// The moment it shows.
    pub made_at: DateTime<Utc>,
    /// Which database it is, from the version on in which it knows.
    pub installation: Option<Uuid>,
    /// The names of the keys in the key ring that open what is sealed; the ring is not in it.
    pub keys: Vec<String>,
}

impl Header {
    /// Eight letters that tell one installation from another.
    pub fn short(&self) -> String {
        let id = self.installation.unwrap_or_default().simple().to_string();
        id.chars().take(8).collect()
    }
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    #[serde(flatten)]
    pub header: Header,
    pub tables: Vec<Sum>,
    pub audit: AuditHead,
    /// The last number that each column gave that counts by itself, as `table.column`. None does; the numbers of data keys did, in
    /// backups from before they were drawn by chance.
    pub counters: BTreeMap<String, i64>,
    /// Tables beside ours that no version of Sameboat makes; they are not in it.
    pub left_out: Vec<String>,
}

/// The rows of a table and the SHA-256 of its lines, that of its columns first, each with its line feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    pub table: String,
    pub rows: u64,
    pub sha256: String,
}

/// Where the audit ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    pub rows: u64,
    /// The highest number of each scope.
    pub scopes: BTreeMap<String, i64>,
    /// The MAC of the youngest row, in hexadecimal digits; none before rows had one.
    pub mac: Option<String>,
}

impl Manifest {
    /// Whether the database had the schema of this version of the program.
    pub fn is_of_this_version(&self) -> bool {
        self.header.schema == schema::migrations()
    }

    /// The rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|sum| sum.rows).sum()
    }
}

async fn audit_head(db: &impl ConnectionTrait, tables: &[Table]) -> Result<AuditHead, DbErr> {
    let statement = |sql: &str| Statement::from_string(db.get_database_backend(), sql);
    let rows = db
        .query_one_raw(statement("select count(*) as n from audit"))
        .await?;
    let rows: i64 = rows.map_or(Ok(0), |row| row.try_get("", "n"))?;
    let mut head = AuditHead {
        rows: rows.cast_unsigned(),
        scopes: BTreeMap::new(),
        mac: None,
    };
    // The first versions numbered nothing.
    if !tables
        .iter()
        .any(|table| table.name == "audit" && table.has("scope"))
    {
        return Ok(head);
    }
    let sql = "select scope, max(scope_seq) as last from audit where scope is not null group by scope";
    for row in db.query_all_raw(statement(sql)).await? {
        head.scopes
            .insert(row.try_get("", "scope")?, row.try_get("", "last")?);
    }
    let sql = "select mac from audit where mac is not null order by id desc limit 1";
    if let Some(row) = db.query_one_raw(statement(sql)).await? {
        head.mac = Some(hex(&row.try_get::<Vec<u8>>("", "mac")?));
    }
    Ok(head)
}

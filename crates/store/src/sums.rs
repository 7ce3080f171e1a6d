//! What an SQLite file should hold: the number of rows of each table and a sum over what they say, kept with every change.
//!
//! SQLite keeps no checksums of its pages, and its own check finds few of the bits that a disk turns. So triggers of the one
//! connection that writes tell of each row that changes, the commit adds that up, and whoever reads every row can see whether they
//! still say what was written ([`damage`]). PostgreSQL has checksums of its own. This is against disks: who edits a file on purpose is
//! told by the audit.

use std::collections::{BTreeMap, BTreeSet};

use futures::TryStreamExt;
use sea_orm::sqlx::{AssertSqlSafe, Row, SqliteConnection, query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::backups::schema::quoted;
use crate::engine::Store;
use crate::transaction::{StoreError, Who};
use crate::upgrade::is_damage;

/// One row with the sums of all tables. It is no part of the schema: a copy of everything is summed up anew.
const MAKE: &str =
    "create table if not exists row_sums (id integer primary key check (id = 1), sums text not null)";

/// Each table of the schema with its columns; but for what an import puts aside, which is read from the feed again.
const TABLES: &str =
    "select m.name as holder, p.name as name from sqlite_master m, pragma_table_info(m.name) p
    where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' and m.name not in ('row_sums', 'import_row', 'import_link')
    order by m.name, p.cid";

/// How the tables are made. That changes with an upgrade only, after which all is counted anew.
const SCHEMA: &str = "select cast(quote(type) || ',' || quote(name) || ',' || quote(tbl_name) || ',' || quote(sql) as blob) as said
    from sqlite_master where tbl_name <> 'row_sums'";

/// So many noted rows are in memory at a time: an import changes very many at once.
const A_PIECE: usize = 500;

const NEXT: &str =
    "select rowid as number, holder, sign, said from temp.noted where rowid > ? order by rowid limit 500";

/// What the triggers tell: rows that came, with 1, and rows that went, with -1. It is this connection's own, and rolled back with the
/// rest.
const NOTED: &str =
    "create temp table noted (holder text not null, sign integer not null, said blob not null)";

type Tables = BTreeMap<String, Sum>;

/// Of a table, or of a change to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Sum {
    rows: i64,
    /// Rows may come in any order: their hashes are added.
    sum: u128,
}

impl Sum {
    /// Of a row, by all that it says.
    fn of(said: &[u8]) -> Self {
        let mut first = [0; 16];
        first.copy_from_slice(&Sha256::digest(said)[..16]);
        Self {
            rows: 1,
            sum: u128::from_be_bytes(first),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            rows: self.rows + other.rows,
            sum: self.sum.wrapping_add(other.sum),
        }
    }

    fn taken(self) -> Self {
        Self {
            rows: -self.rows,
            sum: self.sum.wrapping_neg(),
        }
    }
}

/// All that a row says, in SQL; `row` is empty, or where its columns are.
fn said(columns: &[String], row: &str) -> String {
    let quoted = columns.iter().map(|name| format!("quote({row}{})", quoted(name)));
    // As bytes: SQLite keeps text that is none, too.
    format!("cast({} as blob)", quoted.collect::<Vec<_>>().join(" || ',' || "))
}

/// Has this connection tell of each row that it changes.
pub(crate) async fn watch(connection: &mut SqliteConnection) -> Result<(), sea_orm::sqlx::Error> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in query(TABLES).fetch_all(&mut *connection).await? {
        let (holder, name) = (row.try_get("holder")?, row.try_get("name")?);
        tables.entry(holder).or_default().push(name);
    }
    let mut statements = vec![NOTED.to_owned()];
    for (holder, columns) in tables {
        let (before, after) = (said(&columns, "old."), said(&columns, "new."));
        let (table, value) = (quoted(&holder), holder.replace('\'', "''"));
        let came = format!("insert into noted values ('{value}', 1, {after});");
        let went = format!("insert into noted values ('{value}', -1, {before});");
        for (event, acts) in [
            ("insert", came.clone()),
            ("delete", went.clone()),
            ("update", went + &came),
        ] {
            let trigger = quoted(&format!("noted_{holder}_{event}"));
            statements.push(format!(
                "create temp trigger {trigger} after {event} on main.{table} begin {acts} end"
            ));
        }
    }
    for statement in statements {
        query(AssertSqlSafe(statement)).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes down what the transaction has changed, in it and last of all.
pub(crate) async fn settle(db: &DatabaseTransaction) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    let mut changed = Tables::new();
    let mut last = 0_i64;
    loop {
        let noted = Statement::from_sql_and_values(DbBackend::Sqlite, NEXT, [last.into()]);
        let rows = db.query_all_raw(noted).await?;
        for row in &rows {
            let (holder, sign): (String, i64) = (row.try_get("", "holder")?, row.try_get("", "sign")?);
            let sum = Sum::of(&row.try_get::<Vec<u8>>("", "said")?);
            let of_table = changed.entry(holder).or_default();
            *of_table = of_table.and(if sign < 0 { sum.taken() } else { sum });
            last = row.try_get("", "number")?;
        }
        if rows.len() < A_PIECE {
            break;
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    let mut all = kept(db).await?.unwrap_or_default();
    for (name, sum) in changed {
        let of_table = all.entry(name).or_default();
        *of_table = of_table.and(sum);
    }
    keep(db, &all).await?;
    db.execute_unprepared("delete from temp.noted").await?;
    Ok(())
}

/// Counts all there is and writes that down: where there are no sums yet, and after the tables have changed.
pub(crate) async fn count_anew(db: &DatabaseTransaction) -> Result<(), DbErr> {
    db.execute_unprepared(MAKE).await?;
    keep(db, &counted(db).await?).await
}

pub(crate) async fn are_kept(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let sql = "select 1 as it from sqlite_master where type = 'table' and name = 'row_sums'";
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    Ok(db.query_one_raw(statement).await?.is_some())
}

/// The tables whose rows are not what was written, each in words. Reads all of the file; it says nothing of PostgreSQL.
pub async fn damage(store: &Store) -> Result<Vec<String>, StoreError> {
    let reading = store.read(Who::Operator).await?;
    let db = &reading.transaction;
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(Vec::new());
    }
    let (kept, there) = match (kept(db).await, counted(db).await) {
        (Ok(kept), Ok(there)) => (kept.unwrap_or_default(), there),
        (Err(why), _) | (_, Err(why)) if is_damage(&why) => return Ok(vec![why.to_string()]),
        (Err(why), _) | (_, Err(why)) => return Err(why.into()),
    };
    let mut damaged = Vec::new();
    let names: BTreeSet<_> = kept.keys().chain(there.keys()).collect();
    for name in names {
        let [written, found] = [&kept, &there].map(|all| all.get(name).copied().unwrap_or_default());
        if written.rows != found.rows {
            let (written, found) = (written.rows, found.rows);
            damaged.push(format!("{name} has {found} rows, and {written} were written"));
        } else if written != found {
            damaged.push(format!("a row of {name} does not say what was written"));
        }
    }
    Ok(damaged)
}

async fn kept(db: &impl ConnectionTrait) -> Result<Option<Tables>, DbErr> {
    let statement = Statement::from_string(DbBackend::Sqlite, "select sums from row_sums");
    let Some(row) = db.query_one_raw(statement).await? else {
        return Ok(None);
    };
    let text: String = row.try_get("", "sums")?;
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|why| DbErr::Custom(format!("row_sums is malformed: {why}")))
}

async fn keep(db: &DatabaseTransaction, all: &Tables) -> Result<(), DbErr> {
    // A name beside which nothing stands would say nothing.
    let all: BTreeMap<_, _> = all.iter().filter(|(_, sum)| **sum != Sum::default()).collect();
    let text = serde_json::to_string(&all).map_err(|why| DbErr::Custom(why.to_string()))?;
    let sql =
        "insert into row_sums (id, sums) values (1, ?) on conflict (id) do update set sums = excluded.sums";
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, [text.into()]);
    db.execute_raw(statement).await?;
    Ok(())
}

async fn counted(db: &DatabaseTransaction) -> Result<Tables, DbErr> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in db
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, TABLES))
        .await?
    {
        let holder = row.try_get("", "holder")?;
        tables.entry(holder).or_default().push(row.try_get("", "name")?);
    }
    let mut all = Tables::new();
    for (holder, columns) in tables {
        let sql = format!("select {} as said from {}", said(&columns, ""), quoted(&holder));
        let statement = Statement::from_string(DbBackend::Sqlite, sql);
        let mut rows = sea_orm::StreamTrait::stream_raw(db, statement).await?;
        let mut sum = Sum::default();
        while let Some(row) = rows.try_next().await? {
            sum = sum.and(Sum::of(&row.try_get::<Vec<u8>>("", "said")?));
        }
        all.insert(holder, sum);
    }
    let schema = Statement::from_string(DbBackend::Sqlite, SCHEMA);
    let mut sum = Sum::default();
    for row in db.query_all_raw(schema).await? {
        sum = sum.and(Sum::of(&row.try_get::<Vec<u8>>("", "said")?));
    }
    all.insert("sqlite_master".to_owned(), sum);
    Ok(all)
}

//! Columns that count by themselves: a number that was given is never given again, not even after its row is gone.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::schema::{Table, quoted};

/// The numbers of keys are drawn by chance, so they do not count, whatever the engine notes of them; older backups have their count.
const DRAWN: (&str, &str) = ("data_key", "data_key.id");

/// What a backup says of columns that count.
pub(super) fn of_backup(last: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let mut last = last.clone();
    last.remove(DRAWN.1);
    last
}

/// The last number that each gave, as `table.column`; none where none was given.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    tables: &[Table],
) -> Result<BTreeMap<String, i64>, DbErr> {
    let mut last = BTreeMap::new();
    for (column, place) in places(db, tables).await? {
        let sql = match &place {
            Place::Sqlite { table, .. } => {
                let table = table.replace('\'', "''");
                format!("select seq as last from sqlite_sequence where name = '{table}'")
            }
            Place::Postgres { sequence } => {
                format!("select last_value as last from {sequence} where is_called")
            }
        };
        if let Some(row) = db.query_one_raw(statement(db, &sql)).await? {
            last.insert(column, row.try_get("", "last")?);
        }
    }
    Ok(last)
}

/// Goes on counting from there.
pub(super) async fn set(
    db: &impl ConnectionTrait,
    tables: &[Table],
    last: &BTreeMap<String, i64>,
) -> Result<(), DbErr> {
    for (column, place) in places(db, tables).await? {
        let Some(last) = last.get(&column) else { continue };
        match place {
            Place::Sqlite { table } => {
                let table = table.replace('\'', "''");
                // Rows that were put in have made a count of their own.
                for sql in [
                    format!("delete from sqlite_sequence where name = '{table}'"),
                    format!("insert into sqlite_sequence (name, seq) values ('{table}', {last})"),
                ] {
                    db.execute_unprepared(&sql).await?;
                }
            }
            Place::Postgres { sequence } => {
                let sql = format!("select setval('{}', {last})", sequence.replace('\'', "''"));
                db.query_one_raw(statement(db, &sql)).await?;
            }
        }
    }
    Ok(())
}

/// Where an engine keeps a count.
enum Place {
    Sqlite { table: String },
    Postgres { sequence: String },
}

async fn places(db: &impl ConnectionTrait, tables: &[Table]) -> Result<Vec<(String, Place)>, DbErr> {
    let mut places = Vec::new();
    for table in tables {
        let Some(key) = table.counts().filter(|_| table.name != DRAWN.0) else {
            continue;
        };
        let column = format!("{}.{key}", table.name);
        if db.get_database_backend() == DbBackend::Sqlite {
            let sql = format!(
                "select 1 as it from sqlite_master where type = 'table' and name = '{}' and sql like '%autoincrement%'",
                table.name.replace('\'', "''")
            );
            if db.query_one_raw(statement(db, &sql)).await?.is_some() {
                let table = table.name.clone();
                places.push((column, Place::Sqlite { table }));
            }
            continue;
        }
        let sql = format!(
            "select pg_get_serial_sequence('{}', '{key}') as sequence",
            quoted(&table.name).replace('\'', "''")
        );
        let row = db.query_one_raw(statement(db, &sql)).await?;
        let sequence = row.map_or(Ok(None), |row| row.try_get::<Option<String>>("", "sequence"))?;
        places.extend(sequence.map(|sequence| (column, Place::Postgres { sequence })));
    }
    Ok(places)
}

fn statement(db: &impl ConnectionTrait, sql: &str) -> Statement {
    Statement::from_string(db.get_database_backend(), sql)
}

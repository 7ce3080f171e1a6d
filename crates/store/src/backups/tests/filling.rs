//! Rows for every table of a schema, by what the schema itself says of its columns.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::groups::Slug;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Statement};
use sea_orm_migration::MigratorTrait;
use uuid::Uuid;

use crate::backups::cell::Cell;
use crate::backups::schema::{self, Column, Kind, Table, quoted};
use crate::engine;
use crate::keys::{Keys, ORGANISATION};
use crate::migrations::{Migrator, SEALED, afterwards};
use crate::retention::is_of_groups;
use crate::ring::KeyRing;
use crate::sealed::{self, COLUMNS};
use crate::url::DatabaseUrl;

/// Rows of each table: with a value in every column, with as few as may be, and with odd characters.
pub(super) const ROWS: u8 = 3;

/// Tables that are filled by themselves.
pub(super) const BY_THEMSELVES: [&str; 2] = ["data_key", "installation"];

/// Makes an empty database into one of the version whose schema had so many migrations, with rows in every table. What was sealed
/// then is sealed.
pub(super) async fn fill(db: &DatabaseTransaction, migrations: usize) {
    begin(db, migrations).await;
    let filling = Filling::of(db, migrations).await;
    if filling.is_sealed {
        filling.keys.begin(db, &[9; 32], now()).await.unwrap();
    }
    let mut empty: Vec<&Table> = filling.tables.iter().collect();
    empty.retain(|table| !BY_THEMSELVES.contains(&table.name.as_str()));
    while !empty.is_empty() {
        let next = empty.iter().position(|table| filling.may_come(table, &empty));
        let table = empty.remove(next.expect("no two tables need each other"));
        for number in 1..=ROWS {
            filling.insert(table, number).await;
        }
    }
}

/// What stands in a column of text, sealed or not.
pub(super) fn text(table: &str, column: &str, number: u8) -> String {
    let odd = if number == 3 { " “é” \n\t\\ 🛶" } else { "" };
    format!("{table} {column} {number}{odd}")
}

pub(super) fn sealed_column(table: &str, column: &str) -> Option<sealed::Column> {
    COLUMNS
        .into_iter()
        .find(|one| one.table == table && one.name == column)
}

/// How often a row was written over, where it counts that.
pub(super) fn counted(version: Option<&Cell>) -> i32 {
    match version {
        Some(Cell::Integer(version)) => i32::try_from(*version).unwrap(),
        _ => 0,
    }
}

async fn begin(db: &DatabaseTransaction, migrations: usize) {
    Migrator::up(db, Some(u32::try_from(migrations).unwrap()))
        .await
        .unwrap();
    for statement in afterwards(migrations) {
        db.execute_unprepared(statement).await.unwrap();
    }
}

fn now() -> DateTime<Utc> {
    "2026-01-02T03:04:05Z".parse().unwrap()
}

struct Filling<'a> {
    db: &'a DatabaseTransaction,
    keys: Keys,
    tables: Vec<Table>,
    said: Said,
    is_sealed: bool,
}

impl<'a> Filling<'a> {
    async fn of(db: &'a DatabaseTransaction, migrations: usize) -> Self {
        Self {
            db,
            keys: Keys::new(KeyRing::new([7; 32])),
            tables: schema::made_by(migrations).await.unwrap(),
            said: Said::by(migrations).await,
            is_sealed: schema::migrations()[..migrations]
                .iter()
                .any(|name| name == SEALED),
        }
    }

    /// Whether every table is filled whose rows it names.
    fn may_come(&self, table: &Table, empty: &[&Table]) -> bool {
        let named = self.said.references.iter();
        let mut named = named.filter(|((holder, _), target)| *holder == table.name && **target != table.name);
        named.all(|(_, target)| empty.iter().all(|table| table.name != *target))
    }

    async fn insert(&self, table: &Table, number: u8) {
        let backend = self.db.get_database_backend();
        let (mut values, mut places) = (Vec::new(), Vec::new());
        for (cell, column) in self.row(table, number).await.into_iter().zip(&table.columns) {
            let (value, place) = cell.bind(column.kind);
            values.push(value);
            places.push(match backend {
                DbBackend::Postgres => format!("${}", values.len()),
                _ => place.to_owned(),
            });
        }
        let columns: Vec<_> = table.columns.iter().map(|column| quoted(&column.name)).collect();
        let sql = format!(
            "insert into {} ({}) values ({})",
            quoted(&table.name),
            columns.join(", "),
            places.join(", ")
        );
        let statement = Statement::from_sql_and_values(backend, sql, values);
        if let Err(why) = self.db.execute_raw(statement).await {
            panic!("row {number} of {}: {why}", table.name);
        }
    }

    async fn row(&self, table: &Table, number: u8) -> Vec<Cell> {
        let columns = table.columns.iter();
        let mut cells: Vec<Cell> = columns.map(|column| self.value(table, column, number)).collect();
        for (place, column) in table.columns.iter().enumerate() {
            // Where a column became sealed later, it was text until then.
            let is_sealed = self.is_sealed && column.kind == Kind::Bytes;
            let sealed = sealed_column(&table.name, &column.name).filter(|_| is_sealed);
            let Some(sealed) = sealed.filter(|_| cells[place] != Cell::Null) else {
                continue;
            };
            let cell = |name: &str| {
                let there = table.columns.iter().position(|one| one.name == name);
                there.map(|place| cells[place].clone())
            };
            let Some(Cell::Uuid(id)) = cell(sealed.id) else {
                panic!("{} has no id of its row", table.name);
            };
            let version = cell(sealed.version());
            let plain = text(&table.name, &column.name, number);
            // Each row names those of its own number: there is a group for each.
            let scope = if is_of_groups(sealed) {
                self.id("listing", number).to_string()
            } else {
                ORGANISATION.to_owned()
            };
            let at = (id, counted(version.as_ref()));
            cells[place] = self.closed(sealed, &scope, at, &plain).await;
        }
        cells
    }

    async fn closed(&self, column: sealed::Column, scope: &str, at: (Uuid, i32), plain: &str) -> Cell {
        let key = self.keys.current(self.db, column.class(), scope, now());
        let key = key.await.unwrap();
        Cell::Bytes(column.close(&key, at, plain).0)
    }

    fn value(&self, table: &Table, column: &Column, number: u8) -> Cell {
        let (holder, name) = (table.name.as_str(), column.name.as_str());
        let at = (holder.to_owned(), name.to_owned());
        if !self.said.needed.contains(&at) && is_left_out(holder, name, number) {
            return Cell::Null;
        }
        if let Some(target) = self.said.references.get(&at) {
            return Cell::Uuid(self.id(target, number));
        }
        if let Some(text) = particular(holder, name, number) {
            return Cell::Text(text);
        }
        if let Some(among) = self.said.among.get(&at) {
            let one = &among[usize::from(number - 1) % among.len()];
            return match column.kind {
                Kind::Text => Cell::Text(one.clone()),
                _ => Cell::Integer(one.parse().unwrap()),
            };
        }
        match column.kind {
            Kind::Uuid => Cell::Uuid(self.id(holder, number)),
            Kind::Text => Cell::Text(text(holder, name, number)),
            Kind::Instant => Cell::Instant(instant(name, number)),
            Kind::Date => Cell::Date(NaiveDate::from_ymd_opt(2026, 2, number.into()).unwrap()),
            Kind::Integer => Cell::Integer(number.into()),
            Kind::Real => Cell::Real(number.into()),
            Kind::Boolean => Cell::Boolean(number % 2 == 1),
            Kind::Bytes => Cell::Bytes(vec![number; 5]),
        }
    }

    /// In the order of the rows.
    fn id(&self, table: &str, number: u8) -> Uuid {
        let place = self.tables.iter().position(|one| one.name == table);
        let place = u128::try_from(place.expect("a table of the schema")).unwrap();
        Uuid::from_u128(((place + 1) << 64) | u128::from(number))
    }
}

/// Of columns that may be without a value: which are, so that what a table wants of two of them together is kept.
fn is_left_out(table: &str, column: &str, number: u8) -> bool {
    match (table, column) {
        // What no version wrote: a MAC by no key, and a provider that is part of itself.
        ("audit", "mac") | ("provider", "part_of") => true,
        ("legal_hold", "listing_id") | ("disclosure", "consent_id") => number != 2,
        ("disclosure", "recipient") => number == 1,
        _ => number == 2,
    }
}

/// Text that is read, or that other columns go with.
fn particular(table: &str, column: &str, number: u8) -> Option<String> {
    Some(match (table, column) {
        ("role_held", "role") => ["member", "admin", "leader"][usize::from(number - 1)].to_owned(),
        ("listing", "slug") => Slug::from_bits(number.into()).to_string(),
        ("listing", "facts") => {
            let source = match number {
                2 => "\"own\"".to_owned(),
                _ => format!("{{\"feed\":{{\"programme\":\"source programme {number}\"}}}}"),
            };
            format!(
                "{{\"title\":\"Grief table\",\"kind\":\"support\",\"when\":\"by-appointment\",\"place\":{{\"online\":{{}}}},\"seats\":\"open\",\"how_to_come\":{{\"page\":\"https://example.org/\"}},\"source\":{source}}}"
            )
        }
        _ => return None,
    })
}

/// What ends does so after it began.
fn instant(column: &str, number: u8) -> DateTime<Utc> {
    let is_end = ["until", "expires", "ends"]
        .iter()
        .any(|end| column.starts_with(end));
    let days = if is_end { 365 } else { 0 };
    now() + TimeDelta::days(days) + TimeDelta::microseconds(i64::from(number) * 678_901)
}

/// What the migrations say of the columns of their tables besides of which kind they are, as a table and a column.
struct Said {
    /// The table of which a column names a row.
    references: BTreeMap<(String, String), String>,
    /// Those that are never without a value.
    needed: BTreeSet<(String, String)>,
    /// The values that a column may have, where they are counted up.
    among: BTreeMap<(String, String), Vec<String>>,
}

impl Said {
    async fn by(migrations: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = DatabaseUrl::Sqlite(folder.path().join("said.db"));
        let (writes, reads) = engine::connect(&file).await.unwrap();
        let db = engine::begin(&writes).await.unwrap();
        begin(&db, migrations).await;
        let text = |row: &QueryResult, column: &str| row.try_get::<String>("", column).unwrap();
        let at = |row: &QueryResult| (text(row, "holder"), text(row, "name"));
        let references = "select m.name as holder, f.\"from\" as name, f.\"table\" as target
            from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'";
        let references = asked(&db, references).await;
        let needed =
            "select m.name as holder, p.name as name from sqlite_master m, pragma_table_info(m.name) p
            where m.type = 'table' and (p.\"notnull\" > 0 or p.pk > 0)";
        let needed = asked(&db, needed).await;
        let made = asked(
            &db,
            "select name as holder, sql from sqlite_master where type = 'table'",
        )
        .await;
        let said = Self {
            references: references
                .iter()
                .map(|row| (at(row), text(row, "target")))
                .collect(),
            needed: needed.iter().map(at).collect(),
            among: made
                .iter()
                .flat_map(|row| among(&text(row, "holder"), &text(row, "sql")))
                .collect(),
        };
        db.rollback().await.unwrap();
        for pool in [writes, reads] {
            pool.close().await.unwrap();
        }
        said
    }
}

async fn asked(db: &DatabaseTransaction, sql: &str) -> Vec<QueryResult> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    db.query_all_raw(statement).await.unwrap()
}

/// The columns of a table of which it says `check (column in (…))`.
fn among(table: &str, sql: &str) -> Vec<((String, String), Vec<String>)> {
    let checks = sql.split("check (").skip(1);
    let lists = checks.filter_map(|check| {
        let (column, rest) = check.split_once(" in (")?;
        let is_name = column.chars().all(|one| one.is_ascii_lowercase() || one == '_');
        let (list, _) = rest.split_once(')').filter(|_| is_name)?;
        let values = list
            .split(',')
            .map(|one| one.trim().trim_matches('\'').to_owned());
        Some(((table.to_owned(), column.to_owned()), values.collect()))
    });
    lists.collect()
}

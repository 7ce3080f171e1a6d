//! What tables there are and of what they are made, as the engine itself says. Nothing here lists them by hand.

use std::fmt::Write;

use sea_orm::sqlx::sqlite::SqlitePoolOptions;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, SqlxSqliteConnector, Statement};
use sea_orm_migration::MigratorTrait;
use serde::{Deserialize, Serialize};

use crate::migrations::{Migrator, afterwards};

/// A table; its columns by name, so that both engines tell them alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns of its primary key: its rows are read in their order.
    key: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Column {
    pub name: String,
    pub kind: Kind,
}

/// What a column holds, whatever the engine calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Uuid,
    Text,
    /// To the microsecond.
    Instant,
    Date,
    Integer,
    Real,
    Boolean,
    Bytes,
}

impl Kind {
    fn of(engine: &str) -> Option<Self> {
        Some(match engine {
            "uuid" => Self::Uuid,
            "text" => Self::Text,
            "timestamptz" => Self::Instant,
            "date" => Self::Date,
            "integer" | "bigint" | "int4" | "int8" => Self::Integer,
            "double precision" | "float8" => Self::Real,
            "boolean" | "bool" => Self::Boolean,
            "blob" | "bytea" => Self::Bytes,
            _ => return None,
        })
    }
}

const SQLITE: &str = "select m.name as holder, p.name as name, p.type as kind, cast(p.pk as bigint) as place
    from sqlite_master m, pragma_table_info(m.name) p
    where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' and m.name not in ('seaql_migrations', 'row_sums')";

const POSTGRES: &str = "select c.relname::text as holder, a.attname::text as name, t.typname::text as kind,
        coalesce((select k.place from unnest(i.indkey::int2[]) with ordinality k (number, place) where k.number = a.attnum), 0) as place
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace and c.relname <> 'seaql_migrations'";

/// Every table there is but the one that counts migrations, by name.
///
/// One with a column of a kind that is none of ours has `Err` with that column.
pub(super) async fn tables(db: &impl ConnectionTrait) -> Result<Vec<(String, Result<Table, String>)>, DbErr> {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite {
        SQLITE
    } else {
        POSTGRES
    };
    let mut found = Vec::new();
    for row in db.query_all_raw(Statement::from_string(backend, sql)).await? {
        let holder: String = row.try_get("", "holder")?;
        let name: String = row.try_get("", "name")?;
        let kind: String = row.try_get("", "kind")?;
        let place: i64 = row.try_get("", "place")?;
        found.push((holder, name, kind.to_lowercase(), place));
    }
    // By bytes, as no collation of an engine would.
    found.sort();
    let mut tables: Vec<(String, Result<Table, String>)> = Vec::new();
    for of_one in found.chunk_by(|a, b| a.0 == b.0) {
        let name = of_one[0].0.clone();
        tables.push((name.clone(), table(name, of_one)));
    }
    Ok(tables)
}

fn table(name: String, columns: &[(String, String, String, i64)]) -> Result<Table, String> {
    let mut key: Vec<_> = columns.iter().filter(|(.., place)| *place > 0).collect();
    key.sort_by_key(|(.., place)| *place);
    let key = key.into_iter().map(|(_, name, ..)| name.clone()).collect();
    let columns = columns
        .iter()
        .map(|(_, name, kind, _)| match Kind::of(kind) {
            Some(kind) => Ok(Column {
                name: name.clone(),
                kind,
            }),
            None => Err(format!("{name} {kind}")),
        })
        .collect::<Result<_, _>>()?;
    Ok(Table { name, columns, key })
}

/// The tables that these many migrations make: asked of a database in memory that has had them.
pub(super) async fn made_by(migrations: usize) -> Result<Vec<Table>, DbErr> {
    let one = SqlitePoolOptions::new().max_connections(1);
    let pool = one
        .connect("sqlite::memory:")
        .await
        .map_err(|why| DbErr::Custom(why.to_string()))?;
    let db = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
    Migrator::up(&db, Some(u32::try_from(migrations).unwrap_or(u32::MAX))).await?;
    for statement in afterwards(migrations) {
        db.execute_unprepared(statement).await?;
    }
    let made = tables(&db).await?.into_iter();
    let made = made
        .map(|(name, table)| {
            table.map_err(|column| DbErr::Custom(format!("{name}: {column} has no kind here")))
        })
        .collect();
    db.close().await?;
    made
}

/// The names of all migrations, oldest first.
pub(super) fn migrations() -> Vec<String> {
    let all = Migrator::migrations();
    all.iter().map(|migration| migration.name().to_owned()).collect()
}

impl Table {
    /// All rows, in the order of the key.
    pub(super) fn select(&self, backend: DbBackend) -> String {
        let postgres = backend != DbBackend::Sqlite;
        let columns = self.columns.iter().map(|column| match column.kind {
            // Both widths as one.
            Kind::Integer if postgres => format!("{}::bigint", quoted(&column.name)),
            _ => quoted(&column.name),
        });
        let key = self.key.iter().map(|name| {
            let is_text = self
                .columns
                .iter()
                .any(|column| column.name == *name && column.kind == Kind::Text);
            if is_text && postgres {
                format!("{} collate \"C\"", quoted(name))
            } else {
                quoted(name)
            }
        });
        let columns = columns.collect::<Vec<_>>().join(", ");
        let mut sql = format!("select {columns} from {}", quoted(&self.name));
        let key = key.collect::<Vec<_>>().join(", ");
        if !key.is_empty() {
            let _ = write!(sql, " order by {key}");
        }
        sql
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|one| one.name == column)
    }
}

/// A name of our own migrations as SQL.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use testing::{TestDatabase, both_engines};

    use super::*;
    use crate::{DatabaseUrl, KeyRing, Store};

    #[both_engines]
    async fn every_table_has_a_key_and_both_engines_tell_the_same_of_it(db: TestDatabase) {
        let url = DatabaseUrl::parse(&db.setting()).unwrap();
        let store = Store::open(&url, db.clock.clone(), KeyRing::new([7; 32]))
            .await
            .unwrap();
        let made = made_by(migrations().len()).await.unwrap();
        let there: Vec<Table> = tables(&store.writes)
            .await
            .unwrap()
            .into_iter()
            .map(|(_, table)| table.unwrap())
            .collect();
        assert_eq!(there, made);
        assert!(made.iter().all(|table| !table.key.is_empty()), "{made:?}");
    }
}

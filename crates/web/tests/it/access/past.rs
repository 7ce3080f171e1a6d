//! The database as someone sees it who goes past the store.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use testing::TestDatabase;

pub struct Past(DatabaseConnection);

impl Past {
    pub async fn of(db: &TestDatabase) -> Self {
        Self(Database::connect(db.setting()).await.unwrap())
    }

    pub async fn change(&self, sql: &str) {
        self.0.execute_unprepared(sql).await.unwrap();
    }

    /// One text of each row; the statement names it `it`.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let rows = self.0.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get("", "it").unwrap()).collect()
    }

    /// The ids of the rows that are so, as they stand in addresses, the oldest first.
    pub async fn ids(&self, table: &str, which: &str) -> Vec<String> {
        let id = match self.0.get_database_backend() {
            DbBackend::Sqlite => "lower(hex(id))",
            _ => "replace(cast(id as text), '-', '')",
        };
        let sql = format!("select {id} as it from {table} where {which} order by id");
        self.texts(&sql).await
    }

    /// The first of them.
    pub async fn id(&self, table: &str, which: &str) -> Option<String> {
        self.ids(table, which).await.into_iter().next()
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> usize {
        let sql = format!("select cast(count(*) as text) as it from {table}");
        self.texts(&sql).await[0].parse().unwrap()
    }

    /// How many rows each table has.
    pub async fn counts(&self) -> Vec<String> {
        let sql = match self.0.get_database_backend() {
            DbBackend::Sqlite => "select name as it from sqlite_master where type = 'table' order by name",
            _ => {
                "select table_name::text as it from information_schema.tables where table_schema = 'public' order by 1"
            }
        };
        let mut counts = Vec::new();
        for table in self.texts(sql).await {
            counts.push(format!("{table} {}", self.count(&table).await));
        }
        counts
    }
}

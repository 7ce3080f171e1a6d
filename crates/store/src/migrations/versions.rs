//! How often a row of a record was written over: what it holds is bound to that.

use sea_orm_migration::prelude::*;

pub(super) struct Versions;

const TABLES: [&str; 5] = [
    "talk_note",
    "process_note",
    "member_goal",
    "group_goal",
    "roster_mark",
];

impl MigrationName for Versions {
    fn name(&self) -> &'static str {
        "m0016_versions"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Versions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            let sql = format!("alter table {table} add column version integer not null default 0");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}

//! Backups that were made.

use sea_orm_migration::prelude::*;

pub(super) struct Backups;

impl MigrationName for Backups {
    fn name(&self) -> &'static str {
        "m0007_backups"
    }
}

/// The same on both engines.
const BACKUPS: [&str; 2] = [
    "create table backup (
        id uuid primary key,
        made_at timestamptz not null,
        name text not null,
        bytes bigint not null,
        rows bigint not null,
        audit_rows bigint not null,
        sha256 text not null
    )",
    "create index backup_made_at on backup (made_at)",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Backups {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in BACKUPS {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

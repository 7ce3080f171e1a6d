//! What was asked for and done, so that it is done once.

use sea_orm_migration::prelude::*;

pub(super) struct Asked;

impl MigrationName for Asked {
    fn name(&self) -> &'static str {
        "m0008_asked"
    }
}

/// The same on both engines.
const ASKED: [&str; 2] = [
    "create table asked (
        id text primary key,
        done_at timestamptz not null
    )",
    "create index asked_done_at on asked (done_at)",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Asked {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in ASKED {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

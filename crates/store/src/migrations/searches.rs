//! Saved searches, and the address of a letter by which what it belongs to is ended with one click.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub(super) struct Searches;

impl MigrationName for Searches {
    fn name(&self) -> &'static str {
        "m0012_searches"
    }
}

/// One statement each. `BYTES` is the engine's word for bytes.
const SEARCHES: [&str; 4] = [
    "create table saved_search (
        id uuid primary key,
        token text not null unique,
        stop text not null unique,
        mail BYTES not null,
        mail_lookup text not null,
        search BYTES not null,
        search_lookup text not null,
        made_at timestamptz not null,
        confirmed_at timestamptz,
        expires_at timestamptz not null,
        asked_at timestamptz,
        looked_at timestamptz not null,
        told_at timestamptz,
        told_before_at timestamptz
    )",
    "create index saved_search_mail on saved_search (mail_lookup, search_lookup)",
    "create index saved_search_active on saved_search (confirmed_at, id)",
    "alter table outbox add column stop BYTES",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Searches {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bytes = match manager.get_database_backend() {
            DbBackend::Sqlite => "blob",
            _ => "bytea",
        };
        for statement in SEARCHES {
            let statement = statement.replace("BYTES", bytes);
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

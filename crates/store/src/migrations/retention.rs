//! How long things are kept where the organisation has said so, what must not go, and who was deleted.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub(super) struct Retention;

impl MigrationName for Retention {
    fn name(&self) -> &'static str {
        "m0009_retention"
    }
}

/// One statement each. `BYTES` is the engine's word for bytes.
const RETENTION: [&str; 6] = [
    "create table retention_rule (
        kept text primary key,
        days integer not null,
        set_at timestamptz not null,
        set_by uuid references person (id)
    )",
    "create table legal_hold (
        id uuid primary key,
        person_id uuid references person (id),
        listing_id uuid references listing (id),
        reason BYTES not null,
        put_by uuid references person (id),
        put_at timestamptz not null,
        ended_at timestamptz,
        check ((person_id is null) <> (listing_id is null))
    )",
    "create index legal_hold_person on legal_hold (person_id)",
    "create index legal_hold_listing on legal_hold (listing_id)",
    "create table tombstone (
        mark text primary key,
        made_at timestamptz not null
    )",
    "alter table person add column deleted_at timestamptz",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Retention {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bytes = match manager.get_database_backend() {
            DbBackend::Sqlite => "blob",
            _ => "bytea",
        };
        for statement in RETENTION {
            let statement = statement.replace("BYTES", bytes);
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

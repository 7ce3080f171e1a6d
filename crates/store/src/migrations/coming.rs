//! Coming to support groups: who says so under which name, and how one gets in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub(super) struct Coming;

impl MigrationName for Coming {
    fn name(&self) -> &'static str {
        "m0011_coming"
    }
}

/// One statement each. `BYTES` is the engine's word for bytes.
const COMING: [&str; 7] = [
    "create table guest (
        id uuid primary key,
        person_id uuid not null references person (id),
        listing_id uuid not null references listing (id),
        handle BYTES not null,
        handle_lookup text not null,
        part text not null check (part in ('talk', 'listen')),
        regularly_from date,
        regularly_until date,
        first_on date,
        came_at timestamptz not null,
        over_at timestamptz not null,
        unique (person_id, listing_id),
        unique (listing_id, handle_lookup),
        check ((regularly_from is null) = (regularly_until is null))
    )",
    "create index guest_over on guest (listing_id, over_at)",
    "create table coming (
        id uuid primary key,
        guest_id uuid not null references guest (id) on delete cascade,
        meets_on date not null,
        said text not null check (said in ('yes', 'no')),
        unique (guest_id, meets_on)
    )",
    "create index coming_on on coming (meets_on)",
    "create table entrance (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        meets_on date,
        address BYTES,
        link BYTES,
        set_by uuid references person (id),
        set_at timestamptz not null
    )",
    "create unique index entrance_of_all on entrance (listing_id) where meets_on is null",
    "create unique index entrance_of_one on entrance (listing_id, meets_on) where meets_on is not null",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Coming {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bytes = match manager.get_database_backend() {
            DbBackend::Sqlite => "blob",
            _ => "bytea",
        };
        for statement in COMING {
            let statement = statement.replace("BYTES", bytes);
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

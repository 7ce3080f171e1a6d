//! What is said here in place of what a feed has wrong, how a look at an opened record went, and for whom a link is.

use sea_orm_migration::prelude::*;

pub(super) struct Corrections;

impl MigrationName for Corrections {
    fn name(&self) -> &'static str {
        "m0005_corrections"
    }
}

/// One statement each: the same on both engines.
const CORRECTIONS: [&str; 7] = [
    "create table correction (
        id uuid primary key,
        source_id uuid not null references source (id),
        external_id text not null,
        fact text not null,
        field text not null,
        given text,
        put text,
        put_by uuid references person (id),
        put_at timestamptz not null,
        overruled_at timestamptz,
        listing_before text
    )",
    "create unique index correction_of_fact on correction (source_id, external_id, fact) where overruled_at is null",
    "alter table import_row add column unfinished text",
    "alter table import_row add column corrected text",
    "alter table break_glass add column outcome text",
    "alter table break_glass add column reminded_at timestamptz",
    "alter table confirmation_link add column person_id uuid references person (id)",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Corrections {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in CORRECTIONS {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

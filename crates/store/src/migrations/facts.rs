//! Where a record stands becomes sealed, with the marks that were signed over and the reasons; and how often that was written over.
//!
//! A migration has no keys. It puts what was plain aside; [`crate::upgrade`] seals it in the same transaction and then drops it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub(super) struct Facts;

pub(crate) const NAME: &str = "m0017_facts";

impl MigrationName for Facts {
    fn name(&self) -> &'static str {
        NAME
    }
}

/// One statement each. `BYTES` is the engine's word for bytes.
const FACTS: [&str; 6] = [
    "alter table session_record rename column facts to facts_plain",
    "alter table session_record add column facts BYTES not null default EMPTY",
    "alter table session_record add column version integer not null default 0",
    "alter table member_part rename column facts to facts_plain",
    "alter table member_part add column facts BYTES not null default EMPTY",
    "alter table member_part add column version integer not null default 0",
];

/// Once all is sealed.
pub(crate) const AFTERWARDS: [&str; 2] = [
    "alter table session_record drop column facts_plain",
    "alter table member_part drop column facts_plain",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Facts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (bytes, empty) = match manager.get_database_backend() {
            DbBackend::Sqlite => ("blob", "x''"),
            _ => ("bytea", "''"),
        };
        for statement in FACTS {
            let statement = statement.replace("BYTES", bytes).replace("EMPTY", empty);
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

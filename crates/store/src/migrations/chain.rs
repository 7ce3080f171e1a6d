//! The audit's chain and what was signed about it; what people agreed to, and what was given away.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, Statement};
use uuid::Uuid;

use super::consents;
use crate::key::random;

pub(super) struct Chain;

impl MigrationName for Chain {
    fn name(&self) -> &'static str {
        "m0006_chain"
    }
}

/// One statement each. `BYTES` is the engine's word for bytes, `LONG` for the whole numbers that SQLite keys rows by.
const CHAIN: [&str; 5] = [
    "create table installation (id uuid primary key)",
    "create table audit_link (
        position LONG primary key,
        audit_id uuid not null unique references audit (id),
        hash BYTES not null
    )",
    "create table audit_linked (
        scope text primary key,
        last bigint not null
    )",
    "create table audit_head (
        id uuid primary key,
        at timestamptz not null,
        position bigint not null,
        line text not null,
        filed_at timestamptz,
        mailed_at timestamptz
    )",
    "create index audit_head_at on audit_head (at)",
];

const STAYS_SQLITE: [&str; 4] = [
    "create trigger audit_link_no_update before update on audit_link begin select raise(abort, 'audit rows stay as they are'); end",
    "create trigger audit_link_no_delete before delete on audit_link begin select raise(abort, 'audit rows stay as they are'); end",
    "create trigger audit_head_no_update before update on audit_head begin select raise(abort, 'audit rows stay as they are'); end",
    "create trigger audit_head_no_delete before delete on audit_head begin select raise(abort, 'audit rows stay as they are'); end",
];

const STAYS_POSTGRES: [&str; 4] = [
    "create trigger audit_link_no_change before update or delete on audit_link
     for each row execute function audit_stays()",
    "create trigger audit_link_no_truncate before truncate on audit_link
     for each statement execute function audit_stays()",
    "create trigger audit_head_no_change before update or delete on audit_head
     for each row execute function audit_stays()",
    "create trigger audit_head_no_truncate before truncate on audit_head
     for each statement execute function audit_stays()",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Chain {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (db, backend) = (manager.get_connection(), manager.get_database_backend());
        let (bytes, long, mark) = match backend {
            DbBackend::Sqlite => ("blob", "integer", "?"),
            _ => ("bytea", "bigint", "$1"),
        };
        for statement in CHAIN.iter().chain(&consents::TABLES) {
            let statement = statement.replace("BYTES", bytes).replace("LONG", long);
            db.execute_unprepared(&statement).await?;
        }
        let name = format!("insert into installation (id) values ({mark})");
        let id = uuid::Builder::from_random_bytes(random()).into_uuid();
        let values: [sea_orm_migration::sea_orm::Value; 1] = [Uuid::into(id)];
        db.execute_raw(Statement::from_sql_and_values(backend, name, values))
            .await?;
        let triggers: Vec<&str> = match backend {
            DbBackend::Sqlite => [&STAYS_SQLITE[..], &consents::STAY_SQLITE].concat(),
            _ => [&STAYS_POSTGRES[..], &consents::STAY_POSTGRES].concat(),
        };
        for trigger in triggers {
            db.execute_unprepared(trigger).await?;
        }
        Ok(())
    }
}

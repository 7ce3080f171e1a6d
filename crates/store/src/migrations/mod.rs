//! The schema and how it came to be. A released migration is never changed; a new one is added below.

mod asked;
mod backups;
mod chain;
mod coming;
mod consents;
mod corrections;
mod facts;
mod joining;
mod leading;
mod measures;
mod people;
mod retention;
mod sealed;
mod searches;
mod versions;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub(crate) use facts::{AFTERWARDS as FACTS_AFTERWARDS, NAME as FACTS};
pub(crate) use sealed::{AFTERWARDS, NAME as SEALED, PLAIN};

pub(crate) struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Listings),
            Box::new(Providers),
            Box::new(people::People),
            Box::new(sealed::Sealed),
            Box::new(corrections::Corrections),
            Box::new(chain::Chain),
            Box::new(backups::Backups),
            Box::new(asked::Asked),
            Box::new(retention::Retention),
            Box::new(joining::Joining),
            Box::new(coming::Coming),
            Box::new(searches::Searches),
            Box::new(measures::Measures),
            Box::new(leading::Leading),
            Box::new(leading::Records),
            Box::new(versions::Versions),
            Box::new(facts::Facts),
        ]
    }
}

/// What remains to be done in an empty database that has had so many migrations, for its schema to be what an upgrade leaves:
/// see [`crate::upgrade`].
pub(crate) fn afterwards(migrations: usize) -> Vec<&'static str> {
    let all = Migrator::migrations();
    let had = |name: &str| all.iter().take(migrations).any(|one| one.name() == name);
    let mut statements = Vec::new();
    if had(SEALED) {
        statements.extend(AFTERWARDS);
    }
    if had(FACTS) {
        statements.extend(FACTS_AFTERWARDS);
    }
    statements
}

/// Listings, where they come from, and the audit.
struct Listings;

impl MigrationName for Listings {
    fn name(&self) -> &'static str {
        "m0001_listings"
    }
}

/// The same on both engines: SQLite takes the type names as they are.
const LISTINGS: &str = "
create table source (
    id uuid primary key,
    programme text not null,
    format text not null,
    unique (programme, format)
);
create table listing (
    id uuid primary key,
    slug text not null unique,
    source_id uuid references source (id),
    external_id text,
    facts text not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    gone_on date,
    unique (source_id, external_id),
    check ((source_id is null) = (external_id is null))
);
create table import_run (
    id uuid primary key,
    source_id uuid not null references source (id),
    state text not null check (state in ('begun', 'complete', 'abandoned')),
    begun_at timestamptz not null,
    touched_at timestamptz not null,
    ended_at timestamptz
);
create unique index import_run_begun on import_run (source_id) where state = 'begun';
create table import_row (
    id uuid primary key,
    run_id uuid not null references import_run (id),
    number integer not null,
    external_id text not null,
    outcome text not null check (outcome in ('imported', 'changed', 'unchanged', 'held')),
    notes text not null,
    slug text,
    facts text
);
create index import_row_run on import_row (run_id, external_id);
create table audit (
    id uuid primary key,
    at timestamptz not null,
    actor text not null,
    action text not null,
    class text not null,
    object text not null
);
create index audit_at on audit (at);
";

const AUDIT_STAYS_SQLITE: [&str; 2] = [
    "create trigger audit_no_update before update on audit begin select raise(abort, 'audit rows stay as they are'); end",
    "create trigger audit_no_delete before delete on audit begin select raise(abort, 'audit rows stay as they are'); end",
];

const AUDIT_STAYS_POSTGRES: [&str; 3] = [
    "create function audit_stays() returns trigger language plpgsql as
     $$ begin raise exception 'audit rows stay as they are'; end $$",
    "create trigger audit_no_change before update or delete on audit
     for each row execute function audit_stays()",
    "create trigger audit_no_truncate before truncate on audit
     for each statement execute function audit_stays()",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Listings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(LISTINGS).await?;
        let triggers: &[&str] = match manager.get_database_backend() {
            DbBackend::Sqlite => &AUDIT_STAYS_SQLITE,
            _ => &AUDIT_STAYS_POSTGRES,
        };
        for trigger in triggers {
            db.execute_unprepared(trigger).await?;
        }
        Ok(())
    }
}

/// Organisations, sites and therapists, the groups they lead, and their rows in an import.
struct Providers;

impl MigrationName for Providers {
    fn name(&self) -> &'static str {
        "m0002_providers"
    }
}

/// One statement each: the same on both engines.
const PROVIDERS: [&str; 7] = [
    "create table provider (
        id uuid primary key,
        slug text not null unique,
        source_id uuid references source (id),
        external_id text,
        part_of uuid references provider (id),
        facts text not null,
        created_at timestamptz not null,
        changed_at timestamptz not null,
        gone_on date,
        unique (source_id, external_id),
        check ((source_id is null) = (external_id is null)),
        check (part_of is null or part_of <> id)
    )",
    "create index provider_part_of on provider (part_of)",
    "create table provider_group (
        provider_id uuid not null references provider (id),
        listing_id uuid not null references listing (id),
        primary key (provider_id, listing_id)
    )",
    "create index provider_group_listing on provider_group (listing_id)",
    "alter table import_row add column list text not null default 'groups' check (list in ('groups', 'providers'))",
    "create table import_link (
        id uuid primary key,
        run_id uuid not null references import_run (id),
        provider text not null,
        role text not null check (role in ('leads', 'part_of')),
        target text not null
    )",
    "create index import_link_run on import_link (run_id, provider)",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Providers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in PROVIDERS {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

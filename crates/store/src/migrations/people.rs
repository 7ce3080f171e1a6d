//! People, the roles they hold, how they sign in, and what staff work on.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub(super) struct People;

impl MigrationName for People {
    fn name(&self) -> &'static str {
        "m0003_people"
    }
}

/// One statement each. `BYTES` is the engine's word for bytes.
const PEOPLE: &[&str] = &[
    "create table person (
        id uuid primary key,
        slug text not null unique,
        handle text not null,
        mail text unique,
        created_at timestamptz not null,
        ended_at timestamptz
    )",
    "create table role_held (
        id uuid primary key,
        person_id uuid not null references person (id),
        role text not null check (role in ('member', 'facilitator', 'leader', 'co-leader', 'coordinator', 'supervisor', 'admin', 'auditor')),
        listing_id uuid references listing (id),
        from_at timestamptz not null,
        until_at timestamptz,
        given_by uuid references person (id),
        check (listing_id is not null or role in ('coordinator', 'supervisor', 'admin', 'auditor')),
        check (listing_id is null or role not in ('coordinator', 'admin', 'auditor')),
        check (until_at is null or until_at >= from_at)
    )",
    "create index role_held_person on role_held (person_id)",
    "create index role_held_listing on role_held (listing_id)",
    "create table password (
        person_id uuid primary key references person (id),
        hash text not null,
        changed_at timestamptz not null
    )",
    "create table join_code (
        person_id uuid primary key references person (id),
        lookup text not null unique,
        created_at timestamptz not null
    )",
    "create table totp (
        person_id uuid primary key references person (id),
        secret BYTES not null,
        confirmed_at timestamptz,
        last_step bigint not null
    )",
    "create table recovery_code (
        id uuid primary key,
        person_id uuid not null references person (id),
        lookup text not null,
        used_at timestamptz,
        unique (person_id, lookup)
    )",
    "create table passkey (
        id uuid primary key,
        person_id uuid not null references person (id),
        name text not null,
        credential_id text not null unique,
        credential text not null,
        created_at timestamptz not null,
        used_at timestamptz
    )",
    "create index passkey_person on passkey (person_id)",
    "create table openid_account (
        id uuid primary key,
        person_id uuid not null references person (id),
        issuer text not null,
        subject text not null,
        bound_at timestamptz not null,
        used_at timestamptz not null,
        unique (issuer, subject),
        unique (person_id, issuer)
    )",
    "create table ceremony (
        id uuid primary key,
        token text not null unique,
        kind text not null check (kind in ('register', 'sign-in', 'openid')),
        person_id uuid references person (id),
        state text not null,
        expires_at timestamptz not null
    )",
    "create table session (
        id uuid primary key,
        token text not null unique,
        person_id uuid not null references person (id),
        method text not null,
        strength integer not null check (strength in (1, 2)),
        begun_at timestamptz not null,
        seen_at timestamptz not null,
        proved_at timestamptz not null,
        revoked_at timestamptz
    )",
    "create index session_person on session (person_id)",
    "create table mailed_link (
        id uuid primary key,
        token text not null unique,
        purpose text not null check (purpose in ('sign-in', 'mail')),
        person_id uuid not null references person (id),
        mail text,
        made_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz
    )",
    "create table invitation (
        id uuid primary key,
        token text not null unique,
        mail text,
        role text not null,
        listing_id uuid references listing (id),
        invited_by uuid references person (id),
        made_at timestamptz not null,
        expires_at timestamptz not null,
        accepted_by uuid references person (id),
        accepted_at timestamptz,
        withdrawn_at timestamptz
    )",
    "create table outbox (
        id uuid primary key,
        mail text not null,
        subject text not null,
        body text not null,
        made_at timestamptz not null,
        due_at timestamptz not null,
        tries integer not null,
        sent_at timestamptz,
        given_up_at timestamptz,
        last_error text
    )",
    "create table break_glass (
        id uuid primary key,
        person_id uuid not null references person (id),
        subject_id uuid not null references person (id),
        listing_id uuid references listing (id),
        reason text not null,
        words text not null,
        begun_at timestamptz not null,
        ends_at timestamptz not null,
        reviewed_at timestamptz,
        reviewed_by uuid references person (id)
    )",
    "create table group_draft (
        id uuid primary key,
        slug text not null unique,
        listing_id uuid unique references listing (id),
        made_by uuid not null references person (id),
        form text not null,
        changed_at timestamptz not null
    )",
    "create table closure (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        number integer not null,
        seats_before text not null,
        made_at timestamptz not null,
        unique (listing_id, number)
    )",
    "create table report (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        reason text not null,
        times integer not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        outcome text,
        resolved_at timestamptz,
        resolved_by uuid references person (id)
    )",
    "create index report_listing on report (listing_id)",
    "create table confirmation_link (
        id uuid primary key,
        token text not null unique,
        listing_id uuid not null references listing (id),
        made_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz
    )",
    "create index confirmation_link_listing on confirmation_link (listing_id)",
    "create table job (
        id uuid primary key,
        kind text not null,
        subject text not null,
        every_seconds bigint not null,
        due_at timestamptz not null,
        taken_until timestamptz,
        begun_at timestamptz,
        ended_at timestamptz,
        failures integer not null,
        outcome text,
        unique (kind, subject)
    )",
    "create index job_due on job (due_at)",
    "create table feed_address (
        id uuid primary key,
        address text not null,
        programme text not null,
        format text,
        zone text,
        licence text,
        every_hours integer not null,
        source_id uuid references source (id),
        etag text,
        last_modified text,
        made_at timestamptz not null,
        fetched_at timestamptz,
        problem text,
        shrunk_from bigint,
        shrunk_by bigint,
        accepted boolean not null,
        paused_at timestamptz,
        removed_at timestamptz
    )",
    "create table dismissed_row (
        id uuid primary key,
        source_id uuid not null references source (id),
        list text not null,
        external_id text not null,
        as_it_was text not null,
        dismissed_at timestamptz not null,
        unique (source_id, list, external_id)
    )",
    "alter table import_row add column said text",
    "alter table import_run add column counts text",
    "create table audit_scope (
        scope text primary key,
        last bigint not null
    )",
    "alter table audit add column scope text",
    "alter table audit add column scope_seq bigint",
    "alter table audit add column role text",
    "alter table audit add column about uuid",
    "alter table audit add column reason text",
    "alter table audit add column request text",
    "alter table audit add column mac BYTES",
    "create unique index audit_scope_seq on audit (scope, scope_seq)",
    "create index audit_about on audit (about)",
    "create index audit_class on audit (class)",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for People {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bytes = match manager.get_database_backend() {
            DbBackend::Sqlite => "blob",
            _ => "bytea",
        };
        for statement in PEOPLE {
            let statement = statement.replace("BYTES", bytes);
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

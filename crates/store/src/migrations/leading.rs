//! Sessions of groups: what is planned, who was there, what helped.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub(super) struct Leading;

impl MigrationName for Leading {
    fn name(&self) -> &'static str {
        "m0014_leading"
    }
}

/// One statement each. `BYTES` is the engine's word for bytes.
const LEADING: [&str; 15] = [
    "create table group_session (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        on_date date not null,
        starts_at timestamptz not null,
        minutes integer not null check (minutes between 1 and 1440),
        plan BYTES,
        began_at timestamptz,
        heads BYTES,
        unique (listing_id, on_date)
    )",
    "create table attendance (
        id uuid primary key,
        session_id uuid not null references group_session (id),
        person_id uuid not null references person (id),
        presence text not null check (presence in ('present', 'late', 'left-early', 'online', 'excused', 'missed')),
        marked_by uuid not null references person (id),
        marked_at timestamptz not null,
        unique (session_id, person_id)
    )",
    "create index attendance_person on attendance (person_id)",
    "create table excuse (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        on_date date not null,
        person_id uuid not null references person (id),
        words BYTES,
        said_at timestamptz not null,
        unique (listing_id, on_date, person_id)
    )",
    "create table curriculum (
        id uuid primary key,
        slug text not null unique,
        listing_id uuid not null references listing (id),
        plans BYTES not null,
        changed_by uuid references person (id),
        changed_at timestamptz not null
    )",
    "create index curriculum_listing on curriculum (listing_id)",
    "create table advice (
        id uuid primary key,
        slug text not null unique,
        listing_id uuid not null references listing (id),
        person_id uuid not null references person (id),
        words BYTES not null,
        state text not null check (state in ('waiting', 'shown', 'hidden')),
        said_at timestamptz not null,
        looked_by uuid references person (id),
        looked_at timestamptz
    )",
    "create index advice_listing on advice (listing_id, state)",
    "create table advice_thanks (
        id uuid primary key,
        advice_id uuid not null references advice (id) on delete cascade,
        person_id uuid not null references person (id),
        unique (advice_id, person_id)
    )",
    "create table reminder (
        id uuid primary key,
        person_id uuid not null references person (id),
        listing_id uuid not null references listing (id),
        hours integer not null check (hours between 1 and 168),
        unique (person_id, listing_id)
    )",
    "create table reminded (
        id uuid primary key,
        person_id uuid not null references person (id),
        listing_id uuid not null references listing (id),
        on_date date not null,
        unique (person_id, listing_id, on_date)
    )",
    "create table whereabouts (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        on_date date not null,
        person_id uuid not null references person (id),
        words BYTES not null,
        said_at timestamptz not null,
        unique (listing_id, on_date, person_id)
    )",
    "create table emergency_contact (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        person_id uuid not null references person (id),
        words BYTES not null,
        said_at timestamptz not null,
        unique (listing_id, person_id)
    )",
    "create table outreach (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        person_id uuid not null references person (id),
        since date not null,
        done_by uuid not null references person (id),
        done_at timestamptz not null,
        unique (listing_id, person_id, since)
    )",
    "create table billing_number (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        person_id uuid not null references person (id),
        number BYTES not null,
        unique (listing_id, person_id)
    )",
];

/// Records of sessions: three stores, each of its own tables and keys.
pub(super) struct Records;

impl MigrationName for Records {
    fn name(&self) -> &'static str {
        "m0015_records"
    }
}

const RECORDS: [&str; 14] = [
    "create table session_record (
        id uuid primary key,
        session_id uuid not null references group_session (id),
        keeper_id uuid not null references person (id),
        state text not null check (state in ('draft', 'awaiting', 'signed', 'amended', 'discarded')),
        facts text not null,
        head uuid,
        begun_at timestamptz not null,
        changed_at timestamptz not null
    )",
    "create unique index session_record_of on session_record (session_id) where state <> 'discarded'",
    "create table session_text (
        id uuid primary key,
        record_id uuid not null references session_record (id),
        number integer not null,
        words BYTES not null,
        written_by uuid not null references person (id),
        written_at timestamptz not null
    )",
    "create unique index session_text_of on session_text (record_id, number)",
    "create table member_part (
        id uuid primary key,
        session_id uuid not null references group_session (id),
        person_id uuid not null references person (id),
        keeper_id uuid not null references person (id),
        state text not null check (state in ('draft', 'awaiting', 'signed', 'amended', 'discarded')),
        facts text not null,
        head uuid,
        begun_at timestamptz not null,
        changed_at timestamptz not null
    )",
    "create unique index member_part_of on member_part (session_id, person_id) where state <> 'discarded'",
    "create index member_part_person on member_part (person_id)",
    "create table part_text (
        id uuid primary key,
        record_id uuid not null references member_part (id),
        number integer not null,
        words BYTES not null,
        written_by uuid not null references person (id),
        written_at timestamptz not null
    )",
    "create unique index part_text_of on part_text (record_id, number)",
    "create table process_note (
        id uuid primary key,
        session_id uuid not null references group_session (id),
        author_id uuid not null references person (id),
        words BYTES not null,
        changed_at timestamptz not null,
        unique (session_id, author_id)
    )",
    "create table member_goal (
        id uuid primary key,
        slug text not null unique,
        listing_id uuid not null references listing (id),
        person_id uuid not null references person (id),
        words BYTES not null,
        changed_by uuid not null references person (id),
        changed_at timestamptz not null,
        ended_at timestamptz
    )",
    "create table group_goal (
        id uuid primary key,
        slug text not null unique,
        listing_id uuid not null references listing (id),
        words BYTES not null,
        changed_by uuid not null references person (id),
        changed_at timestamptz not null,
        ended_at timestamptz
    )",
    "create table roster_mark (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        person_id uuid not null references person (id),
        words BYTES not null,
        changed_by uuid not null references person (id),
        changed_at timestamptz not null,
        unique (listing_id, person_id)
    )",
    "create table released_note (
        id uuid primary key,
        part_id uuid not null references member_part (id),
        listing_id uuid not null references listing (id),
        person_id uuid not null references person (id),
        words BYTES not null,
        released_by uuid not null references person (id),
        released_at timestamptz not null,
        unique (part_id)
    )",
];

async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let bytes = match manager.get_database_backend() {
        DbBackend::Sqlite => "blob",
        _ => "bytea",
    };
    for statement in statements {
        let statement = statement.replace("BYTES", bytes);
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Leading {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &LEADING).await
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Records {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &RECORDS).await
    }
}

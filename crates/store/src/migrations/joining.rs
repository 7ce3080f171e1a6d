//! The way into a therapy group: who asks, what is said and decided, what is signed, and how a membership goes on.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

pub(super) struct Joining;

impl MigrationName for Joining {
    fn name(&self) -> &'static str {
        "m0010_joining"
    }
}

/// One statement each. `BYTES` is the engine's word for bytes.
const JOINING: [&str; 22] = [
    "create table application (
        id uuid primary key,
        slug text not null unique,
        person_id uuid not null references person (id),
        listing_id uuid not null references listing (id),
        state text not null check (state in ('asked', 'screening', 'waiting', 'options', 'not-now', 'offered', 'accepted', 'signed', 'member', 'over')),
        way text not null,
        age text not null check (age in ('adult', 'minor')),
        leader_id uuid references person (id),
        owes text not null check (owes in ('person', 'leader', 'coordinator', 'nobody')),
        asked_at timestamptz not null,
        moved_at timestamptz not null,
        owed_since timestamptz not null,
        reminded_at timestamptz,
        expires_at timestamptz,
        holds_until timestamptz,
        risk_at timestamptz,
        risk_seen_at timestamptz,
        risk_told_at timestamptz,
        risk_seen_by uuid references person (id)
    )",
    "create unique index application_open on application (person_id, listing_id) where state not in ('member', 'over')",
    "create index application_person on application (person_id)",
    "create index application_listing on application (listing_id, state)",
    "create index application_board on application (state, asked_at, id)",
    "create index application_owed on application (owes, owed_since)",
    "create table application_event (
        id uuid primary key,
        application_id uuid not null references application (id) on delete cascade,
        act text not null,
        state text not null,
        acted_by uuid references person (id),
        at timestamptz not null
    )",
    "create index application_event_application on application_event (application_id)",
    "create table asking (
        id uuid primary key,
        token text not null unique,
        listing_id uuid not null references listing (id),
        handle BYTES not null,
        mail BYTES not null,
        age text not null check (age in ('adult', 'minor')),
        made_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz,
        used_by uuid references person (id)
    )",
    "create table talk_slot (
        id uuid primary key,
        listing_id uuid not null references listing (id),
        leader_id uuid not null references person (id),
        starts_at timestamptz not null,
        minutes integer not null,
        how text not null check (how in ('in-person', 'video', 'phone')),
        application_id uuid references application (id) on delete set null,
        unique (leader_id, starts_at)
    )",
    "create index talk_slot_listing on talk_slot (listing_id, starts_at)",
    "create table screening_answer (
        id uuid primary key,
        application_id uuid not null references application (id) on delete cascade,
        form text not null,
        answers BYTES not null,
        answered_at timestamptz not null,
        unique (application_id, form)
    )",
    "create table talk_note (
        id uuid primary key,
        application_id uuid not null references application (id) on delete cascade,
        words BYTES not null,
        written_by uuid not null references person (id),
        written_at timestamptz not null,
        unique (application_id, written_by)
    )",
    "create table application_letter (
        id uuid primary key,
        application_id uuid not null references application (id) on delete cascade,
        words BYTES not null,
        written_by uuid references person (id),
        written_at timestamptz not null
    )",
    "create index application_letter_application on application_letter (application_id)",
    "create table agreement_text (
        id uuid primary key,
        listing_id uuid references listing (id),
        kind text not null,
        title text not null,
        words text not null,
        hash text not null,
        made_by uuid references person (id),
        made_at timestamptz not null
    )",
    "create index agreement_text_hash on agreement_text (hash)",
    "create table agreement_signature (
        id uuid primary key,
        person_id uuid not null references person (id),
        listing_id uuid not null references listing (id),
        text_id uuid not null references agreement_text (id),
        signer text not null check (signer in ('person', 'guardian')),
        name BYTES not null,
        witnessed_by uuid references person (id),
        signed_at timestamptz not null
    )",
    "create index agreement_signature_person on agreement_signature (person_id, listing_id)",
    "create table joining_group (
        listing_id uuid primary key references listing (id),
        questions text,
        programme text not null check (programme in ('general', 'substance-use')),
        start_on date,
        start_least integer,
        start_state text check (start_state in ('planned', 'confirmed')),
        check ((start_on is null) = (start_least is null) and (start_on is null) = (start_state is null))
    )",
    "create table membership (
        id uuid primary key,
        person_id uuid not null references person (id),
        listing_id uuid not null references listing (id),
        role_id uuid references role_held (id) on delete set null,
        application_id uuid references application (id) on delete set null,
        standing text not null check (standing in ('joined', 'paused', 'leaving', 'left', 'completed', 'dropped-out')),
        way text not null,
        age text not null check (age in ('adult', 'minor')),
        screened_by BYTES,
        entered_by uuid references person (id),
        entered_at timestamptz not null
    )",
    "create index membership_person on membership (person_id, listing_id)",
];

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Joining {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bytes = match manager.get_database_backend() {
            DbBackend::Sqlite => "blob",
            _ => "bytea",
        };
        for statement in JOINING {
            let statement = statement.replace("BYTES", bytes);
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

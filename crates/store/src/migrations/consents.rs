//! What people agreed to, and what was given away. A consent is only ever taken back; a disclosure stays. To whom is sealed: it
//! may be sealed anew under another key, which makes it no longer or shorter, and opens only if it is what was sealed for that row.

/// One statement each. `BYTES` is the engine's word for bytes.
pub(super) const TABLES: [&str; 4] = [
    "create table consent (
        id uuid primary key,
        person_id uuid not null references person (id),
        purpose text not null,
        recipient BYTES not null,
        classes text not null,
        text_hash text not null,
        signed_at timestamptz not null,
        expires_at timestamptz not null,
        revoked_at timestamptz,
        check (expires_at > signed_at)
    )",
    "create index consent_person on consent (person_id)",
    "create table disclosure (
        id uuid primary key,
        person_id uuid not null references person (id),
        basis text not null check (basis in ('own-request', 'consent', 'danger', 'law')),
        consent_id uuid references consent (id),
        recipient BYTES,
        classes text not null,
        what_hash text not null,
        given_by uuid not null references person (id),
        role text not null,
        at timestamptz not null,
        check ((basis = 'consent') = (consent_id is not null)),
        check ((basis = 'own-request') = (recipient is null))
    )",
    "create index disclosure_person on disclosure (person_id)",
];

pub(super) const STAY_SQLITE: [&str; 4] = [
    "create trigger consent_only_revoked before update on consent
     when (new.revoked_at is not old.revoked_at and (old.revoked_at is not null or new.revoked_at is null))
        or new.id is not old.id or new.person_id is not old.person_id or new.purpose is not old.purpose
        or new.classes is not old.classes or new.text_hash is not old.text_hash or new.signed_at is not old.signed_at
        or new.expires_at is not old.expires_at or length(new.recipient) is not length(old.recipient)
     begin select raise(abort, 'a consent is only ever revoked'); end",
    "create trigger consent_no_delete before delete on consent begin select raise(abort, 'a consent is only ever revoked'); end",
    "create trigger disclosure_no_update before update on disclosure
     when new.id is not old.id or new.person_id is not old.person_id or new.basis is not old.basis
        or new.consent_id is not old.consent_id or length(new.recipient) is not length(old.recipient) or new.classes is not old.classes
        or new.what_hash is not old.what_hash or new.given_by is not old.given_by or new.role is not old.role or new.at is not old.at
     begin select raise(abort, 'disclosures stay as they are'); end",
    "create trigger disclosure_no_delete before delete on disclosure begin select raise(abort, 'disclosures stay as they are'); end",
];

pub(super) const STAY_POSTGRES: [&str; 6] = [
    "create function consent_is_only_revoked() returns trigger language plpgsql as
     $$ begin
        if tg_op = 'UPDATE' then
            if (new.revoked_at is not distinct from old.revoked_at or (old.revoked_at is null and new.revoked_at is not null))
                and length(new.recipient) is not distinct from length(old.recipient)
                and to_jsonb(new) - '{revoked_at,recipient}'::text[] = to_jsonb(old) - '{revoked_at,recipient}'::text[] then
                return new;
            end if;
        end if;
        raise exception 'a consent is only ever revoked';
     end $$",
    "create trigger consent_only_revoked before update or delete on consent
     for each row execute function consent_is_only_revoked()",
    "create trigger consent_no_truncate before truncate on consent
     for each statement execute function consent_is_only_revoked()",
    "create function disclosures_stay() returns trigger language plpgsql as
     $$ begin
        if tg_op = 'UPDATE' then
            if length(new.recipient) is not distinct from length(old.recipient)
                and to_jsonb(new) - 'recipient' = to_jsonb(old) - 'recipient' then
                return new;
            end if;
        end if;
        raise exception 'disclosures stay as they are';
     end $$",
    "create trigger disclosure_no_change before update or delete on disclosure
     for each row execute function disclosures_stay()",
    "create trigger disclosure_no_truncate before truncate on disclosure
     for each statement execute function disclosures_stay()",
];

//! The tables of people: who they are, what they hold, how they sign in.
//!
//! - `person`: handle, and a mail address where there is one, both sealed; `mail_lookup` is an HMAC by which it is found. `ended_at`: the account is closed; its rows stay.
//!   `deleted_at`: nobody is behind it any more: only its number is left, for rows that must stay.
//! - `role_held`: a role in one group (`listing_id`) or for the organisation, from a moment on until another.
//! - `password`, `totp`, `recovery_code`, `join_code`, `passkey`: ways to show who one is. What is looked up by itself is
//!   an HMAC under the server's key, so a copy of the database alone is no way in.
//! - `openid_account`: whom an OpenID provider means by its number for them.
//! - `ceremony`: a passkey being made or asked for, or a browser that is away at the OpenID provider.
//! - `session`: a browser that is signed in; `token` is the hash of what its cookie holds.
//! - `mailed_link`: a one-time link; `token` as above, `mail` is the new address that it confirms.
//!   `invitation`: the same for someone who is not there yet.
//! - `outbox`: letters, written in the transaction of what they tell of, sent afterwards and then emptied; sealed but for the
//!   subject, which says nothing.
//! - `break_glass`: one person's record opened for a while, why, who has looked at that afterwards and what came of it;
//!   `reminded_at`: when those who should were last asked to.

use super::entity;

entity!(person, "person", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    handle: crate::sealed::Cipher,
    mail: Option<crate::sealed::Cipher>,
    mail_lookup: Option<String>,
    created_at: DateTimeUtc,
    ended_at: Option<DateTimeUtc>,
    deleted_at: Option<DateTimeUtc>,
});

entity!(role_held, "role_held", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    role: String,
    listing_id: Option<Uuid>,
    from_at: DateTimeUtc,
    until_at: Option<DateTimeUtc>,
    given_by: Option<Uuid>,
});

entity!(password, "password", {
    #[sea_orm(primary_key, auto_increment = false)]
    person_id: Uuid,
    hash: String,
    changed_at: DateTimeUtc,
});

entity!(join_code, "join_code", {
    #[sea_orm(primary_key, auto_increment = false)]
    person_id: Uuid,
    lookup: String,
    created_at: DateTimeUtc,
});

entity!(totp, "totp", {
    #[sea_orm(primary_key, auto_increment = false)]
    person_id: Uuid,
    secret: crate::sealed::Cipher,
    confirmed_at: Option<DateTimeUtc>,
    last_step: i64,
});

entity!(recovery_code, "recovery_code", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    lookup: String,
    used_at: Option<DateTimeUtc>,
});

entity!(passkey, "passkey", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    name: crate::sealed::Cipher,
    credential_id: String,
    credential: crate::sealed::Cipher,
    created_at: DateTimeUtc,
    used_at: Option<DateTimeUtc>,
});

entity!(openid_account, "openid_account", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    issuer: String,
    subject: String,
    bound_at: DateTimeUtc,
    used_at: DateTimeUtc,
});

entity!(ceremony, "ceremony", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    token: String,
    kind: String,
    person_id: Option<Uuid>,
    state: crate::sealed::Cipher,
    expires_at: DateTimeUtc,
});

entity!(session, "session", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    token: String,
    person_id: Uuid,
    method: String,
    strength: i32,
    begun_at: DateTimeUtc,
    seen_at: DateTimeUtc,
    proved_at: DateTimeUtc,
    revoked_at: Option<DateTimeUtc>,
});

entity!(mailed_link, "mailed_link", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    token: String,
    purpose: String,
    person_id: Uuid,
    mail: Option<crate::sealed::Cipher>,
    made_at: DateTimeUtc,
    expires_at: DateTimeUtc,
    used_at: Option<DateTimeUtc>,
});

entity!(invitation, "invitation", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    token: String,
    mail: Option<crate::sealed::Cipher>,
    mail_lookup: Option<String>,
    role: String,
    listing_id: Option<Uuid>,
    invited_by: Option<Uuid>,
    made_at: DateTimeUtc,
    expires_at: DateTimeUtc,
    accepted_by: Option<Uuid>,
    accepted_at: Option<DateTimeUtc>,
    withdrawn_at: Option<DateTimeUtc>,
});

entity!(outbox, "outbox", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    mail: Option<crate::sealed::Cipher>,
    subject: String,
    body: Option<crate::sealed::Cipher>,
    stop: Option<crate::sealed::Cipher>,
    made_at: DateTimeUtc,
    due_at: DateTimeUtc,
    tries: i32,
    sent_at: Option<DateTimeUtc>,
    given_up_at: Option<DateTimeUtc>,
    last_error: Option<String>,
});

entity!(break_glass, "break_glass", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    subject_id: Uuid,
    listing_id: Option<Uuid>,
    reason: String,
    words: crate::sealed::Cipher,
    begun_at: DateTimeUtc,
    ends_at: DateTimeUtc,
    reviewed_at: Option<DateTimeUtc>,
    reviewed_by: Option<Uuid>,
    outcome: Option<String>,
    reminded_at: Option<DateTimeUtc>,
});

//! The tables of what was agreed to and given away.
//!
//! - `consent`: what a person agreed to. `classes` is "C3 C5"; `text_hash` is the SHA-256 of the words they agreed to. A trigger
//!   lets nothing change but `revoked_at`, and that once. `recipient` is sealed, and may be sealed anew.
//! - `disclosure`: what was given to someone outside; `recipient` is empty where it was the person themselves. `what_hash` is the
//!   SHA-256 of what was given. Triggers keep each row as it is,
//!   but for what is sealed anew.

use super::entity;

entity!(consent, "consent", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    purpose: String,
    recipient: crate::sealed::Cipher,
    classes: String,
    text_hash: String,
    signed_at: DateTimeUtc,
    expires_at: DateTimeUtc,
    revoked_at: Option<DateTimeUtc>,
});

entity!(disclosure, "disclosure", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    basis: String,
    consent_id: Option<Uuid>,
    recipient: Option<crate::sealed::Cipher>,
    classes: String,
    what_hash: String,
    given_by: Uuid,
    /// By which role or right, as the audit says it.
    role: String,
    at: DateTimeUtc,
});

//! The tables of how long things are kept.
//!
//! - `retention_rule`: the days that the organisation has set; a rule without a row has its default.
//! - `legal_hold`: whom or which group nothing is taken away of, until it is ended; the reason is sealed.
//! - `tombstone`: who was deleted, by an HMAC of their number under the server's key: whoever has it finds nobody by it.

use super::entity;

entity!(retention_rule, "retention_rule", {
    #[sea_orm(primary_key, auto_increment = false)]
    kept: String,
    days: i32,
    set_at: DateTimeUtc,
    set_by: Option<Uuid>,
});

entity!(legal_hold, "legal_hold", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Option<Uuid>,
    listing_id: Option<Uuid>,
    reason: crate::sealed::Cipher,
    put_by: Option<Uuid>,
    put_at: DateTimeUtc,
    ended_at: Option<DateTimeUtc>,
});

entity!(tombstone, "tombstone", {
    #[sea_orm(primary_key, auto_increment = false)]
    mark: String,
    made_at: DateTimeUtc,
});

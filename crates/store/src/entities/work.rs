//! The tables of the staff's work.
//!
//! - `group_draft`: a group being written; `form` is what was typed, not yet a listing. `listing_id`: of a group that is
//!   published already.
//! - `closure`: what a group's seats were before it was paused or ended, so that this can be undone.

use super::people::entity;

entity!(group_draft, "group_draft", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    listing_id: Option<Uuid>,
    made_by: Uuid,
    #[sea_orm(column_type = "Text")]
    form: String,
    changed_at: DateTimeUtc,
});

entity!(closure, "closure", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    #[sea_orm(column_type = "Text")]
    seats_before: String,
    made_at: DateTimeUtc,
});

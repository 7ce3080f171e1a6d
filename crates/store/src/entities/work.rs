//! The tables of the staff's work.
//!
//! - `group_draft`: a group being written; `form` is what was typed, not yet a listing. `listing_id`: of a group that is
//!   published already.
//! - `feed_address`: where a feed is fetched from, how often, and what came of it last.
//! - `closure`: a pause or an end of a group, and the seats it had before: what undoing it brings back.
//! - `report`: someone pressed "something wrong here?" on a group's page.
//! - `job`: what the program does by itself: when it is due, and what came of it last.

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

entity!(feed_address, "feed_address", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    programme: String,
    address: String,
    format: Option<String>,
    zone: Option<String>,
    page: Option<String>,
    codes: Option<String>,
    every_hours: i32,
    paused: bool,
    tag: Option<String>,
    fetched_at: Option<DateTimeUtc>,
    outcome: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    told: Option<String>,
    created_at: DateTimeUtc,
});

entity!(report, "report", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    reason: String,
    made_at: DateTimeUtc,
    closed_at: Option<DateTimeUtc>,
    closed_by: Option<Uuid>,
});

entity!(job, "job", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    kind: String,
    about: String,
    due_at: DateTimeUtc,
    tries: i32,
    begun_at: Option<DateTimeUtc>,
    ended_at: Option<DateTimeUtc>,
    outcome: Option<String>,
    told: Option<String>,
});

entity!(closure, "closure", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    #[sea_orm(column_type = "Text")]
    seats_before: String,
    made_at: DateTimeUtc,
});

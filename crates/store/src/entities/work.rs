//! The tables of the staff's work.
//!
//! - `group_draft`: a group being written; `form` is what was typed, not yet a listing. `listing_id`: of a group that is
//!   published already.
//! - `closure`: what a group's seats were before it was paused or ended, so that this can be undone; `number` counts
//!   those of a group, and the last is undone first.
//! - `report`: that something on a public page seems wrong, by a fixed reason; who said so is not kept. The same said again is counted.
//! - `report_words`: what was written beside one of them, sealed.
//! - `confirmation_link`: a link by which who leads a group says that its listing is true; `token` is a hash.
//! - `job`: what the program does by itself, and when next; `subject` is what it is done for, where there are several. `taken_until`:
//!   a process is at it. `outcome` is how it went last, in words.
//! - `feed_address`: a feed that is fetched by its address; `etag` and `last_modified` are what its site said of it when it was
//!   taken in last. `shrunk_by` of `shrunk_from` groups would be gone by what came last, which is held back until `accepted`.
//! - `dismissed_row`: a held row of a feed that need not be looked at, as long as it says what it said then.
//! - `correction`: what is `put` in place of what a feed has `given` for a fact of one of its groups (nothing put: listed without it),
//!   until the feed says something else of it and so has overruled it. `listing_before` is the group's listing from before.
//! - `backup`: a copy that was made of everything, as it was at `made_at`. `name` is its file; `audit_rows` is how many rows of the audit
//!   it holds, by which one sees whether anything was done since.
//! - `asked`: what forms asked for and what was done, by a hash of who asked and all they said, so that the same again is not done twice.

use super::entity;

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
    number: i32,
    #[sea_orm(column_type = "Text")]
    seats_before: String,
    made_at: DateTimeUtc,
});

entity!(report, "report", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    reason: String,
    times: i32,
    first_at: DateTimeUtc,
    last_at: DateTimeUtc,
    outcome: Option<String>,
    resolved_at: Option<DateTimeUtc>,
    resolved_by: Option<Uuid>,
});

entity!(report_words, "report_words", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    report_id: Uuid,
    words: crate::sealed::Cipher,
    made_at: DateTimeUtc,
});

entity!(confirmation_link, "confirmation_link", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    token: String,
    listing_id: Uuid,
    made_at: DateTimeUtc,
    expires_at: DateTimeUtc,
    used_at: Option<DateTimeUtc>,
    person_id: Option<Uuid>,
});

entity!(job, "job", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    kind: String,
    subject: String,
    every_seconds: i64,
    due_at: DateTimeUtc,
    taken_until: Option<DateTimeUtc>,
    begun_at: Option<DateTimeUtc>,
    ended_at: Option<DateTimeUtc>,
    failures: i32,
    outcome: Option<String>,
});

entity!(feed_address, "feed_address", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    address: String,
    programme: String,
    format: Option<String>,
    zone: Option<String>,
    licence: Option<String>,
    every_hours: i32,
    source_id: Option<Uuid>,
    etag: Option<String>,
    last_modified: Option<String>,
    made_at: DateTimeUtc,
    fetched_at: Option<DateTimeUtc>,
    problem: Option<String>,
    shrunk_from: Option<i64>,
    shrunk_by: Option<i64>,
    accepted: bool,
    paused_at: Option<DateTimeUtc>,
    removed_at: Option<DateTimeUtc>,
});

entity!(dismissed_row, "dismissed_row", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    source_id: Uuid,
    list: String,
    external_id: String,
    #[sea_orm(column_type = "Text")]
    as_it_was: String,
    dismissed_at: DateTimeUtc,
});

entity!(correction, "correction", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    source_id: Uuid,
    external_id: String,
    fact: String,
    field: String,
    given: Option<String>,
    put: Option<String>,
    put_by: Option<Uuid>,
    put_at: DateTimeUtc,
    overruled_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    listing_before: Option<String>,
});

entity!(backup, "backup", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    made_at: DateTimeUtc,
    name: String,
    bytes: i64,
    rows: i64,
    audit_rows: i64,
    sha256: String,
});

entity!(asked, "asked", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    done_at: DateTimeUtc,
});

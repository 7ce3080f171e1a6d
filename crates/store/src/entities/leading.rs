//! The tables of sessions.
//!
//! - `group_session`: a session of a group, by the date of the group's rule, from when something is first written about it: `starts_at`
//!   and `minutes` stay what they were then although the schedule is planned anew. `plan` is sealed; `heads` is the count of a support
//!   group, sealed; `began_at` is when who leads opened it.
//! - `attendance`: how a member was there. `excuse`: that a member said before that they cannot come, perhaps with words, sealed.
//! - `curriculum`: plans in order, sealed.
//! - `advice`: what someone says helped them, sealed; shown to all once looked at. `advice_thanks`: to whom it helped too.
//! - `reminder`: that someone wants to be reminded so many hours before; `reminded`: that they were.
//! - `whereabouts`: where a member of an online group is that day, sealed. `emergency_contact`: whom to call, sealed.
//! - `outreach`: that somebody asked after a member whom a session of that date had prompted to.
//! - `billing_number`: by which number billing knows a member, sealed.

use super::entity;

entity!(group_session, "group_session", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    on_date: Date,
    starts_at: DateTimeUtc,
    minutes: i32,
    plan: Option<crate::sealed::Cipher>,
    began_at: Option<DateTimeUtc>,
    heads: Option<crate::sealed::Cipher>,
});

entity!(attendance, "attendance", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    session_id: Uuid,
    person_id: Uuid,
    presence: String,
    marked_by: Uuid,
    marked_at: DateTimeUtc,
});

entity!(excuse, "excuse", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    on_date: Date,
    person_id: Uuid,
    words: Option<crate::sealed::Cipher>,
    said_at: DateTimeUtc,
});

entity!(curriculum, "curriculum", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    listing_id: Uuid,
    plans: crate::sealed::Cipher,
    changed_by: Option<Uuid>,
    changed_at: DateTimeUtc,
});

entity!(advice, "advice", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    listing_id: Uuid,
    person_id: Uuid,
    words: crate::sealed::Cipher,
    state: String,
    said_at: DateTimeUtc,
    looked_by: Option<Uuid>,
    looked_at: Option<DateTimeUtc>,
});

entity!(advice_thanks, "advice_thanks", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    advice_id: Uuid,
    person_id: Uuid,
});

entity!(reminder, "reminder", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    listing_id: Uuid,
    hours: i32,
});

entity!(reminded, "reminded", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    listing_id: Uuid,
    on_date: Date,
});

entity!(whereabouts, "whereabouts", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    on_date: Date,
    person_id: Uuid,
    words: crate::sealed::Cipher,
    said_at: DateTimeUtc,
});

entity!(emergency_contact, "emergency_contact", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    person_id: Uuid,
    words: crate::sealed::Cipher,
    said_at: DateTimeUtc,
});

entity!(outreach, "outreach", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    person_id: Uuid,
    since: Date,
    done_by: Uuid,
    done_at: DateTimeUtc,
});

entity!(billing_number, "billing_number", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    person_id: Uuid,
    number: crate::sealed::Cipher,
});

//! The tables of joining.
//!
//! - `application`: someone's way into a group; `way` is the checked `domain::joining::Application` as JSON, which says nothing of
//!   what they said. Beside it stands what is asked for in queries: `state`, who `owes` the next step and since when (by the way
//!   alone as of its last step, or who was reminded since; what stands around it is asked when it is looked at), until when an offer is open (`expires_at`) and holds a place (`holds_until`), and whether an answer about safety waits to be
//!   read. `leader_id` answers for the group; none: anyone who leads it.
//! - `application_event`: what was done, and where it led.
//! - `asking`: someone without an account who asks, until they open the link in their letter; sealed.
//! - `talk_slot`: a time for a conversation that is open, or booked by an application.
//! - `screening_answer`: what was answered, by form, sealed. `talk_note`: what was noted of the conversation, each author's own, sealed.
//!   `application_letter`: what the person was written, sealed.
//! - `agreement_text`: texts as they were asked for; one without a group is that of the program. The newest of a group and kind
//!   is what it asks for now. `agreement_signature`: who signed which text, under which name (sealed); a guardian's is witnessed.
//! - `joining_group`: what a group asks of who wants to join (`measures`: names of forms as JSON), and its planned start.
//! - `membership`: how someone came to be a member and how that goes on; `role_id` is the role that opens the group to them.
//!   `screened_by` is there for who was brought in, and only then.

use super::entity;

entity!(application, "application", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    person_id: Uuid,
    listing_id: Uuid,
    state: String,
    #[sea_orm(column_type = "Text")]
    way: String,
    age: String,
    leader_id: Option<Uuid>,
    owes: String,
    asked_at: DateTimeUtc,
    moved_at: DateTimeUtc,
    owed_since: DateTimeUtc,
    reminded_at: Option<DateTimeUtc>,
    expires_at: Option<DateTimeUtc>,
    holds_until: Option<DateTimeUtc>,
    risk_at: Option<DateTimeUtc>,
    risk_seen_at: Option<DateTimeUtc>,
    risk_told_at: Option<DateTimeUtc>,
    risk_seen_by: Option<Uuid>,
});

entity!(application_event, "application_event", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    application_id: Uuid,
    act: String,
    state: String,
    acted_by: Option<Uuid>,
    at: DateTimeUtc,
});

entity!(asking, "asking", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    token: String,
    listing_id: Uuid,
    handle: crate::sealed::Cipher,
    mail: crate::sealed::Cipher,
    age: String,
    made_at: DateTimeUtc,
    expires_at: DateTimeUtc,
    used_at: Option<DateTimeUtc>,
    used_by: Option<Uuid>,
});

entity!(talk_slot, "talk_slot", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    leader_id: Uuid,
    starts_at: DateTimeUtc,
    minutes: i32,
    how: String,
    application_id: Option<Uuid>,
});

entity!(screening_answer, "screening_answer", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    application_id: Uuid,
    form: String,
    answers: crate::sealed::Cipher,
    answered_at: DateTimeUtc,
});

entity!(talk_note, "talk_note", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    application_id: Uuid,
    words: crate::sealed::Cipher,
    version: i32,
    written_by: Uuid,
    written_at: DateTimeUtc,
});

entity!(application_letter, "application_letter", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    application_id: Uuid,
    words: crate::sealed::Cipher,
    written_by: Option<Uuid>,
    written_at: DateTimeUtc,
});

entity!(agreement_text, "agreement_text", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Option<Uuid>,
    kind: String,
    title: String,
    #[sea_orm(column_type = "Text")]
    words: String,
    hash: String,
    made_by: Option<Uuid>,
    made_at: DateTimeUtc,
});

entity!(agreement_signature, "agreement_signature", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    listing_id: Uuid,
    text_id: Uuid,
    signer: String,
    name: crate::sealed::Cipher,
    witnessed_by: Option<Uuid>,
    signed_at: DateTimeUtc,
});

entity!(joining_group, "joining_group", {
    #[sea_orm(primary_key, auto_increment = false)]
    listing_id: Uuid,
    #[sea_orm(column_type = "Text", nullable)]
    questions: Option<String>,
    programme: String,
    start_on: Option<Date>,
    start_least: Option<i32>,
    start_state: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    measures: Option<String>,
});

entity!(membership, "membership", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    listing_id: Uuid,
    role_id: Option<Uuid>,
    application_id: Option<Uuid>,
    standing: String,
    #[sea_orm(column_type = "Text")]
    way: String,
    age: String,
    screened_by: Option<crate::sealed::Cipher>,
    entered_by: Option<Uuid>,
    entered_at: DateTimeUtc,
});

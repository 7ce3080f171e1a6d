//! The tables of records: three stores, each with tables and keys of its own.
//!
//! - `session_record` and `session_text`: what a group did; names nobody. `member_part` and `part_text`: the part of one member.
//!   `facts` is the checked `domain::records::Record`, sealed: it has marks that were signed over, and reasons. `state` and `keeper_id` say
//!   again what is asked for in the engine. `head` is the text that counts. A text is written once and never changed: who saves
//!   again adds one with the next `number`, so that an older text put in the place of a newer one is found by its number. Texts of a draft go when it is
//!   signed, but for the one that was.
//! - `process_note`: its author's own, sealed by a key of the author's.
//! - `member_goal`, `group_goal`: goals with their levels and progress, sealed.
//! - `roster_mark`: nicknames, phones and facts by which a member can be told, for the name guard; sealed.
//! - Where `words` or `facts` are written over, `version` counts it, and they are bound to it.
//! - `released_note`: the words of a part as they were given to whom it is about; sealed.

use super::entity;

macro_rules! record {
    ($module:ident, $table:literal, { $($field:ident: $kind:ty,)* }) => {
        entity!($module, $table, {
            #[sea_orm(primary_key, auto_increment = false)]
            id: Uuid,
            session_id: Uuid,
            $($field: $kind,)*
            keeper_id: Uuid,
            state: String,
            facts: crate::sealed::Cipher,
            version: i32,
            head: Option<Uuid>,
            begun_at: DateTimeUtc,
            changed_at: DateTimeUtc,
        });
    };
}

macro_rules! text {
    ($module:ident, $table:literal) => {
        entity!($module, $table, {
            #[sea_orm(primary_key, auto_increment = false)]
            id: Uuid,
            record_id: Uuid,
            number: i32,
            words: crate::sealed::Cipher,
            written_by: Uuid,
            written_at: DateTimeUtc,
        });
    };
}

record!(session_record, "session_record", {});
record!(member_part, "member_part", { person_id: Uuid, });
text!(session_text, "session_text");
text!(part_text, "part_text");

entity!(process_note, "process_note", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    session_id: Uuid,
    author_id: Uuid,
    words: crate::sealed::Cipher,
    version: i32,
    changed_at: DateTimeUtc,
});

entity!(member_goal, "member_goal", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    listing_id: Uuid,
    person_id: Uuid,
    words: crate::sealed::Cipher,
    version: i32,
    changed_by: Uuid,
    changed_at: DateTimeUtc,
    ended_at: Option<DateTimeUtc>,
});

entity!(group_goal, "group_goal", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    listing_id: Uuid,
    words: crate::sealed::Cipher,
    version: i32,
    changed_by: Uuid,
    changed_at: DateTimeUtc,
    ended_at: Option<DateTimeUtc>,
});

entity!(roster_mark, "roster_mark", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    person_id: Uuid,
    words: crate::sealed::Cipher,
    version: i32,
    changed_by: Uuid,
    changed_at: DateTimeUtc,
});

entity!(released_note, "released_note", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    part_id: Uuid,
    listing_id: Uuid,
    person_id: Uuid,
    words: crate::sealed::Cipher,
    released_by: Uuid,
    released_at: DateTimeUtc,
});

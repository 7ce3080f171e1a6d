//! The tables of coming to support groups.
//!
//! - `guest`: who comes to which group, under which name there (sealed; `handle_lookup` keeps it unique in the group and cannot
//!   be read), to talk or to listen; coming regularly has a first and a last day. `first_on` is the first meeting they came to, as far as
//!   one can know; `over_at` is when the last thing they said is over.
//! - `coming`: single meetings, by the date of the group's rule: that they come, or not this time.
//! - `entrance`: the private address and the join link of a group, for one meeting or, without a date, for all; sealed.

use super::entity;

entity!(guest, "guest", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    listing_id: Uuid,
    handle: crate::sealed::Cipher,
    handle_lookup: String,
    part: String,
    regularly_from: Option<Date>,
    regularly_until: Option<Date>,
    first_on: Option<Date>,
    came_at: DateTimeUtc,
    over_at: DateTimeUtc,
});

entity!(coming, "coming", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    guest_id: Uuid,
    meets_on: Date,
    said: String,
});

entity!(entrance, "entrance", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    listing_id: Uuid,
    meets_on: Option<Date>,
    address: Option<crate::sealed::Cipher>,
    link: Option<crate::sealed::Cipher>,
    set_by: Option<Uuid>,
    set_at: DateTimeUtc,
});

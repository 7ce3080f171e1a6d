//! The tables.
//!
//! - `source`: whose feeds are imported (programme and format).
//! - `listing`: one row a group; `facts` is the checked `domain::groups::Listing` as JSON (decision 1). A listing
//!   with a source is known there as `external_id`; `gone_on` is the day since which its feed does not name it.
//! - `provider`: one row an organisation, site or therapist, kept as listings are; `part_of` is the provider they work at.
//! - `provider_group`: which provider leads which listing.
//! - `import_run`: one import; `state` is `begun`, `complete` or `abandoned`. `counts` is what its groups came to.
//! - `import_row`: what became of each row. `facts` and `slug` are there only while the run is begun: rows are staged
//!   in short transactions and become visible with the last one. `list` is `groups` or `providers`. `said`
//!   is what a held row says, for whoever mends it; `unfinished` the facts as far as they go, `corrected` which corrections
//!   took hold in it and which the feed has overruled.
//! - `import_link`: while a run is begun, whom a provider of the feed `leads` or is `part_of`, by the feed's own ids.
//! - `audit`: who did what and when; content-free; triggers forbid changing or deleting a row. `scope` is a group's id or
//!   `organisation`, `scope_seq` counts its rows without a gap, `mac` is over all of the row under the server's key. Rows from
//!   before the third migration have none.
//! - `audit_scope`: the last number given in each scope.
//! - `data_key`: the keys that seal, by class and group, wrapped by the key ring; one that is not `retired_at` seals now.
//!   What `crate::sealed::COLUMNS` names is sealed by them.
//! - `audit_link`: the chain. Each link names a row of the audit; its `hash` is over the link before it and that row's MAC, under
//!   the server's key. `audit_linked` says how far each scope is linked. `audit_head`: what was signed about the chain's end, and
//!   when that was put elsewhere. Triggers keep links and heads as they are.
//! - `installation`: one row, by which one database is told from another.
//!
//! People and how they sign in are in [`people`], the staff's work in [`work`], what was agreed to and given away in [`consents`],
//! how long things are kept in [`retention`], the way into a group in [`joining`], coming to one in [`coming`], saved searches in [`searches`],
//! sessions in [`leading`], their records in [`records`].

pub(crate) mod coming;
pub(crate) mod consents;
pub(crate) mod joining;
pub(crate) mod leading;
pub(crate) mod people;
pub(crate) mod records;
pub(crate) mod retention;
pub(crate) mod searches;
pub(crate) mod work;

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use uuid::{ContextV7, Timestamp, Uuid};

/// Entities without relations: queries here name what they join.
macro_rules! entity {
    ($module:ident, $table:literal, { $($(#[$on:meta])* $field:ident: $kind:ty,)* }) => {
        pub(crate) mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                $($(#[$on])* pub $field: $kind,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

/// An id as it stands in addresses and forms.
macro_rules! id {
    ($id:ident) => {
        impl $id {
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::parse_str(text).ok().map(Self)
            }
        }

        impl std::fmt::Display for $id {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.simple().fmt(f)
            }
        }
    };
}

pub(crate) use {entity, id};

/// One counter for all of the program, also within an instant.
static MADE: Mutex<ContextV7> = Mutex::new(ContextV7::new());

/// A new id, ordered by time (UUID version 7): of two that were made one after the other, the second is the greater.
pub(crate) fn new_id(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(&MADE, seconds, now.timestamp_subsec_nanos()))
}

entity!(data_key, "data_key", {
    #[sea_orm(primary_key)]
    id: i32,
    class: String,
    scope: String,
    root: String,
    wrapped: Vec<u8>,
    created_at: DateTimeUtc,
    retired_at: Option<DateTimeUtc>,
});

entity!(source, "source", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    programme: String,
    format: String,
});

entity!(listing, "listing", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    source_id: Option<Uuid>,
    external_id: Option<String>,
    #[sea_orm(column_type = "Text")]
    facts: String,
    created_at: DateTimeUtc,
    changed_at: DateTimeUtc,
    gone_on: Option<Date>,
});

entity!(provider, "provider", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    slug: String,
    source_id: Option<Uuid>,
    external_id: Option<String>,
    part_of: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    facts: String,
    created_at: DateTimeUtc,
    changed_at: DateTimeUtc,
    gone_on: Option<Date>,
});

entity!(provider_group, "provider_group", {
    #[sea_orm(primary_key, auto_increment = false)]
    provider_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    listing_id: Uuid,
});

entity!(import_run, "import_run", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    source_id: Uuid,
    state: String,
    begun_at: DateTimeUtc,
    touched_at: DateTimeUtc,
    ended_at: Option<DateTimeUtc>,
    counts: Option<String>,
});

entity!(import_row, "import_row", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    run_id: Uuid,
    number: i32,
    external_id: String,
    outcome: String,
    #[sea_orm(column_type = "Text")]
    notes: String,
    slug: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    facts: Option<String>,
    list: String,
    #[sea_orm(column_type = "Text", nullable)]
    said: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    unfinished: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    corrected: Option<String>,
});

entity!(import_link, "import_link", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    run_id: Uuid,
    provider: String,
    role: String,
    target: String,
});

entity!(audit, "audit", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    at: DateTimeUtc,
    actor: String,
    action: String,
    class: String,
    object: String,
    scope: Option<String>,
    scope_seq: Option<i64>,
    role: Option<String>,
    about: Option<Uuid>,
    reason: Option<String>,
    request: Option<String>,
    mac: Option<Vec<u8>>,
});

entity!(audit_scope, "audit_scope", {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: String,
    last: i64,
});

entity!(audit_link, "audit_link", {
    #[sea_orm(primary_key, auto_increment = false)]
    position: i64,
    audit_id: Uuid,
    hash: Vec<u8>,
});

entity!(audit_linked, "audit_linked", {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: String,
    last: i64,
});

entity!(audit_head, "audit_head", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    at: DateTimeUtc,
    position: i64,
    line: String,
    filed_at: Option<DateTimeUtc>,
    mailed_at: Option<DateTimeUtc>,
});

entity!(installation, "installation", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
});

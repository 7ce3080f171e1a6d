//! The tables.
//!
//! - `source`: whose feeds are imported (programme and format).
//! - `listing`: one row a group; `facts` is the checked `domain::groups::Listing` as JSON (decision 1). A listing
//!   with a source is known there as `external_id`; `gone_on` is the day since which its feed does not name it.
//! - `provider`: one row an organisation, site or therapist, kept as listings are; `part_of` is the provider they work at.
//! - `provider_group`: which provider leads which listing.
//! - `import_run`: one import; `state` is `begun`, `complete` or `abandoned`.
//! - `import_row`: what became of each row. `facts` and `slug` are there only while the run is begun: rows are staged
//!   in short transactions and become visible with the last one. `list` is `groups` or `providers`.
//! - `import_link`: while a run is begun, whom a provider of the feed `leads` or is `part_of`, by the feed's own ids.
//! - `audit`: who did what and when; content-free; triggers forbid changing or deleting a row. `scope` is a group's id or
//!   `organisation`, `scope_seq` counts its rows without a gap, `mac` is over all of the row under the server's key. Rows from
//!   before the third migration have none.
//! - `audit_scope`: the last number given in each scope.
//!
//! People and how they sign in are in [`people`], the staff's work in [`work`].

pub(crate) mod people;
pub(crate) mod work;

use chrono::{DateTime, Utc};
use uuid::{ContextV7, Timestamp, Uuid};

/// A new id, ordered by time (UUID version 7).
pub(crate) fn new_id(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    let counter = ContextV7::new();
    Uuid::new_v7(Timestamp::from_unix(
        &counter,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
}

pub(crate) mod source {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "source")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub programme: String,
        pub format: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod listing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "listing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub slug: String,
        pub source_id: Option<Uuid>,
        pub external_id: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub facts: String,
        pub created_at: DateTimeUtc,
        pub changed_at: DateTimeUtc,
        pub gone_on: Option<Date>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod provider {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "provider")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub slug: String,
        pub source_id: Option<Uuid>,
        pub external_id: Option<String>,
        pub part_of: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub facts: String,
        pub created_at: DateTimeUtc,
        pub changed_at: DateTimeUtc,
        pub gone_on: Option<Date>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod provider_group {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "provider_group")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub provider_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub listing_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod import_run {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_run")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub source_id: Uuid,
        pub state: String,
        pub begun_at: DateTimeUtc,
        pub touched_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod import_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_row")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub run_id: Uuid,
        pub number: i32,
        pub external_id: String,
        pub outcome: String,
        #[sea_orm(column_type = "Text")]
        pub notes: String,
        pub slug: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub facts: Option<String>,
        pub list: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod import_link {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub run_id: Uuid,
        pub provider: String,
        pub role: String,
        pub target: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

people::entity!(audit, "audit", {
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

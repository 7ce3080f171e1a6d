//! The finder: every public listing in memory, and places known offline.
//!
//! Pure: no IO, no clock. Where someone looks for a group is nobody else's business, so places are resolved from
//! tables that are part of the program.
#![forbid(unsafe_code)]

mod bits;
mod choice;
mod facets;
mod ground;
mod meetings;
mod places;
mod providers;
mod query;
mod search;
mod snapshot;
mod unit;
mod values;
mod vocabulary;

pub use facets::{Facet, Family, Paying, Room, TimeOfDay};
pub use places::{Found, Place, Places, WhyUnknown, places};
pub use providers::{
    Directory, ProviderAnswer, ProviderEntry, ProviderFilter, ProviderHit, ProviderHits, ProviderQuery,
    TakingFilter,
};
pub use query::{Answer, Entry, Filter, Hit, Hits, Query, Spelling, Where};
pub use snapshot::Snapshot;

//! The one door to the database: SQLite or PostgreSQL, the same entities and the same queries.
//!
//! Callers open [`Store::read`] or [`Store::write`] and never see a type of the engine. A [`Writing`] is one
//! transaction; what it changes is changed together with its audit row, or not at all. Rows about people open only with a
//! [`Permit`].
#![forbid(unsafe_code)]

pub mod agreements;
pub mod audit;
pub mod backups;
pub mod break_glass;
mod changes;
pub mod coming;
pub mod confirmations;
pub mod consents;
pub mod disclosures;
mod engine;
mod entities;
pub mod feeds;
pub mod files;
pub mod groups;
pub mod health;
pub mod imports;
pub mod invitations;
pub mod jobs;
pub mod joining;
mod key;
mod keys;
pub mod leading;
pub mod listings;
mod migrations;
pub mod once;
pub mod outbox;
pub mod own_data;
pub mod people;
mod permit;
pub mod providers;
pub mod records;
pub mod reports;
pub mod request;
pub mod retention;
mod ring;
pub mod sealed;
pub mod searches;
pub mod sessions;
pub mod signing;
pub mod sums;
mod transaction;
mod upgrade;
mod url;

pub use changes::Changes;
pub use engine::{OpenError, Store};
pub use key::{Key, hex};
pub use permit::{On, Permit, acts, check, may};
pub use ring::{KeyError, KeyRing};
pub use sessions::SignedIn;
pub use transaction::{Reading, StoreError, Transaction, Who, Writing};
pub use url::{DatabaseUrl, DatabaseUrlError};

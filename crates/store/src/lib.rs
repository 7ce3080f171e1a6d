//! The one door to the database: SQLite or PostgreSQL, the same entities and the same queries.
//!
//! Callers open [`Store::read`] or [`Store::write`] and never see a type of the engine. A [`Writing`] is one
//! transaction; what it changes is changed together with its audit row, or not at all.
#![forbid(unsafe_code)]

mod changes;
mod engine;
mod entities;
pub mod health;
pub mod imports;
pub mod listings;
mod migrations;
pub mod providers;
mod transaction;
mod upgrade;
mod url;

pub use changes::Changes;
pub use engine::{OpenError, Store};
pub use transaction::{Reading, StoreError, Who, Writing};
pub use url::{DatabaseUrl, DatabaseUrlError};

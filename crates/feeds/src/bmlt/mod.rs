//! BMLT: the JSON of its semantic API (`client_interface/json/?switcher=…`).
//!
//! `GetSearchResults` holds the meetings; `GetFormats` says what their format keys mean, `GetServiceBodies` how to reach who
//! runs them. Which file is which is seen by its keys; results alone are read as well, their keys kept as they are.

mod known;
mod read;

pub use read::{read, rows};

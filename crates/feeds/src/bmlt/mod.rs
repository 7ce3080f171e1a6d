//! BMLT: the JSON of its semantic API (`client_interface/json/?switcher=…`), both ways.
//!
//! `GetSearchResults` holds the meetings; `GetFormats` says what their format keys mean, `GetServiceBodies` how to reach who
//! runs them. Which file is which is seen by its keys; results alone are read as well, their keys kept as they are.

mod address;
mod bodies;
mod formats;
mod known;
mod meeting;
mod read;
mod write;

pub use bodies::Body;
pub use formats::Format;
pub use meeting::{Away, KEYS, Meeting, Row};
pub use read::{read, rows};
pub use write::{Said, Server, server, write};

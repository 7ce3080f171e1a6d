//! Meeting Guide JSON (code4recovery/spec), as organisers' sites really write it.
//!
//! Every row becomes a listing or is held with a reason. Contacts, passcodes and join links are not kept.

mod place;
mod read;
mod write;

pub(crate) use read::Reader;
pub use read::{read, rows};
pub(crate) use write::notes;
pub use write::{Meeting, meetings, write};
pub(crate) use write::{clock, end};

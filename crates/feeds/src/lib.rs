//! The field's formats, in and out; and our own, both ways.
//!
//! Pure: bytes in, listings out, and the other way; nothing is opened here, and no clock is asked.
#![forbid(unsafe_code)]

pub mod bmlt;
mod codes;
pub mod hsds;
pub mod icalendar;
mod ids;
mod json;
mod kept;
mod looks;
mod meaning;
pub mod meeting_guide;
pub mod out;
pub mod reading;
mod recurring;
mod said;
pub mod sameboat;
mod saying;
mod scrub;
pub mod sheet;
mod text;
pub mod tsml;
mod value;
mod wrong;

pub use codes::Codes;
pub use ids::fingerprint;
pub use kept::is_not_kept;
pub use looks::{Format, looks};

//! The field's formats: feeds in, calendars out; and our own, both ways.
//!
//! Pure: bytes in, listings out; no IO and no clock.
#![forbid(unsafe_code)]

pub mod bmlt;
pub mod hsds;
pub mod icalendar;
mod kept;
mod looks;
mod meaning;
pub mod meeting_guide;
pub mod reading;
mod recurring;
pub mod sameboat;
mod scrub;
pub mod tsml;
mod value;

pub use looks::{Format, looks};
pub use meaning::Codes;

//! The field's formats, in and out; and our own, both ways.
//!
//! Pure: bytes in, listings out, and the other way; no IO and no clock.
#![forbid(unsafe_code)]

pub mod bmlt;
pub mod hsds;
pub mod icalendar;
mod kept;
mod looks;
mod meaning;
pub mod meeting_guide;
pub mod out;
pub mod reading;
mod recurring;
pub mod sameboat;
mod saying;
mod scrub;
pub mod tsml;
mod value;

pub use looks::{Format, looks};
pub use meaning::Codes;

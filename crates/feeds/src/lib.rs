//! The field's formats: feeds in, calendars out; and our own, both ways.
//!
//! Pure: bytes in, listings out; no IO and no clock.
#![forbid(unsafe_code)]

pub mod icalendar;
pub mod meeting_guide;
pub mod sameboat;
mod scrub;

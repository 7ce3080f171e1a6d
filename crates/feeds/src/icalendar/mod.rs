//! iCalendar (RFC 5545): calendars in and out.

mod lines;
mod read;
mod series;
mod write;
mod zones;

pub use crate::recurring::nth_day;
pub use read::{read, rows};
pub use write::{Entry, calendar};

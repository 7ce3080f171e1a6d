//! Words and rules of group therapy and support groups, by the standard terms of the field.
//!
//! Pure: no IO, no async, no clock, no randomness. Time and ids are arguments.
#![forbid(unsafe_code)]

pub mod clock;
pub mod groups;
pub mod providers;
pub mod schedule;
pub mod text;

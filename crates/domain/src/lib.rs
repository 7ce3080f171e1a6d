//! Words and rules of group therapy and support groups, by the standard terms of the field.
//!
//! Pure: no IO, no async, no clock, no randomness. Time and ids are arguments.
#![forbid(unsafe_code)]

pub mod access;
pub mod agreements;
pub mod attendance;
pub mod choosing;
pub mod clock;
pub mod coming;
pub mod consents;
pub mod fetching;
pub mod goals;
pub mod groups;
pub mod helping;
pub mod joining;
pub mod learning;
pub mod mending;
pub mod name;
pub mod people;
pub mod providers;
pub mod records;
pub mod references;
pub mod retention;
pub mod schedule;
pub mod searches;
pub mod sessions;
pub mod techniques;
pub mod text;
pub mod topics;

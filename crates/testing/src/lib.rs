//! What tests stand on: real databases on both engines, a real browser. Never part of the program.
#![forbid(unsafe_code)]

pub mod browser;
pub mod clock;
pub mod database;
pub mod mail;
pub mod payloads;
pub mod people;
pub mod postgres;
pub mod program;
pub mod random;
pub mod samples;

pub use database::TestDatabase;
pub use testing_attribute::both_engines;

//! BMLT's semantic API: a client's questions are answered as BMLT answers them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

#[path = "../common/mod.rs"]
mod common;

mod clients;
mod oracle;
mod questions;
mod sample;

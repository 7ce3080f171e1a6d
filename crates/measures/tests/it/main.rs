//! All tests of this crate that see it from outside, in one program: quicker to build, and small on the disk.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod change;
mod common;
mod documented;
mod extensions;
mod fhirpath;
mod forms;
mod gains;
mod malformed;
mod native;
mod oracle;
mod phq9;
mod programmes;
mod responses;
mod scores;
mod seeds;

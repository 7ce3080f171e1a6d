//! All tests of this crate that see it from outside, in one program: quicker to build, and small on the disk.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod alike;
mod properties;
mod sentences;
mod sets;

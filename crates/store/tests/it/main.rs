//! All tests of this crate that see it from outside, in one program: quicker to build, and small on the disk.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod audit;
mod backups;
mod changes;
mod clock;
mod coming;
mod common;
mod consents;
mod corrections;
mod feeds;
mod groups;
mod importing;
mod invitations;
mod jobs;
mod joining;
mod leading;
mod listings;
mod once;
mod opening;
mod people;
mod permits;
mod providers;
mod records;
mod retention;
mod sealed;
mod sealing;
mod searches;
mod sessions;
mod sums;
mod term;

//! All tests of this crate that see it from outside, in one program: quicker to build, and small on the disk.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod audit;
mod browser;
mod choosing_browser;
mod coming_browser;
mod console;
mod coordinator_browser;
mod faults;
mod feeds_browser;
mod finding_browser;
mod joining_browser;
mod joining_faults;
mod leading_browser;
mod letters;
mod measure;
mod measuring_browser;
mod member_browser;
mod openid_browser;
mod program;
mod provider;
mod round_trips;
mod signing_browser;
mod staff_browser;
mod starting;
mod typing_faults;

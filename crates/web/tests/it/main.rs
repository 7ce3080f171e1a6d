//! All tests of this crate that see it from outside, in one program: quicker to build, and small on the disk.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod access;
mod bmlt;
mod choosing;
mod coming;
mod common;
mod confirming;
mod generated;
mod hsds;
mod joining;
mod joining_deciding;
mod joining_measures;
mod linked_data;
mod map;
mod measuring;
mod once;
mod openapi;
mod openid;
mod own_account;
mod providers;
mod publishing;
mod records;
mod records_browser;
mod reports;
mod retention;
mod revalidating;
mod running;
mod scripts_browser;
mod searches;
mod sessions;
mod shortlist;
mod signing;
mod site;
mod staff_groups;
mod staff_people;
mod standards;

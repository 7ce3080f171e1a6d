//! Which day it is where a group meets. A group by appointment names no zone: UTC holds there.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::groups::Listing;
use domain::schedule::resolve;

pub(super) fn today(listing: &Listing, now: DateTime<Utc>) -> NaiveDate {
    match listing.schedule() {
        Some(schedule) => now.with_timezone(&schedule.zone).date_naive(),
        None => now.date_naive(),
    }
}

/// When a day begins there.
pub(super) fn begins(listing: &Listing, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    match listing.schedule() {
        Some(schedule) => resolve(schedule.zone, midnight).to_utc(),
        None => midnight.and_utc(),
    }
}

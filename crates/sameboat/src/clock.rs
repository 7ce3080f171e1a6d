//! The clock of the machine; the one place that asks it.

use chrono::{DateTime, Utc};
use domain::clock::Clock;

pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        std::time::UNIX_EPOCH
            .elapsed()
            .ok()
            .and_then(|since| {
                DateTime::from_timestamp(i64::try_from(since.as_secs()).ok()?, since.subsec_nanos())
            })
            .unwrap_or_default()
    }
}

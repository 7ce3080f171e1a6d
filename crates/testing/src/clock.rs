//! A clock that stands until a test moves it.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::Clock;

/// Tuesday, November 24, 2026, 15:00 UTC (10 am Eastern time), two days before Thanksgiving.
pub const NOW: &str = "2026-11-24T15:00:00Z";

pub struct TestClock(Mutex<DateTime<Utc>>);

impl Default for TestClock {
    fn default() -> Self {
        Self(Mutex::new(NOW.parse().expect("a time")))
    }
}

impl TestClock {
    pub fn forward(&self, by: TimeDelta) {
        *self.0.lock().expect("a clock that no test broke") += by;
    }

    /// Goes with that of a server on this machine: many kills take minutes, and a session is of one time on both sides.
    pub fn keep_up_with(&self, address: &str) {
        let now = DateTime::parse_from_rfc2822(&crate::program::time(address)).expect("a time");
        self.forward(now.with_timezone(&Utc) - self.now());
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("a clock that no test broke")
    }
}

//! A saved search: "tell me when a grief group opens near 44113". It is active only once the link in a letter was pressed, tells seldom,
//! ends with one click, and ends by itself unless one wants it to go on.

use chrono::{DateTime, TimeDelta, Utc};

/// How long the link works that makes it active; nothing is kept for longer without that.
pub const CONFIRM_WITHIN: TimeDelta = TimeDelta::days(3);

/// So long it goes on, and again when one says so.
pub const LASTS: TimeDelta = TimeDelta::days(365);

/// So long before its end one is asked whether it shall go on.
pub const ASK_BEFORE: TimeDelta = TimeDelta::days(14);

/// In seven days at most so many letters, however many groups open.
pub const MOST_A_WEEK: usize = 2;

/// So many searches of one address wait for their link at most: whoever asks for somebody else fills no mailbox.
pub const MOST_WAITING: u64 = 3;

/// So many groups that take nobody are kept with a search, to be told of once they open; of more the first, as the finder has them.
pub const MOST_FULL: usize = 200;

/// When one was told last, and the time before that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    pub last: Option<DateTime<Utc>>,
    pub before: Option<DateTime<Utc>>,
}

impl Told {
    /// Whether one more letter may go out now.
    pub fn may(self, now: DateTime<Utc>) -> bool {
        let a_week_ago = now - TimeDelta::days(7);
        let recent = [self.last, self.before];
        let recent = recent.into_iter().flatten().filter(|told| a_week_ago < *told);
        recent.count() < MOST_A_WEEK
    }

    #[must_use]
    pub fn now(self, now: DateTime<Utc>) -> Self {
        Self {
            last: Some(now),
            before: self.last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_more_than_two_letters_in_seven_days() {
        let start: DateTime<Utc> = "2026-11-24T15:00:00Z".parse().unwrap();
        let mut told = Told::default();
        let mut sent = Vec::new();
        for hour in 0..24 * 60 {
            let now = start + TimeDelta::hours(hour);
            if told.may(now) {
                told = told.now(now);
                sent.push(now);
            }
        }
        assert!(
            sent.windows(3)
                .all(|three| three[2] - three[0] >= TimeDelta::days(7))
        );
        assert_eq!(sent.len(), 18, "two at once, and two after each week");
    }
}

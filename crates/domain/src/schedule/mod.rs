//! When a group meets: wall-clock time in an IANA zone, a rule, and its exceptions.
//!
//! A schedule is expanded in naive wall time and then resolved in its zone: a time that daylight saving skips moves
//! forward (the offset before the gap holds), a time that comes twice is its first (RFC 5545, 3.3.5).

mod check;
mod expand;
mod wall;

pub use check::ScheduleError;
pub use expand::{Dated, Occurrence, resolve};
pub use wall::wall_time;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::text::Line;

/// A group's recurrence. Wall time of `zone`; the length is a duration, never an end time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub zone: Tz,
    /// The first date on which the rule may hold; also what "every n weeks" counts from.
    pub from: NaiveDate,
    pub time: NaiveTime,
    pub length: Minutes,
    pub rule: Rule,
    /// The last date on which the rule may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Dates of the rule on which the group does not meet (EXDATE).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skips: Vec<Skip>,
    /// Dates of the rule whose meeting is at another time (RECURRENCE-ID).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "every", rename_all = "kebab-case")]
pub enum Rule {
    /// On `days`, every `interval` weeks (1 is each week); weeks begin on Monday.
    Weekly { interval: u8, days: Vec<Weekday> },
    /// On the nth `day`s of every `interval` months, e.g. 2nd and 4th Monday.
    Monthly {
        interval: u8,
        nth: Vec<Nth>,
        day: Weekday,
    },
    /// On these dates only.
    Dates { dates: Vec<NaiveDate> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nth {
    First,
    Second,
    Third,
    Fourth,
    /// Only in months that have five.
    Fifth,
    Last,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    pub date: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub date: NaiveDate,
    pub to: NaiveDateTime,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
}

/// The length of a session: 5 minutes to 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Minutes(u16);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a session of {0} minutes: a session lasts 5 minutes to 24 hours (1440)")]
pub struct MinutesError(pub u16);

impl Minutes {
    pub fn new(minutes: u16) -> Result<Self, MinutesError> {
        if (5..=1440).contains(&minutes) {
            Ok(Self(minutes))
        } else {
            Err(MinutesError(minutes))
        }
    }

    pub fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Minutes {
    type Error = MinutesError;
    fn try_from(minutes: u16) -> Result<Self, MinutesError> {
        Self::new(minutes)
    }
}

impl From<Minutes> for u16 {
    fn from(minutes: Minutes) -> u16 {
        minutes.0
    }
}

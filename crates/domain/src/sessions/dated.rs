//! Which session is meant, and moving or cancelling one.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::people::GroupId;
use crate::schedule::{Dated, Move, Schedule, Skip, resolve};
use crate::text::Line;

/// One session of a group: by the date of the rule, which stays the same when the session is moved or cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Session {
    pub group: GroupId,
    pub date: NaiveDate,
}

/// What is done with a session that is still to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Cancel {
        reason: Option<Line>,
    },
    /// In the zone of the schedule.
    Move {
        to: NaiveDateTime,
        reason: Option<Line>,
    },
    /// Back to what the rule says.
    Restore,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    #[error("The group does not meet on {0}. Choose one of its dates.")]
    NotADate(NaiveDate),
    #[error("This session is over. What was done in it is written in its record.")]
    IsOver,
    #[error("This session is cancelled. Restore it first.")]
    IsCancelled,
    #[error("This session is as the rule says.")]
    IsAsPlanned,
    #[error("The new time is over already. Choose a later one.")]
    TimePast,
    #[error("Another session of the group begins at this time. Choose another one.")]
    Taken,
    #[error("The schedule names too many exceptions. Plan the group anew from a later day.")]
    TooMany,
}

/// Sessions that begin, or would have begun, from one moment until before another, soonest first.
pub fn sessions(
    group: GroupId,
    schedule: &Schedule,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> impl Iterator<Item = (Session, Dated)> + '_ {
    schedule
        .dates(from)
        .take_while(move |dated| dated.start() < until)
        .filter_map(move |dated| {
            let date = match &dated {
                Dated::Meets(meeting) => meeting.date,
                // A skip stands on the date of the rule, in the zone of the schedule.
                Dated::Skipped { start, .. } => schedule
                    .skips
                    .iter()
                    .map(|skip| skip.date)
                    .find(|date| resolve(schedule.zone, date.and_time(schedule.time)) == *start)?,
            };
            Some((Session { group, date }, dated))
        })
}

impl Schedule {
    /// The schedule with one session changed, or why not. A reason never says more than everybody may read.
    pub fn with(
        mut self,
        date: NaiveDate,
        change: Change,
        now: DateTime<Utc>,
    ) -> Result<Self, ChangeRefused> {
        use ChangeRefused as No;
        if self.rule_dates(date).next() != Some(date) {
            return Err(No::NotADate(date));
        }
        let cancelled = self.skips.iter().position(|skip| skip.date == date);
        let moved = self.moves.iter().position(|moved| moved.date == date);
        let wall = moved.map_or_else(|| date.and_time(self.time), |at| self.moves[at].to);
        if resolve(self.zone, wall) <= now {
            return Err(No::IsOver);
        }
        match change {
            Change::Cancel { .. } | Change::Move { .. } if cancelled.is_some() => {
                return Err(No::IsCancelled);
            }
            Change::Cancel { reason } => {
                // What was moved and is then cancelled does not meet on either day.
                self.moves.retain(|moved| moved.date != date);
                self.skips.push(Skip { date, reason });
            }
            Change::Move { to, reason } => {
                self.free(date, to, now)?;
                self.moves.retain(|moved| moved.date != date);
                self.moves.push(Move { date, to, reason });
            }
            Change::Restore if cancelled.is_none() && moved.is_none() => return Err(No::IsAsPlanned),
            Change::Restore => {
                if resolve(self.zone, date.and_time(self.time)) <= now {
                    return Err(No::TimePast);
                }
                self.skips.retain(|skip| skip.date != date);
                self.moves.retain(|moved| moved.date != date);
            }
        }
        self.check().map_err(|_| No::TooMany)?;
        Ok(self)
    }

    /// Whether a session can be then.
    fn free(&self, date: NaiveDate, to: NaiveDateTime, now: DateTime<Utc>) -> Result<(), ChangeRefused> {
        let start = resolve(self.zone, to);
        if start <= now {
            return Err(ChangeRefused::TimePast);
        }
        let taken = self
            .occurrences(start.with_timezone(&Utc))
            .take_while(|meeting| meeting.start == start)
            .any(|meeting| meeting.date != date);
        if taken { Err(ChangeRefused::Taken) } else { Ok(()) }
    }
}

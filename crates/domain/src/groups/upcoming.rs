//! The meetings a group is about to have: its schedule, as far as the group meets at all.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Listing, Seats};
use crate::schedule::{Dated, Occurrence};

impl Listing {
    /// Whether its last session was before `today`.
    pub fn has_ended(&self, today: NaiveDate) -> bool {
        match self.seats {
            Seats::Ended { on } => on.is_none_or(|on| on < today),
            _ => false,
        }
    }

    /// The next meeting that begins at `now` or later.
    pub fn next(&self, now: DateTime<Utc>) -> Option<Occurrence> {
        self.upcoming(now).find_map(Dated::meeting)
    }

    /// Dates from `now` on, skipped ones left in. Empty for a group by appointment, ended, or paused without an end.
    pub fn upcoming(&self, now: DateTime<Utc>) -> impl Iterator<Item = Dated> + '_ {
        let (first, last) = self.seats.meets_between();
        self.schedule()
            .filter(|_| first.is_none_or(|first| last.is_none_or(|last| first <= last)))
            .into_iter()
            .flat_map(move |schedule| {
                let begins =
                    first.map(|first| crate::schedule::resolve(schedule.zone, first.into()).to_utc());
                schedule.dates(begins.map_or(now, |begins| begins.max(now)))
            })
            .take_while(move |dated| last.is_none_or(|last| dated.start().date_naive() <= last))
    }
}

impl Seats {
    /// The first and the last day on which sessions take place, as far as one is known; the last before the first
    /// means that none does.
    fn meets_between(self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        match self {
            Self::Open | Self::Left(_) | Self::WaitingList { .. } | Self::Closed => (None, None),
            Self::Starts(first) | Self::Paused { until: Some(first) } => (Some(first), None),
            Self::Ended { on: Some(last) } => (None, Some(last)),
            Self::Paused { until: None } | Self::Ended { on: None } => {
                (Some(NaiveDate::MAX), Some(NaiveDate::MIN))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ended_or_paused_group_has_no_meetings() {
        for seats in [Seats::Ended { on: None }, Seats::Paused { until: None }] {
            let (first, last) = seats.meets_between();
            assert!(first > last);
        }
    }
}

//! What someone said about coming: to single meetings, and to all of them for a while.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::schedule::Occurrence;

/// "Regularly" is asked anew after so many days: a head count of people who stopped long ago is none.
pub const REGULARLY_FOR: Days = Days::new(180);

/// To every meeting from one day until another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regularly {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// By the dates of the group's rule, which stay when a meeting is moved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    pub regularly: Option<Regularly>,
    /// Single meetings: that one comes, or, coming regularly, does not this time.
    pub days: BTreeMap<NaiveDate, bool>,
    /// The first meeting that one came to, as far as one can know: nobody ticks off who is there.
    pub first_on: Option<NaiveDate>,
}

impl Said {
    /// Whether they come to the meeting of that date.
    pub fn comes(&self, on: NaiveDate) -> bool {
        let regularly = || {
            self.regularly
                .is_some_and(|all| all.from <= on && on <= all.until)
        };
        self.days.get(&on).copied().unwrap_or_else(regularly)
    }

    /// Whether it would be their first time.
    pub fn is_new(&self, on: NaiveDate) -> bool {
        self.first_on.is_none_or(|first| on <= first)
    }

    /// "I'm coming": to one of the meetings ahead.
    pub fn to(mut self, on: NaiveDate, ahead: &[Occurrence]) -> Result<Self, Refusal> {
        there_is(on, ahead)?;
        self.days.insert(on, true);
        Ok(self.counted(ahead))
    }

    /// "I'm coming" from the next meeting on, to all of them. What was said of single ones ahead counts no more.
    pub fn to_all(mut self, ahead: &[Occurrence]) -> Result<Self, Refusal> {
        let next = ahead.first().ok_or(Refusal::NoMeeting)?.date;
        let until = next.checked_add_days(REGULARLY_FOR).unwrap_or(next);
        let from = self.regularly.map_or(next, |all| all.from.min(next));
        self.days.retain(|on, _| *on < next);
        self.regularly = Some(Regularly { from, until });
        Ok(self.counted(ahead))
    }

    /// "I can't come after all."
    pub fn not_to(mut self, on: NaiveDate, ahead: &[Occurrence]) -> Result<Self, Refusal> {
        there_is(on, ahead)?;
        self.days.remove(&on);
        if self.comes(on) {
            self.days.insert(on, false);
        }
        Ok(self.counted(ahead))
    }

    /// No more to all of them; single meetings that one said stay.
    pub fn not_to_all(mut self, ahead: &[Occurrence]) -> Self {
        self.regularly = None;
        self.days.retain(|_, comes| *comes);
        self.counted(ahead)
    }

    /// The last day on which they said that they come.
    pub fn last(&self) -> Option<NaiveDate> {
        let days = self.days.iter().filter(|(_, comes)| **comes);
        let regularly = self.regularly.iter().map(|all| all.until);
        days.map(|(on, _)| *on).chain(regularly).max()
    }

    /// A first time that is ahead moves with what is said; one that is past stays.
    fn counted(mut self, ahead: &[Occurrence]) -> Self {
        let Some(next) = ahead.first().map(|meeting| meeting.date) else {
            return self;
        };
        if self.first_on.is_none_or(|first| next <= first) {
            let comes = ahead.iter().map(|meeting| meeting.date);
            self.first_on = comes.filter(|on| self.comes(*on)).min();
        }
        self
    }
}

fn there_is(on: NaiveDate, ahead: &[Occurrence]) -> Result<(), Refusal> {
    let found = ahead.iter().any(|meeting| meeting.date == on);
    found.then_some(()).ok_or(Refusal::NoMeeting)
}

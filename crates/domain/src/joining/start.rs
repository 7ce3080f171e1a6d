//! When a group takes people in: at any time, or at set times only (DOMAIN D12).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::groups::{Membership, Seats};

/// From when on someone who has signed everything is a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    From(NaiveDate),
    /// A start is planned, but not confirmed.
    Planned(NaiveDate),
    /// A closed group between its starts, or one that has ended.
    Nobody,
}

/// A planned start: it fills, and is confirmed or put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStart {
    pub on: NaiveDate,
    /// With fewer it is not confirmed.
    pub least: u16,
    pub state: StartState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartState {
    Planned,
    Confirmed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StartRefused {
    #[error(
        "{has} people have a place; the group starts with {least}. Put the start off, or offer more places."
    )]
    TooFew { has: u16, least: u16 },
    #[error("This day is over. Choose a later one.")]
    DayPast,
    #[error("This start is confirmed already. Plan the next one when it is over.")]
    Confirmed,
}

impl PlannedStart {
    pub fn plan(on: NaiveDate, least: u16, today: NaiveDate) -> Result<Self, StartRefused> {
        if on < today {
            return Err(StartRefused::DayPast);
        }
        Ok(Self {
            on,
            least,
            state: StartState::Planned,
        })
    }

    /// Plans a start where there may be one already. One that was planned only gives way; one that was confirmed holds until its day is
    /// over.
    pub fn plan_after(
        before: Option<Self>,
        on: NaiveDate,
        least: u16,
        today: NaiveDate,
    ) -> Result<Self, StartRefused> {
        match before {
            Some(before) if before.state == StartState::Confirmed && !before.is_over(today) => {
                Err(StartRefused::Confirmed)
            }
            _ => Self::plan(on, least, today),
        }
    }

    /// Whether its day has passed.
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.on < today
    }

    /// The group starts on that day with those who have a place.
    pub fn confirm(self, has: u16, today: NaiveDate) -> Result<Self, StartRefused> {
        match self.state {
            StartState::Confirmed => Err(StartRefused::Confirmed),
            StartState::Planned if self.on < today => Err(StartRefused::DayPast),
            StartState::Planned if has < self.least => Err(StartRefused::TooFew {
                has,
                least: self.least,
            }),
            StartState::Planned => Ok(Self {
                state: StartState::Confirmed,
                ..self
            }),
        }
    }

    /// Another day; who has a place keeps it.
    pub fn put_off(self, to: NaiveDate, today: NaiveDate) -> Result<Self, StartRefused> {
        if self.state == StartState::Confirmed {
            return Err(StartRefused::Confirmed);
        }
        if to < today || to <= self.on {
            return Err(StartRefused::DayPast);
        }
        Ok(Self { on: to, ..self })
    }
}

impl StartState {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Confirmed => "confirmed",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::Planned, Self::Confirmed]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

impl Admission {
    /// What holds for a group now. A closed one admits at its planned start only; an open one at any time, unless it waits for
    /// its first day.
    pub fn of(
        membership: Option<Membership>,
        seats: Seats,
        start: Option<PlannedStart>,
        today: NaiveDate,
    ) -> Self {
        if matches!(seats, Seats::Ended { .. }) {
            return Self::Nobody;
        }
        if let Some(start) = start.filter(|start| !start.is_over(today)) {
            return match start.state {
                StartState::Confirmed => Self::From(start.on),
                StartState::Planned => Self::Planned(start.on),
            };
        }
        if membership == Some(Membership::Closed) {
            return Self::Nobody;
        }
        Self::From(today)
    }
}

//! Coming to a support group as one is (DOMAIN D5, D9; SECURITY 1.5, 1.10): once or regularly, under a chosen name, to talk or just to
//! listen. How one gets in is told to who comes, and only around the meeting.

mod door;
mod said;

pub use door::{ADDRESS_BEFORE, Entrance, LINK_BEFORE, Tells};
pub use said::{REGULARLY_FOR, Regularly, Said};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::groups::{Kind, Listing, Seats};
use crate::schedule::{Dated, Occurrence};

/// So many meetings ahead one may say that one comes to.
pub const AHEAD: usize = 6;

/// No meeting is longer.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// What one means to do there: "may I just listen?" is one's own choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Talk,
    Listen,
}

/// Why one cannot say that one comes. The pages have a sentence for each, with what can be done instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a therapy group is joined by asking")]
    Therapy,
    #[error("another organisation's group is told by them how one comes")]
    NotOurs,
    #[error("the group takes nobody new now")]
    TakesNobody,
    #[error("the group has ended")]
    Ended,
    #[error("the group has no meeting then")]
    NoMeeting,
}

impl Part {
    pub const ALL: [Self; 2] = [Self::Talk, Self::Listen];

    /// As it stands in the database and in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Listen => "listen",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}

impl Refusal {
    /// Whether people say here that they come at all.
    pub fn of(listing: &Listing) -> Result<(), Self> {
        if listing.kind != Kind::Support {
            return Err(Self::Therapy);
        }
        if listing.source != crate::groups::Source::Own {
            return Err(Self::NotOurs);
        }
        match listing.seats {
            Seats::Ended { on: None } => Err(Self::Ended),
            _ => Ok(()),
        }
    }

    /// Whether someone new may: who has come before goes on.
    pub fn of_someone_new(listing: &Listing) -> Result<(), Self> {
        Self::of(listing)?;
        match listing.seats {
            Seats::Closed => Err(Self::TakesNobody),
            _ => Ok(()),
        }
    }
}

/// The meetings that are not over, the next ones first: those that one may say that one comes to.
pub fn ahead(listing: &Listing, now: DateTime<Utc>) -> Vec<Occurrence> {
    let from = now.checked_sub_signed(LONGEST).unwrap_or(now);
    listing
        .upcoming(from)
        .filter_map(Dated::meeting)
        .filter(|meeting| now < meeting.end().to_utc())
        .take(AHEAD)
        .collect()
}

#[cfg(test)]
mod tests;

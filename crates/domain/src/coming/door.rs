//! The door: a private address and a join link, and when they are told. A link for one meeting goes before that for all: so it
//! is another one each time, where whoever leads the group sets one.

use chrono::{DateTime, TimeDelta, Utc};

use crate::groups::WebPage;
use crate::schedule::Occurrence;
use crate::text::Prose;

/// Who comes has to find the way: the address is told from a day before.
pub const ADDRESS_BEFORE: TimeDelta = TimeDelta::hours(24);

/// A link is copied in a moment: it opens shortly before.
pub const LINK_BEFORE: TimeDelta = TimeDelta::minutes(30);

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    Address,
    Link,
}

/// How one gets in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entrance {
    /// Where it is, and what else to know at the door: a code, a number to dial.
    pub address: Option<Prose>,
    pub link: Option<WebPage>,
}

impl Tells {
    const fn before(self) -> TimeDelta {
        match self {
            Self::Address => ADDRESS_BEFORE,
            Self::Link => LINK_BEFORE,
        }
    }

    /// From when on it is told to who comes to this meeting. With its end it is told no more.
    pub fn from(self, meeting: &Occurrence) -> DateTime<Utc> {
        meeting.start.to_utc() - self.before()
    }

    pub fn is_told(self, meeting: &Occurrence, now: DateTime<Utc>) -> bool {
        self.from(meeting) <= now && now < meeting.end().to_utc()
    }
}

impl Entrance {
    /// That of one meeting, with what is the same for all where it says nothing.
    pub fn or(self, of_all: Option<Self>) -> Self {
        let of_all = of_all.unwrap_or_default();
        Self {
            address: self.address.or(of_all.address),
            link: self.link.or(of_all.link),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.address.is_none() && self.link.is_none()
    }
}

//! Someone on the way into a therapy group: the facts, and where they stand.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Alternative, Facts, Options};
use crate::groups::Slug;
use crate::people::PersonId;

/// Someone's way into one group. What is read of it is checked: a state that its facts do not carry is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Application {
    pub(super) facts: Facts,
    pub(super) state: State,
    /// When anything last happened.
    pub(super) moved_at: DateTime<Utc>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    facts: Facts,
    state: State,
    moved_at: DateTime<Utc>,
}

/// Where an application stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody has answered yet.
    Asked,
    /// Forms and the conversation.
    Screening,
    Waiting(Waiting),
    /// Other ways were offered; the person chooses.
    Options(Options),
    /// Not this group now; with what can be done.
    NotNow(Options),
    Offered(Offer),
    /// Both said yes; agreements are to be signed.
    Accepted(Accepted),
    /// All is signed; the group admits on a later day.
    Signed(Accepted),
    /// From that day on.
    Member(NaiveDate),
    Over(Over),
}

/// On the waiting list, with what can be done meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    pub reach: Reach,
    /// Before all others: a place that was offered was gone.
    pub first: bool,
    pub meanwhile: Options,
}

/// What someone waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    ThisGroup,
    AnyFitting,
}

/// A place that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub holds: Holds,
}

/// What an offer is worth until it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// A place is kept for them.
    Place,
    /// More were asked than there are places; who answers first has one, and the letter says so.
    Nothing,
}

/// An offer that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    pub offer: Offer,
    pub at: DateTime<Utc>,
}

/// How it ended, and what is open to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Over {
    pub how: End,
    pub options: Options,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// The person ended it.
    Withdrawn,
    /// The person said no to an offer.
    Declined,
    /// The person took another way.
    Took(Alternative),
    /// It goes on in this group: they waited for any that fits.
    MovedOn(Slug),
}

/// Why what was kept is no application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the state does not follow from the facts")]
pub struct Unsound;

impl Application {
    /// Someone asks for a place.
    pub const fn ask(now: DateTime<Utc>) -> Self {
        Self {
            facts: Facts::asked(now),
            state: State::Asked,
            moved_at: now,
        }
    }

    /// Someone goes on in another group than the one in which they waited for any that fits. It is the same wait, so they keep when they
    /// asked. A conversation is one with who leads this group, about how it works; so is what was read. Neither is taken along.
    pub fn taken_on(asked_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self {
            facts: Facts {
                asked_at,
                ..Facts::asked(now)
            },
            state: State::Asked,
            moved_at: now,
        }
    }

    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    pub const fn state(&self) -> &State {
        &self.state
    }

    pub const fn moved_at(&self) -> DateTime<Utc> {
        self.moved_at
    }

    /// Whether something may still come of it.
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, State::Member(_) | State::Over(_))
    }

    /// Whether a place is theirs, though they are no member yet.
    pub const fn has_place(&self) -> bool {
        matches!(self.state, State::Accepted(_) | State::Signed(_))
    }

    /// Whether a place is held for them at this moment.
    pub fn holds_place(&self, now: DateTime<Utc>) -> bool {
        matches!(&self.state, State::Offered(offer) if offer.holds == Holds::Place && now < offer.until)
    }

    /// The ways that are open to them, where the state has some.
    pub const fn options(&self) -> Option<&Options> {
        match &self.state {
            State::Waiting(waiting) => Some(&waiting.meanwhile),
            State::Options(options) | State::NotNow(options) => Some(options),
            State::Over(over) => Some(&over.options),
            _ => None,
        }
    }

    /// Whether the state follows from the facts.
    fn is_sound(&self) -> bool {
        let prepared = || self.facts.screened().is_ok() && self.facts.read_at.is_some();
        match &self.state {
            State::Offered(_) => self.facts.screened().is_ok(),
            State::Accepted(_) | State::Signed(_) | State::Member(_) => prepared(),
            _ => true,
        }
    }
}

impl TryFrom<Raw> for Application {
    type Error = Unsound;
    fn try_from(raw: Raw) -> Result<Self, Unsound> {
        let Raw {
            facts,
            state,
            moved_at,
        } = raw;
        let application = Self {
            facts,
            state,
            moved_at,
        };
        if application.is_sound() {
            Ok(application)
        } else {
            Err(Unsound)
        }
    }
}

impl State {
    pub const NAMES: [&'static str; 10] = [
        "asked",
        "screening",
        "waiting",
        "options",
        "not-now",
        "offered",
        "accepted",
        "signed",
        "member",
        "over",
    ];

    /// As it stands in the database and in addresses.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Screening => "screening",
            Self::Waiting(_) => "waiting",
            Self::Options(_) => "options",
            Self::NotNow(_) => "not-now",
            Self::Offered(_) => "offered",
            Self::Accepted(_) => "accepted",
            Self::Signed(_) => "signed",
            Self::Member(_) => "member",
            Self::Over(_) => "over",
        }
    }
}

impl Reach {
    pub const fn name(self) -> &'static str {
        match self {
            Self::ThisGroup => "this-group",
            Self::AnyFitting => "any-fitting",
        }
    }
}

impl End {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Declined => "declined",
            Self::Took(_) => "took",
            Self::MovedOn(_) => "moved-on",
        }
    }
}

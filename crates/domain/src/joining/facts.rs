//! What happened on the way into a group.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::people::PersonId;

/// What a conversation before joining has to touch (SCIENCE 6 a–c): an offer goes out when all of it was spoken about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Point {
    /// Wants to take part, and can say what for.
    Readiness,
    /// How the group works, and what it asks of its members.
    Expectations,
    /// Being there at every session, and saying when one cannot.
    Attendance,
    /// What stays in the group, its limits, and that members are not bound by law.
    Confidentiality,
}

/// Points that were spoken about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(BTreeSet<Point>);

/// The conversation between the person and whoever leads the group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub points: Points,
}

/// A conversation in which all points were spoken about. Only [`Facts::screened`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screened {
    pub(super) _held: DateTime<Utc>,
}

/// What is known to have happened, whatever state an application is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub asked_at: DateTime<Utc>,
    /// When questions were sent; the group's own come with asking.
    pub forms_sent_at: DateTime<Utc>,
    /// When the last of them was answered; none while one is open.
    pub answered_at: Option<DateTime<Utc>>,
    /// When the conversation is to be.
    pub booked_for: Option<DateTime<Utc>>,
    pub conversation: Option<Conversation>,
    /// When the person said that they have read how the group works, its rules and what it expects.
    pub read_at: Option<DateTime<Utc>>,
}

impl Point {
    pub const ALL: [Self; 4] = [
        Self::Readiness,
        Self::Expectations,
        Self::Attendance,
        Self::Confidentiality,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Readiness => "readiness",
            Self::Expectations => "expectations",
            Self::Attendance => "attendance",
            Self::Confidentiality => "confidentiality",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|point| point.name() == name)
    }
}

impl Points {
    pub fn all() -> Self {
        Point::ALL.into_iter().collect()
    }

    pub fn has(&self, point: Point) -> bool {
        self.0.contains(&point)
    }

    /// These and those.
    pub(super) fn and(self, more: &Self) -> Self {
        Self(self.0.union(&more.0).copied().collect())
    }

    /// How many were not spoken about yet.
    pub fn open(&self) -> usize {
        Point::ALL.len() - self.0.len()
    }
}

impl FromIterator<Point> for Points {
    fn from_iter<T: IntoIterator<Item = Point>>(points: T) -> Self {
        Self(points.into_iter().collect())
    }
}

impl Facts {
    pub(super) const fn asked(at: DateTime<Utc>) -> Self {
        Self {
            asked_at: at,
            forms_sent_at: at,
            answered_at: None,
            booked_for: None,
            conversation: None,
            read_at: None,
        }
    }

    /// That the conversation was held and left nothing open; else how many points are, if there was one.
    pub fn screened(&self) -> Result<Screened, Option<usize>> {
        let held = self.conversation.as_ref().ok_or(None)?;
        match held.points.open() {
            0 => Ok(Screened { _held: held.at }),
            open => Err(Some(open)),
        }
    }
}

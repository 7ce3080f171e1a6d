//! The thresholds of a measure in whole points, each with its source; a programme may set its own ([`crate::programmes`]).

use std::ops::RangeInclusive;

use serde::Serialize;

use super::{Class, Judged, Way};
use crate::native::Direction;
use crate::reference::{self, Reference, Source};

/// How change on a measure is judged.
///
/// As JSON: `{"direction","reliable":{"points","source"},"caseness":{"points","source"}|null,
/// "early":{"weeks":{"start","end"},"adequate","doubtful","source"}|null}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Thresholds {
    pub direction: Direction,
    /// A change of so many points or more is reliable.
    pub reliable: Points,
    /// What a programme may choose from, the default first.
    #[serde(skip)]
    pub choices: Vec<Points>,
    /// A score of so many points or more (where higher is worse) is in the clinical range.
    pub caseness: Option<Points>,
    /// What a change in the first weeks tells.
    pub early: Option<Early>,
    #[serde(skip)]
    pub reliabilities: Vec<Reliability>,
    #[serde(skip)]
    pub norms: Vec<Norm>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Points {
    pub points: f64,
    #[serde(serialize_with = "reference::cited")]
    pub source: Source,
}

/// The response in some weeks after the beginning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Early {
    pub weeks: RangeInclusive<u32>,
    /// Better by so many points or more is adequate.
    pub adequate: f64,
    /// By so many or more, but fewer than adequate: probably inadequate.
    pub doubtful: f64,
    #[serde(serialize_with = "reference::cited")]
    pub source: Source,
}

/// How well a measure agrees with itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    pub kind: String,
    pub value: f64,
    pub source: Source,
}

/// The scores of a group of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Norm {
    pub group: Group,
    pub label: String,
    pub mean: f64,
    pub sd: f64,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Patients,
    Functional,
}

/// A programme's setting that is no threshold.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{0} points are no threshold of reliable change; write a number above 0")]
pub struct NoThreshold(f64);

impl Thresholds {
    /// The same with a programme's own threshold.
    pub fn set_reliable(mut self, points: f64, who: &str) -> Result<Self, NoThreshold> {
        if !(points > 0.0 && points.is_finite()) {
            return Err(NoThreshold(points));
        }
        self.reliable = Points {
            points,
            source: Reference::set_by(who),
        };
        Ok(self)
    }

    /// The same with a programme's own beginning of the clinical range.
    #[must_use]
    pub fn set_caseness(mut self, points: f64, who: &str) -> Self {
        self.caseness = Some(Points {
            points,
            source: Reference::set_by(who),
        });
        self
    }

    /// One person's change: reliable if it is the threshold or more.
    pub fn judge(&self, pre: f64, post: f64) -> Judged {
        let way = self.way(pre, post);
        let caseness = self.caseness.as_ref().map(|points| points.points);
        Judged {
            pre,
            post,
            class: Class::of(way, self.direction, pre, post, caseness),
        }
    }

    /// Whether a score is in the clinical range.
    pub fn is_case(&self, score: f64) -> Option<bool> {
        let caseness = self.caseness.as_ref()?;
        Some(!self.direction.beyond(score, caseness.points))
    }

    pub(super) fn way(&self, pre: f64, post: f64) -> Way {
        let better = self.direction.better(pre, post);
        if better >= self.reliable.points {
            Way::Better
        } else if better <= -self.reliable.points {
            Way::Worse
        } else {
            Way::Neither
        }
    }

    /// Every number that judging uses, with where it comes from.
    pub fn sources(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "reliable change {}: {}",
            self.reliable.points,
            self.reliable.source.cited()
        )];
        if let Some(caseness) = &self.caseness {
            lines.push(format!(
                "clinical range from {}: {}",
                caseness.points,
                caseness.source.cited()
            ));
        }
        lines
    }

    /// The same, and what a change in the first weeks tells.
    pub fn rules(&self) -> Vec<String> {
        let mut lines = self.sources();
        if let Some(early) = &self.early {
            lines.push(format!(
                "weeks {} to {}, better by {} or more adequate, by {} or more probably inadequate: {}",
                early.weeks.start(),
                early.weeks.end(),
                early.adequate,
                early.doubtful,
                early.source.cited()
            ));
        }
        lines
    }

    /// Those by which a score has its class: without a reliable change no cut-off is looked at.
    pub fn sources_of(&self, class: Class) -> Vec<String> {
        let mut lines = self.sources();
        if class == Class::Unchanged {
            lines.truncate(1);
        }
        lines
    }
}

//! The classes of change: reliable or not, and across the cut-off or not.

use serde::Serialize;

use super::Way;
use crate::native::Direction;

/// What became of one person's score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Reliably better, and from the clinical side of the cut-off to the other.
    Recovered,
    /// Reliably better.
    Improved,
    /// Not reliably different.
    Unchanged,
    /// Reliably worse.
    Deteriorated,
    /// Reliably worse, and from the other side of the cut-off to the clinical one.
    Harmed,
}

impl Class {
    pub const ALL: [Self; 5] = [
        Self::Recovered,
        Self::Improved,
        Self::Unchanged,
        Self::Deteriorated,
        Self::Harmed,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Recovered => "recovered",
            Self::Improved => "improved",
            Self::Unchanged => "unchanged",
            Self::Deteriorated => "deteriorated",
            Self::Harmed => "harmed",
        }
    }

    /// A prompt to talk, never a diagnosis.
    pub const fn plain(self) -> &'static str {
        match self {
            Self::Recovered => {
                "The score is better by more than chance explains, and is now in the range of most people. Ask what has helped, and what would keep it so."
            }
            Self::Improved => "The score is better by more than chance explains. Ask what has helped.",
            Self::Unchanged => {
                "The score has not moved by more than chance explains. That may be fine or not: ask how it feels to the person."
            }
            Self::Deteriorated => "The score is worse by more than chance explains. Talk about it soon.",
            Self::Harmed => {
                "The score is worse by more than chance explains, and has left the range of most people. Talk about it soon, and about whether this help is the right one."
            }
        }
    }

    /// The class of a change. Without a cut-off nobody recovers and nobody is harmed.
    pub(super) fn of(way: Way, direction: Direction, pre: f64, post: f64, cutoff: Option<f64>) -> Self {
        let well = |score: f64| cutoff.is_some_and(|cutoff| direction.beyond(score, cutoff));
        match way {
            Way::Better if !well(pre) && well(post) => Self::Recovered,
            Way::Better => Self::Improved,
            Way::Neither => Self::Unchanged,
            Way::Worse if well(pre) && !well(post) => Self::Harmed,
            Way::Worse => Self::Deteriorated,
        }
    }
}

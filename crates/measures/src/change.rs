//! Whether a change is more than chance, whether it matters, and what to talk about: published rules, each with its source.
//!
//! Nothing here is a diagnosis. Each result has a sentence in plain words that is a prompt to talk.

mod class;
mod expected;
pub mod gains;
pub mod goals;
pub mod group;
mod reliable;
mod table;
mod thresholds;
mod track;

pub use class::Class;
pub use expected::{Case, Curve, FEWEST_CASES, NoCurve, Standing};
pub use reliable::{Advice, Criteria, Norms, NormsError, Verdict};
pub use table::{Classed, Judge, Judged, Row, Table, Totals, table};
pub use thresholds::{Early, Group, NoThreshold, Norm, Points, Reliability, Thresholds};
pub use track::{EarlyResponse, Point, REVIEW_SESSION, Signal, track};

use crate::native::Direction;

impl Direction {
    /// How much better, in points; below 0 it is worse.
    pub(crate) fn better(self, from: f64, to: f64) -> f64 {
        match self {
            Self::HigherIsWorse => from - to,
            Self::HigherIsBetter => to - from,
        }
    }

    /// Whether a score is on the good side of a cut-off. One that is on it is not.
    pub(crate) fn beyond(self, score: f64, cutoff: f64) -> bool {
        self.better(cutoff, score) > 0.0
    }
}

/// What of a change is reliable, and which way it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Better,
    Neither,
    Worse,
}

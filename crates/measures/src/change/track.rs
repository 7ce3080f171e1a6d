//! Signs that someone is not on the way to better: worse than at the beginning, little change in the first weeks, none by the eighth session.

use serde::Serialize;

use super::{Thresholds, Way};
use crate::reference::{Reference, Source};

/// From this session on, someone without reliable improvement is worth a review.
pub const REVIEW_SESSION: u32 = 8;

/// A score at a session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Counted from 1; the first is the baseline.
    pub session: u32,
    /// Whole weeks since the baseline.
    pub week: u32,
    pub score: f64,
}

/// A prompt to talk, never a diagnosis.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "signal", rename_all = "kebab-case")]
pub enum Signal {
    /// The last score is reliably worse than the first.
    Deterioration { session: u32, points: f64 },
    /// What the change in the first weeks tells.
    Early {
        session: u32,
        week: u32,
        points: f64,
        response: EarlyResponse,
    },
    /// No reliable improvement by the eighth session, and still in the clinical range.
    Review { session: u32, points: f64 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EarlyResponse {
    Adequate,
    ProbablyInadequate,
    Inadequate,
}

/// The signals of one person's scores, in order of time. Points are better if they are above 0.
pub fn track(points: &[Point], thresholds: &Thresholds) -> Vec<Signal> {
    let mut signals = Vec::new();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return signals;
    };
    if points.len() < 2 {
        return signals;
    }
    let better = |point: &Point| thresholds.direction.better(first.score, point.score);
    if let Some(early) = &thresholds.early {
        let within = points
            .iter()
            .rev()
            .find(|point| early.weeks.contains(&point.week));
        if let Some(point) = within {
            let points = better(point);
            let response = if points >= early.adequate {
                EarlyResponse::Adequate
            } else if points >= early.doubtful {
                EarlyResponse::ProbablyInadequate
            } else {
                EarlyResponse::Inadequate
            };
            signals.push(Signal::Early {
                session: point.session,
                week: point.week,
                points,
                response,
            });
        }
    }
    let way = thresholds.way(first.score, last.score);
    let (session, points) = (last.session, better(last));
    if way == Way::Worse {
        signals.push(Signal::Deterioration { session, points });
    }
    let case = thresholds.is_case(last.score) == Some(true);
    if session >= REVIEW_SESSION && way != Way::Better && case {
        signals.push(Signal::Review { session, points });
    }
    signals
}

impl Signal {
    /// For the leader: what to talk about.
    pub const fn plain(&self) -> &'static str {
        match self {
            Self::Deterioration { .. } => {
                "The score is worse than at the beginning by more than chance explains. Talk about it at the next session: is this help the right one?"
            }
            Self::Early {
                response: EarlyResponse::Adequate,
                ..
            } => "The change in the first weeks is what one hopes for. Ask what helps.",
            Self::Early {
                response: EarlyResponse::ProbablyInadequate,
                ..
            } => {
                "There is some change in the first weeks, less than one hopes for. Talk about what could help more."
            }
            Self::Early {
                response: EarlyResponse::Inadequate,
                ..
            } => {
                "There is hardly any change in the first weeks. Talk about what could help more, or instead."
            }
            Self::Review { .. } => {
                "After eight sessions the score is not better by more than chance explains, and still high. Review the plan together."
            }
        }
    }

    /// Where the rule comes from.
    pub fn source(&self, thresholds: &Thresholds) -> Source {
        match self {
            Self::Deterioration { .. } => thresholds.reliable.source.clone(),
            Self::Early { .. } => match &thresholds.early {
                Some(early) => early.source.clone(),
                None => thresholds.reliable.source.clone(),
            },
            Self::Review { .. } => {
                Reference::unread("no reliable improvement by session 8: a rule of practice")
            }
        }
    }
}

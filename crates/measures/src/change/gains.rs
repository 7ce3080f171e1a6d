//! Sudden gains and losses between two sessions (Tang and DeRubeis, 1999).

use serde::Serialize;

use crate::native::Direction;
use crate::reference::{Reference, Source};

/// A gain is at least this part of the score before it.
const PART: f64 = 0.25;
/// So many sessions before and after are compared.
const SESSIONS: usize = 3;

/// One person's scores, a place for each session; none where it is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub id: String,
    pub scores: Vec<Option<f64>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gains {
    pub gains: Vec<Gain>,
}

/// After which session the score was suddenly another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gain {
    pub id: String,
    /// Counted from 1.
    pub after_session: usize,
}

/// Every sudden gain of everyone, in their order. `cutoff` is in points, for example the measure's reliable change.
pub fn find(series: &[Series], cutoff: f64, direction: Direction) -> Gains {
    Gains {
        gains: all(series, cutoff, direction),
    }
}

/// Every sudden loss: the same the other way round.
pub fn losses(series: &[Series], cutoff: f64, direction: Direction) -> Vec<Gain> {
    let other = match direction {
        Direction::HigherIsWorse => Direction::HigherIsBetter,
        Direction::HigherIsBetter => Direction::HigherIsWorse,
    };
    all(series, cutoff, other)
}

fn all(series: &[Series], cutoff: f64, direction: Direction) -> Vec<Gain> {
    let mut gains = Vec::new();
    for Series { id, scores } in series {
        for after_session in 1..scores.len() {
            let (pre, post) = scores.split_at(after_session);
            if is_gain(pre, post, cutoff, direction) {
                gains.push(Gain {
                    id: id.clone(),
                    after_session,
                });
            }
        }
    }
    gains
}

fn is_gain(pre: &[Option<f64>], post: &[Option<f64>], cutoff: f64, direction: Direction) -> bool {
    let (Some(Some(before)), Some(Some(after))) = (pre.last(), post.first()) else {
        return false;
    };
    let better = direction.better(*before, *after);
    if better < cutoff || better < PART * before.abs() {
        return false;
    }
    let near: Vec<f64> = pre.iter().rev().take(SESSIONS).flatten().copied().collect();
    let then: Vec<f64> = post.iter().take(SESSIONS).flatten().copied().collect();
    lasts(&near, &then, direction)
}

/// The means before and after differ by more than the scores vary. The published formula has no 1/n in it.
fn lasts(pre: &[f64], post: &[f64], direction: Direction) -> bool {
    let (Some(before), Some(after)) = (Spread::of(pre), Spread::of(post)) else {
        return false;
    };
    let freedom = pre.len() + post.len() - 2;
    let Some(critical) = critical(freedom) else {
        return false;
    };
    #[expect(clippy::cast_precision_loss, reason = "at most four")]
    let pooled = ((before.squares + after.squares) / freedom as f64).sqrt();
    direction.better(before.mean, after.mean) > critical * pooled
}

/// Two-sided critical values of t at 5 %.
fn critical(freedom: usize) -> Option<f64> {
    match freedom {
        2 => Some(4.303),
        3 => Some(3.182),
        4 => Some(2.776),
        _ => None,
    }
}

struct Spread {
    mean: f64,
    /// The sum of squared distances from the mean: (n − 1) s².
    squares: f64,
}

impl Spread {
    /// Of two values or more.
    #[expect(clippy::cast_precision_loss, reason = "at most three")]
    fn of(values: &[f64]) -> Option<Self> {
        if values.len() < 2 {
            return None;
        }
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let squares = values.iter().map(|value| (value - mean).powi(2)).sum();
        Some(Self { mean, squares })
    }
}

impl Gain {
    /// A prompt to talk.
    pub const fn plain(&self) -> &'static str {
        "The score got much better from one session to the next, and stayed so. Ask what happened around then: it may be worth more of it."
    }

    pub fn source() -> Source {
        Reference::read(
            "Tang & DeRubeis 1999, J Consult Clin Psychol 67:894–904, as the R package suddengains computes it",
            "https://github.com/milanwiedemann/suddengains",
            "2026-11-28",
        )
    }
}

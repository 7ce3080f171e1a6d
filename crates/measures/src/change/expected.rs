//! What a programme's own people lead one to expect: score = b0 + b1 · baseline + b2 · ln(session), by least squares.

use crate::native::Direction;
use crate::reference::{Reference, Source};

/// With fewer people there is no curve.
pub const FEWEST_CASES: usize = 50;

/// One person's scores: session (from 1) and score, the first being the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub scores: Vec<(u32, f64)>,
}

/// A fitted curve, and how far people are from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    pub b0: f64,
    pub b1: f64,
    pub b2: f64,
    /// One in ten is further below than this.
    pub low: f64,
    /// One in ten is further above than this.
    pub high: f64,
    /// How many people it is fitted to.
    pub cases: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCurve {
    #[error("{0} people have a baseline and a later score; a curve needs {FEWEST_CASES}")]
    TooFew(usize),
    #[error("the scores do not determine a curve: all baselines, or all sessions, are the same")]
    Undetermined,
}

/// Where a score is, seen from what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Among the best tenth.
    Better,
    /// As eight in ten are.
    Expected,
    /// Among the worst tenth.
    Worse,
}

impl Curve {
    /// Fits the curve to the people who have a baseline and a later score.
    pub fn fit(cases: &[Case]) -> Result<Self, NoCurve> {
        let mut rows = Vec::new();
        let mut people = 0;
        for case in cases {
            let Some(((_, baseline), later)) = case.scores.split_first() else {
                continue;
            };
            if !baseline.is_finite() {
                continue;
            }
            let later = later
                .iter()
                .filter(|(session, score)| *session > 1 && score.is_finite());
            let before = rows.len();
            rows.extend(later.map(|(session, score)| ([1.0, *baseline, f64::from(*session).ln()], *score)));
            people += usize::from(rows.len() > before);
        }
        if people < FEWEST_CASES {
            return Err(NoCurve::TooFew(people));
        }
        let [b0, b1, b2] = least_squares(&rows).ok_or(NoCurve::Undetermined)?;
        let mut residuals: Vec<f64> = rows
            .iter()
            .map(|([_, baseline, ln], score)| score - (b0 + b1 * baseline + b2 * ln))
            .collect();
        residuals.sort_by(f64::total_cmp);
        let (low, high) = (quantile(&residuals, 0.1), quantile(&residuals, 0.9));
        Ok(Self {
            b0,
            b1,
            b2,
            low,
            high,
            cases: people,
        })
    }

    pub fn expected(&self, baseline: f64, session: u32) -> f64 {
        self.b0 + self.b1 * baseline + self.b2 * f64::from(session.max(1)).ln()
    }

    /// The scores between which eight in ten are.
    pub fn band(&self, baseline: f64, session: u32) -> (f64, f64) {
        let expected = self.expected(baseline, session);
        (expected + self.low, expected + self.high)
    }

    pub fn standing(&self, direction: Direction, baseline: f64, session: u32, score: f64) -> Standing {
        let (low, high) = self.band(baseline, session);
        let (good, bad) = match direction {
            Direction::HigherIsWorse => (low, high),
            Direction::HigherIsBetter => (high, low),
        };
        if direction.beyond(score, good) {
            Standing::Better
        } else if direction.beyond(bad, score) {
            Standing::Worse
        } else {
            Standing::Expected
        }
    }

    pub fn source() -> Source {
        Reference::of_programme("the programme’s own earlier cases")
    }
}

impl Standing {
    /// A prompt to talk, never a diagnosis.
    pub const fn plain(self) -> &'static str {
        match self {
            Self::Better => {
                "The score is better than it was for nine in ten people who began alike. Ask what helps."
            }
            Self::Expected => "The score is about where it was for most people who began alike.",
            Self::Worse => {
                "The score is worse than it was for nine in ten people who began alike. Talk about it at the next session."
            }
        }
    }
}

/// The coefficients that leave the smallest squares: normal equations, by elimination with the largest pivot.
fn least_squares(rows: &[([f64; 3], f64)]) -> Option<[f64; 3]> {
    let mut equations = [[0.0; 4]; 3];
    for (x, y) in rows {
        for (equation, a) in equations.iter_mut().zip(x) {
            for (sum, b) in equation.iter_mut().zip(x.iter().chain([y])) {
                *sum += a * b;
            }
        }
    }
    for step in 0..3 {
        let pivot =
            (step..3).max_by(|a, b| equations[*a][step].abs().total_cmp(&equations[*b][step].abs()))?;
        equations.swap(step, pivot);
        let pivot = equations[step];
        let size = rows.iter().map(|(x, _)| x[step] * x[step]).sum::<f64>();
        // What is left of a column that the others determine is rounding.
        if pivot[step].abs() <= size * 1e-10 {
            return None;
        }
        for equation in equations.iter_mut().skip(step + 1) {
            let times = equation[step] / pivot[step];
            for (left, right) in equation.iter_mut().zip(pivot) {
                *left -= times * right;
            }
        }
    }
    let mut b = [0.0; 3];
    for step in (0..3).rev() {
        let known: f64 = (step + 1..3).map(|later| equations[step][later] * b[later]).sum();
        b[step] = (equations[step][3] - known) / equations[step][step];
    }
    b.iter().all(|value: &f64| value.is_finite()).then_some(b)
}

/// The value below which this part of the sorted values lies, between neighbours in proportion.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list of scores"
)]
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = part * sorted.len().saturating_sub(1) as f64;
    let below = place.floor() as usize;
    let at = |place: usize| sorted.get(place).or(sorted.last()).copied().unwrap_or_default();
    at(below) + (at(below + 1) - at(below)) * (place - place.floor())
}

//! Goal Attainment Scaling: one T-score for what a person set out to reach (Kiresuk and Sherman, 1968).

use serde::Serialize;

use crate::reference::{Reference, Source};

/// How much goals of one person usually go together.
pub const RHO: f64 = 0.3;

/// A goal, what it weighs, and how far it was reached: −2 much less than expected, 0 as expected, 2 much more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    weight: f64,
    attained: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Attainment {
    pub t: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum GoalError {
    #[error("the weight is {0}; it is 0 or more (importance times difficulty)")]
    Weight(f64),
    #[error("the attainment is {0}; it goes from -2 (much less than expected) to 2 (much more)")]
    Attained(f64),
    #[error("rho is {0}; it goes from 0 to 1")]
    Rho(f64),
    #[error("no goal weighs anything; give at least one a weight above 0")]
    NoGoals,
}

impl Goal {
    pub fn new(weight: f64, attained: f64) -> Result<Self, GoalError> {
        if !(weight >= 0.0 && weight.is_finite()) {
            return Err(GoalError::Weight(weight));
        }
        if !(-2.0..=2.0).contains(&attained) {
            return Err(GoalError::Attained(attained));
        }
        Ok(Self { weight, attained })
    }

    /// A goal whose weight is how important it is (0–3) times how hard it is (0–3).
    pub fn weighed(importance: u8, difficulty: u8, attained: f64) -> Result<Self, GoalError> {
        Self::new(f64::from(importance) * f64::from(difficulty), attained)
    }
}

/// T = 50 + 10 Σwx ⁄ √((1 − ρ) Σw² + ρ (Σw)²).
pub fn attainment(goals: &[Goal], rho: f64) -> Result<Attainment, GoalError> {
    if !(0.0..=1.0).contains(&rho) {
        return Err(GoalError::Rho(rho));
    }
    let weighed: f64 = goals.iter().map(|goal| goal.weight * goal.attained).sum();
    let squares: f64 = goals.iter().map(|goal| goal.weight * goal.weight).sum();
    let sum: f64 = goals.iter().map(|goal| goal.weight).sum();
    let spread = ((1.0 - rho) * squares + rho * sum * sum).sqrt();
    if !(spread > 0.0 && spread.is_finite()) {
        return Err(GoalError::NoGoals);
    }
    Ok(Attainment {
        t: 50.0 + 10.0 * weighed / spread,
    })
}

impl Attainment {
    /// A prompt to talk.
    pub fn plain(&self) -> &'static str {
        if self.t > 50.0 {
            "More was reached than expected. Ask what made it possible, and what comes next."
        } else if self.t < 50.0 {
            "Less was reached than expected. Ask whether the goals still fit, and what stood in the way."
        } else {
            "What was expected was reached. Ask what comes next."
        }
    }

    pub fn source() -> Source {
        Reference::read(
            "Kiresuk & Sherman 1968; Turner-Stokes 2009, Clin Rehabil 23:362–370, with its erratum (formula)",
            "https://nationalcalculatorauthority.com/goal-attainment-score-calculator.html",
            "2026-11-28",
        )
    }
}

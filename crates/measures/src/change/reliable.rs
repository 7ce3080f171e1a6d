//! The reliable change index and the three cut-offs of Jacobson and Truax (1991).

use serde::Serialize;

use super::{Class, Way};
use crate::native::Direction;
use crate::reference::{Reference, Source};

/// A change is reliable if its index is more than this: 5 % of unchanged people would show more by chance.
const RELIABLE: f64 = 1.96;

/// Means and standard deviations of people who function well (0) and of patients (1), and how reliable the measure is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Norms {
    mean0: f64,
    sd0: f64,
    mean1: f64,
    sd1: f64,
    reliability: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NormsError {
    #[error("{0} is {1}; write a number")]
    NotFinite(&'static str, f64),
    #[error("{0} is {1}; a standard deviation is more than 0")]
    Spread(&'static str, f64),
    #[error("the reliability is {0}; it is at least 0 and below 1")]
    Reliability(f64),
    #[error("both means are {0}; they must differ, because they tell which way is better")]
    SameMeans(f64),
}

/// Which cut-off to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Advice {
    /// The groups overlap: c, which weighs both.
    C,
    /// They do not: b, the reach of the functional group.
    B,
}

/// What follows from the norms alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criteria {
    /// Two standard deviations of the patients beyond their mean.
    pub a: f64,
    /// Within two standard deviations of the functional mean.
    pub b: f64,
    /// Between the two means, weighed by their spread.
    pub c: f64,
    /// Standard error of one measurement.
    pub se: f64,
    /// Standard error of a difference of two.
    pub sdiff: f64,
    /// A reliable change is more than so many points.
    pub threshold: f64,
    pub direction: Direction,
    pub advice: Advice,
}

/// One person's change, judged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Verdict {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub se: f64,
    pub sdiff: f64,
    /// The difference, later less earlier, in standard errors.
    pub rci: f64,
    pub threshold: f64,
    pub reliable: bool,
    pub class: Class,
}

impl Norms {
    pub fn new(mean0: f64, sd0: f64, mean1: f64, sd1: f64, reliability: f64) -> Result<Self, NormsError> {
        for (name, value) in [("mean0", mean0), ("sd0", sd0), ("mean1", mean1), ("sd1", sd1)] {
            if !value.is_finite() {
                return Err(NormsError::NotFinite(name, value));
            }
        }
        for (name, value) in [("sd0", sd0), ("sd1", sd1)] {
            if value <= 0.0 {
                return Err(NormsError::Spread(name, value));
            }
        }
        if !(0.0..1.0).contains(&reliability) {
            return Err(NormsError::Reliability(reliability));
        }
        if mean0.total_cmp(&mean1).is_eq() {
            return Err(NormsError::SameMeans(mean0));
        }
        Ok(Self {
            mean0,
            sd0,
            mean1,
            sd1,
            reliability,
        })
    }

    pub fn criteria(&self) -> Criteria {
        let Self {
            mean0,
            sd0,
            mean1,
            sd1,
            reliability,
        } = *self;
        let direction = if mean1 > mean0 {
            Direction::HigherIsWorse
        } else {
            Direction::HigherIsBetter
        };
        // From the patients' mean toward the functional one.
        let toward = if mean1 > mean0 { -1.0 } else { 1.0 };
        let a = mean1 + toward * 2.0 * sd1;
        let b = mean0 - toward * 2.0 * sd0;
        let c = (sd0 * mean1 + sd1 * mean0) / (sd0 + sd1);
        let se = sd1 * (1.0 - reliability).sqrt();
        let sdiff = (2.0 * se * se).sqrt();
        // Two standard deviations of the patients reach past two of the functional group.
        let overlap = direction.beyond(a, b);
        let advice = if overlap { Advice::C } else { Advice::B };
        Criteria {
            a,
            b,
            c,
            se,
            sdiff,
            threshold: RELIABLE * sdiff,
            direction,
            advice,
        }
    }

    /// How the change of one person is judged.
    pub fn judge(&self, pre: f64, post: f64) -> Result<Verdict, NormsError> {
        for (name, value) in [("PRE", pre), ("POST", post)] {
            if !value.is_finite() {
                return Err(NormsError::NotFinite(name, value));
            }
        }
        Ok(self.criteria().verdict(pre, post))
    }
}

impl Criteria {
    pub(super) fn verdict(&self, pre: f64, post: f64) -> Verdict {
        let Self {
            a,
            b,
            c,
            se,
            sdiff,
            threshold,
            direction,
            ..
        } = *self;
        let rci = (post - pre) / sdiff;
        let reliable = rci.abs() > RELIABLE;
        let way = match (reliable, direction.better(pre, post) > 0.0) {
            (false, _) => Way::Neither,
            (true, true) => Way::Better,
            (true, false) => Way::Worse,
        };
        let class = Class::of(way, direction, pre, post, Some(c));
        Verdict {
            a,
            b,
            c,
            se,
            sdiff,
            rci,
            threshold,
            reliable,
            class,
        }
    }

    /// The fewest whole points that are a reliable change, as the NHS rounds (5.20 becomes 6).
    pub fn whole_points(&self) -> f64 {
        self.threshold.floor() + 1.0
    }

    pub fn source() -> Source {
        Reference::read(
            "Jacobson & Truax 1991, J Consult Clin Psychol 59:12–19, as the R package clinicalsignificance computes it",
            "https://github.com/cran/clinicalsignificance",
            "2026-11-28",
        )
    }
}

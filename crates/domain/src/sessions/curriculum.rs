//! Plans in order, for groups with a set number of sessions: "skills, 24 sessions".

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Plan, PlanError};
use crate::schedule::{Minutes, Schedule};
use crate::text::Line;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curriculum {
    pub name: Line,
    /// What each session is about, the first first.
    pub plans: Vec<Plan>,
}

/// A curriculum on the dates of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// The date of the session, and which plan it has.
    pub on: Vec<(NaiveDate, usize)>,
    /// Plans for which the schedule has no date any more.
    pub left: usize,
}

/// A session of a curriculum that is written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retold {
    /// Which one it was, the first being 0; none for one that is new.
    pub was: Option<usize>,
    pub topic: Option<Line>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CurriculumError {
    #[error("It has no sessions. Add at least one.")]
    Empty,
    #[error("It has {0} sessions; the most is {most}.", most = Curriculum::MOST)]
    TooMany(usize),
    #[error("Session {nth}: {why}")]
    Plan { nth: usize, why: PlanError },
}

impl Curriculum {
    pub const MOST: usize = 104;

    /// Whether it fits sessions of that length.
    pub fn check(&self, length: Minutes) -> Result<(), CurriculumError> {
        match self.plans.len() {
            0 => return Err(CurriculumError::Empty),
            many if many > Self::MOST => return Err(CurriculumError::TooMany(many)),
            _ => {}
        }
        for (at, plan) in self.plans.iter().enumerate() {
            plan.check(length)
                .map_err(|why| CurriculumError::Plan { nth: at + 1, why })?;
        }
        Ok(())
    }

    /// Written anew, in this order. Sessions that were there keep their agenda and what is to bring, wherever they stand now.
    pub fn retold(&self, name: Line, sessions: Vec<Retold>) -> Self {
        let plans = sessions.into_iter().map(|session| Plan {
            topic: session.topic,
            ..session
                .was
                .and_then(|nth| self.plans.get(nth).cloned())
                .unwrap_or_default()
        });
        Self {
            name,
            plans: plans.collect(),
        }
    }

    /// As another group can have it: what is planned and what to bring, and nothing of people, so neither who presents nor who covers.
    pub fn for_another(&self) -> Self {
        let plans = self.plans.iter().map(|plan| Plan {
            presentation: None,
            cover: None,
            ..plan.clone()
        });
        Self {
            name: self.name.clone(),
            plans: plans.collect(),
        }
    }

    /// From which plan on, on which dates: one for each session that is held. When a session is cancelled, its plan and all after
    /// it come later; nothing is left out.
    pub fn lay(&self, schedule: &Schedule, from: DateTime<Utc>, first: usize) -> Laid {
        let rest = first.min(self.plans.len())..self.plans.len();
        let wanted = rest.len();
        let on: Vec<_> = schedule
            .occurrences(from)
            .map(|meeting| meeting.date)
            .zip(rest)
            .collect();
        Laid {
            left: wanted - on.len(),
            on,
        }
    }
}

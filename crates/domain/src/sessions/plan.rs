//! What is planned for a session.

use serde::{Deserialize, Serialize};

use crate::name::Name;
use crate::people::PersonId;
use crate::schedule::Minutes;
use crate::text::Line;

/// A plan; all of it may be left open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plan {
    pub topic: Option<Line>,
    /// In order.
    pub agenda: Vec<Step>,
    /// To bring: handouts, paint, a speaker for the phone.
    pub materials: Vec<Line>,
    /// Of support groups, now and then (DOMAIN D7).
    pub presentation: Option<Presentation>,
    /// Who leads in place of those who usually do.
    pub cover: Option<PersonId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub what: Line,
    pub minutes: u16,
    /// One of the catalogue (`content/techniques.toml`), or of the organisation's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technique: Option<Name>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presentation {
    pub title: Line,
    pub speaker: Line,
}

/// Where the agenda stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Running<'a> {
    /// A step, and how many of its minutes are left.
    Step { nth: usize, step: &'a Step, left: u32 },
    /// Minutes of the session that the agenda leaves free.
    Free { left: u32 },
    /// The session is over for so many minutes.
    Over { since: u32 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error(
        "The agenda takes {planned} minutes, the session lasts {length}. Shorten a step, or take one out."
    )]
    TooLong { planned: u32, length: u16 },
    #[error("Step {nth} takes no time. Give it at least a minute.")]
    NoMinutes { nth: usize },
    #[error("The agenda has {0} steps; the most is {most}.", most = Plan::MOST_STEPS)]
    TooManySteps(usize),
}

impl Plan {
    pub const MOST_STEPS: usize = 30;

    /// Whether it fits a session of that length.
    pub fn check(&self, length: Minutes) -> Result<(), PlanError> {
        if self.agenda.len() > Self::MOST_STEPS {
            return Err(PlanError::TooManySteps(self.agenda.len()));
        }
        if let Some(at) = self.agenda.iter().position(|step| step.minutes == 0) {
            return Err(PlanError::NoMinutes { nth: at + 1 });
        }
        let planned = self.minutes();
        let length = length.get();
        if planned > u32::from(length) {
            return Err(PlanError::TooLong { planned, length });
        }
        Ok(())
    }

    pub fn minutes(&self) -> u32 {
        self.agenda.iter().map(|step| u32::from(step.minutes)).sum()
    }

    /// Where the agenda stands so many minutes after the session began.
    pub fn running(&self, elapsed: u32, length: Minutes) -> Running<'_> {
        let length = u32::from(length.get());
        let mut end = 0;
        for (nth, step) in self.agenda.iter().enumerate() {
            end += u32::from(step.minutes);
            if elapsed < end {
                return Running::Step {
                    nth,
                    step,
                    left: end - elapsed,
                };
            }
        }
        match length.checked_sub(elapsed) {
            Some(left) if left > 0 => Running::Free { left },
            _ => Running::Over {
                since: elapsed - length,
            },
        }
    }

    /// Techniques that its steps name, each once, in order.
    pub fn techniques(&self) -> Vec<&Name> {
        let mut techniques: Vec<&Name> = Vec::new();
        for technique in self.agenda.iter().filter_map(|step| step.technique.as_ref()) {
            if !techniques.contains(&technique) {
                techniques.push(technique);
            }
        }
        techniques
    }
}

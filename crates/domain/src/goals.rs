//! What someone set out to reach, with levels written together (Goal Attainment Scaling: Kiresuk and Sherman 1968).
//!
//! Scores come of `measures::change::goals`; here is what they are made of.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::Line;

/// A goal and its five levels. What is read of it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Goal {
    text: Line,
    /// From much less than expected to much more; what it would look like.
    levels: [Line; 5],
    importance: u8,
    difficulty: u8,
    /// Oldest first; one a day.
    progress: Vec<Progress>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    text: Line,
    levels: [Line; 5],
    importance: u8,
    difficulty: u8,
    progress: Vec<Progress>,
}

/// How far it was reached on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    pub on: NaiveDate,
    pub level: Level,
}

/// −2 is much less than expected, 0 what was expected, 2 much more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i8", into = "i8")]
pub struct Level(i8);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GoalError {
    #[error("{0} is no level: it goes from -2 (much less than expected) to 2 (much more).")]
    Level(i8),
    #[error("Importance and difficulty go from 0 to 3; one of them is {0}.")]
    Weight(u8),
    #[error("Two levels read the same. Say of each what it would look like.")]
    SameLevels,
    #[error("Progress on {0} was written already, or a later day was. Write it for a later day.")]
    NotLater(NaiveDate),
}

impl Level {
    pub const ALL: [Self; 5] = [Self(-2), Self(-1), Self(0), Self(1), Self(2)];

    pub const fn new(level: i8) -> Result<Self, GoalError> {
        match level {
            -2..=2 => Ok(Self(level)),
            _ => Err(GoalError::Level(level)),
        }
    }

    pub const fn get(self) -> i8 {
        self.0
    }

    const fn place(self) -> usize {
        match self.0 {
            -2 => 0,
            -1 => 1,
            0 => 2,
            1 => 3,
            _ => 4,
        }
    }
}

impl TryFrom<i8> for Level {
    type Error = GoalError;
    fn try_from(level: i8) -> Result<Self, GoalError> {
        Self::new(level)
    }
}

impl From<Level> for i8 {
    fn from(level: Level) -> i8 {
        level.0
    }
}

impl Goal {
    pub fn new(text: Line, levels: [Line; 5], importance: u8, difficulty: u8) -> Result<Self, GoalError> {
        if let Some(wrong) = [importance, difficulty].into_iter().find(|weight| *weight > 3) {
            return Err(GoalError::Weight(wrong));
        }
        let mut sorted: Vec<&Line> = levels.iter().collect();
        sorted.sort_unstable();
        if sorted.windows(2).any(|two| two[0] == two[1]) {
            return Err(GoalError::SameLevels);
        }
        Ok(Self {
            text,
            levels,
            importance,
            difficulty,
            progress: Vec::new(),
        })
    }

    pub const fn text(&self) -> &Line {
        &self.text
    }

    pub const fn level(&self, level: Level) -> &Line {
        &self.levels[level.place()]
    }

    pub fn progress(&self) -> &[Progress] {
        &self.progress
    }

    /// Importance and difficulty, 0 to 3 each.
    pub const fn weight(&self) -> (u8, u8) {
        (self.importance, self.difficulty)
    }

    /// Adds what was seen on a day after all others.
    pub fn reached(mut self, on: NaiveDate, level: Level) -> Result<Self, GoalError> {
        if self.progress.last().is_some_and(|last| on <= last.on) {
            return Err(GoalError::NotLater(on));
        }
        self.progress.push(Progress { on, level });
        Ok(self)
    }

    /// The same, where what was seen that day is corrected if it was written already.
    pub fn seen(mut self, on: NaiveDate, level: Level) -> Result<Self, GoalError> {
        match self.progress.last_mut() {
            Some(last) if last.on == on => {
                last.level = level;
                Ok(self)
            }
            _ => self.reached(on, level),
        }
    }

    /// Whether this is what was seen that day.
    pub fn was_seen(&self, on: NaiveDate, level: Level) -> bool {
        self.progress.contains(&Progress { on, level })
    }

    /// Where it stood at the end of that day.
    pub fn at(&self, day: NaiveDate) -> Option<Level> {
        let until = self.progress.iter().take_while(|progress| progress.on <= day);
        until.last().map(|progress| progress.level)
    }
}

impl TryFrom<Raw> for Goal {
    type Error = GoalError;
    fn try_from(raw: Raw) -> Result<Self, GoalError> {
        let goal = Self::new(raw.text, raw.levels, raw.importance, raw.difficulty)?;
        raw.progress
            .into_iter()
            .try_fold(goal, |goal, progress| goal.reached(progress.on, progress.level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line::parse(text).unwrap()
    }

    fn goal() -> Goal {
        let levels = [
            "calls nobody",
            "calls once a month",
            "calls once a week",
            "calls twice a week",
            "meets someone weekly",
        ];
        Goal::new(line("Call a friend"), levels.map(line), 3, 2).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn progress_is_what_was_last_seen() {
        let low = Level::new(-1).unwrap();
        let goal = goal().reached(day("2026-11-03"), low).unwrap();
        let goal = goal.reached(day("2026-11-17"), Level::new(1).unwrap()).unwrap();
        assert_eq!(goal.at(day("2026-11-02")), None);
        assert_eq!(goal.at(day("2026-11-16")), Some(low));
        assert_eq!(
            goal.level(goal.at(day("2026-12-01")).unwrap()).as_str(),
            "calls twice a week"
        );
        assert_eq!(
            goal.clone().reached(day("2026-11-17"), low),
            Err(GoalError::NotLater(day("2026-11-17")))
        );
        assert_eq!(
            goal.clone()
                .seen(day("2026-11-17"), low)
                .unwrap()
                .at(day("2026-12-01")),
            Some(low)
        );
        assert_eq!(
            goal.clone().seen(day("2026-11-16"), low),
            Err(GoalError::NotLater(day("2026-11-16")))
        );
        let written = serde_json::to_string(&goal).unwrap();
        assert_eq!(serde_json::from_str::<Goal>(&written).unwrap(), goal);
    }

    #[test]
    fn a_goal_that_cannot_be_scored_is_none() {
        let levels = ["a", "b", "c", "d", "e"].map(line);
        assert_eq!(
            Goal::new(line("x"), levels.clone(), 4, 1),
            Err(GoalError::Weight(4))
        );
        let same = ["a", "b", "c", "b", "e"].map(line);
        assert_eq!(Goal::new(line("x"), same, 1, 1), Err(GoalError::SameLevels));
        assert_eq!(Level::new(3), Err(GoalError::Level(3)));
        assert_eq!(Level::ALL.map(Level::get), [-2, -1, 0, 1, 2]);
    }
}

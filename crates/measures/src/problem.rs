//! What is wrong with a file, where, and what to do; all of it at once.

use std::fmt;

use serde::Serialize;

/// So many are told; after them only how many more there are.
const MOST_TOLD: usize = 200;

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// As `item[3].item[0].enableWhen[0].question`; empty for the file as a whole.
    pub path: String,
    /// What is wrong and what to do, in words.
    pub why: String,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
pub struct Refused {
    pub problems: Vec<Problem>,
    /// How many more there are than are told.
    pub more: usize,
}

/// Problems as they are found.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    told: Vec<Problem>,
    more: usize,
}

impl Problem {
    pub fn new(path: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            why: why.into(),
        }
    }
}

impl Problems {
    pub(crate) fn add(&mut self, path: impl Into<String>, why: impl Into<String>) {
        if self.told.len() < MOST_TOLD {
            self.told.push(Problem::new(path, why));
        } else {
            self.more += 1;
        }
    }

    /// Whether no more of them are told, only counted.
    pub(crate) fn are_many(&self) -> bool {
        self.told.len() >= MOST_TOLD
    }

    pub(crate) fn are_none(&self) -> bool {
        self.told.is_empty()
    }

    /// What was made, if nothing was wrong with it.
    pub(crate) fn or<T>(self, made: T) -> Result<T, Refused> {
        if self.are_none() {
            Ok(made)
        } else {
            Err(self.into())
        }
    }
}

impl From<Problems> for Refused {
    fn from(problems: Problems) -> Self {
        Self {
            problems: problems.told,
            more: problems.more,
        }
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
            more: 0,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(out, "{}: ", self.path)?;
        }
        out.write_str(&self.why)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                out.write_str("\n")?;
            }
            write!(out, "{problem}")?;
        }
        if self.more > 0 {
            write!(out, "\nand {} more", self.more)?;
        }
        Ok(())
    }
}

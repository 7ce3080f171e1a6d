//! What has to be looked at before a text is signed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::text::Line;

/// Something the name guard marked, as the reason for signing over it is kept: the words and why they were marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    pub words: String,
    pub why: String,
}

/// Why it is done all the same: 10 characters at least, on one line.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(Line);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Write the reason in at least {LEAST} characters, on one line of at most {most}.", most = Line::MOST)]
pub struct ReasonError;

const LEAST: usize = 10;

/// A mark with the reason for signing over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    pub mark: Marked,
    pub reason: Reason,
}

/// A text that was looked through just before it is signed: what was marked then, and what was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    pub marks: Vec<Marked>,
    pub reasons: Vec<Reasoned>,
    /// Parts that are nearly the same as this one, whose difference was not looked at.
    pub alike_unseen: usize,
}

impl Reason {
    pub fn parse(text: &str) -> Result<Self, ReasonError> {
        let line = Line::parse(text).map_err(|_| ReasonError)?;
        if line.as_str().chars().count() < LEAST {
            return Err(ReasonError);
        }
        Ok(Self(line))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// A reason may say as much as the text it is about.
impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reason([sealed])")
    }
}

impl TryFrom<String> for Reason {
    type Error = ReasonError;
    fn try_from(text: String) -> Result<Self, ReasonError> {
        Self::parse(&text)
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> String {
        reason.as_str().to_owned()
    }
}

impl Checked {
    /// One reason for each mark that is there now; a reason for a mark that is gone is dropped with it.
    pub(super) fn answered(self) -> Result<Vec<Reasoned>, Refusal> {
        let mut over = Vec::with_capacity(self.marks.len());
        let mut open = 0;
        for mark in self.marks {
            match self.reasons.iter().find(|reasoned| reasoned.mark == mark) {
                Some(reasoned) if over.contains(reasoned) => {}
                Some(reasoned) => over.push(reasoned.clone()),
                None => open += 1,
            }
        }
        if open > 0 {
            return Err(Refusal::MarksOpen { open });
        }
        if self.alike_unseen > 0 {
            return Err(Refusal::AlikeUnseen {
                unseen: self.alike_unseen,
            });
        }
        Ok(over)
    }
}

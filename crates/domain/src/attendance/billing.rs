//! What is handed over to billing: one row for each session that a member attended. Sameboat bills nobody.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Attended;
use crate::text::Line;

/// A procedure code that the organisation chose: 3 to 10 large letters, digits and hyphens. Its meaning is between it and its payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A code has 3 to 10 letters, digits and hyphens, such as 90853 or 90853-95.")]
pub struct CodeError;

/// Under which code, of whom, and who led.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    pub code: Code,
    /// The name or number by which billing knows the member.
    pub member: Line,
    pub leader: Line,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub on: NaiveDate,
    pub member: Line,
    pub code: Code,
    /// As planned: the code is for a session, whatever its length.
    pub minutes: u16,
    pub leader: Line,
}

impl Code {
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = text.trim().to_ascii_uppercase();
        let fits = (3..=10).contains(&text.len())
            && !text.starts_with('-')
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        fits.then_some(Self(text)).ok_or(CodeError)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Group therapy, for each member and session.
impl Default for Code {
    fn default() -> Self {
        Self("90853".to_owned())
    }
}

impl TryFrom<String> for Code {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        Self::parse(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Handover {
    /// A row for each session they were at, at most one a day: the code is given once a day.
    pub fn rows(&self, sessions: &[Attended]) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for session in sessions.iter().filter(|session| session.presence.was_there()) {
            if rows.iter().any(|row| row.on == session.on) {
                continue;
            }
            rows.push(Row {
                on: session.on,
                member: self.member.clone(),
                code: self.code.clone(),
                minutes: session.length.get(),
                leader: self.leader.clone(),
            });
        }
        rows.sort_by_key(|row| row.on);
        rows
    }
}

impl Row {
    /// The first line of the sheet.
    pub const HEAD: [&'static str; 5] = ["date", "member", "code", "minutes", "leader"];

    /// In the order of [`Row::HEAD`]. Whoever writes them as CSV sees to it that no spreadsheet runs one (`feeds::sheet`).
    pub fn cells(&self) -> [String; 5] {
        [
            self.on.to_string(),
            self.member.to_string(),
            self.code.to_string(),
            self.minutes.to_string(),
            self.leader.to_string(),
        ]
    }
}

//! What is handed over to billing: one row for each session that a member attended. Sameboat bills nobody.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Attended;
use crate::text::Line;

/// A procedure code that the organisation chose: five characters as CPT and HCPCS have them, all digits or one letter at either end,
/// and up to four modifiers after it. Its meaning is between the organisation and its payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "A code has five characters, digits with at most one letter first or last, such as 90853 or H0005; a modifier follows a hyphen, as in 90853-95."
)]
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
    /// As many as a line of a claim has room for.
    const MODIFIERS: usize = 4;

    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = text.trim().to_ascii_uppercase();
        let mut pieces = text.split('-');
        let fits = pieces.next().is_some_and(is_procedure)
            && pieces.clone().count() <= Self::MODIFIERS
            && pieces.all(|piece| piece.len() == 2 && piece.bytes().all(|b| b.is_ascii_alphanumeric()));
        fits.then_some(Self(text)).ok_or(CodeError)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 90853, H0005, 0373T.
fn is_procedure(text: &str) -> bool {
    let text = text.as_bytes();
    let letters = text.iter().filter(|b| b.is_ascii_uppercase()).count();
    let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
    let mut at_an_end = [text.first(), text.last()].into_iter().flatten();
    text.len() == 5
        && letters + digits == 5
        && (letters == 0 || letters == 1 && at_an_end.any(u8::is_ascii_uppercase))
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

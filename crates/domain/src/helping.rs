//! Who answers, now: emergency numbers and help lines by country (DOMAIN D16).
//!
//! A wrong number can cost a life: a line is there only when two sources that do not depend on each other agree on it.

use chrono::NaiveDate;

use crate::groups::WebPage;
use crate::text::Line;

/// Days after which staff are asked to check a line again.
pub const CHECK_AFTER: i64 = 180;
/// Sources that must agree on a line.
pub const SOURCES: usize = 2;

/// Every country we have numbers for.
#[derive(Debug, Clone, PartialEq)]
pub struct HelpLines {
    pub countries: Vec<Country>,
    /// Where to look for a country we have no line of.
    pub directory: Directory,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Directory {
    pub name: Line,
    pub url: WebPage,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// ISO 3166-1, two capital letters.
    pub code: String,
    pub name: Line,
    /// What to dial when life is in danger.
    pub emergency: Number,
    /// The first answers anyone in a crisis. Empty where two sources did not agree on any.
    pub lines: Vec<HelpLine>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct HelpLine {
    pub name: Line,
    pub concern: Concern,
    pub call: Option<Number>,
    pub text: Option<TextTo>,
    pub chat: Option<WebPage>,
    pub hours: Option<Line>,
    pub more: Option<Line>,
    /// When the sources were last compared.
    pub checked: NaiveDate,
    pub sources: Vec<WebPage>,
}

/// What a line is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    Crisis,
    Violence,
    YoungPeople,
    Veterans,
    Substances,
}

/// Where to send a text message, and the word to send if one is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTo {
    pub number: Number,
    pub keyword: Option<Line>,
}

/// A number as people dial it: 2 to 15 digits, which `Phone` would find too short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no number to dial: write 2 to 15 digits, with spaces or hyphens between them")]
pub struct NumberError(String);

impl Number {
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let known = text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
        if known && (2..=15).contains(&digits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NumberError(text.chars().take(40).collect()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a `tel:` or `sms:` link wants it.
    pub fn dial(&self) -> String {
        self.0
            .chars()
            .enumerate()
            .filter(|(i, c)| c.is_ascii_digit() || (*i == 0 && *c == '+'))
            .map(|(_, c)| c)
            .collect()
    }
}

impl HelpLines {
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries
            .iter()
            .find(|country| country.code.eq_ignore_ascii_case(code))
    }
}

impl Country {
    /// The line that answers anyone.
    pub fn first(&self) -> Option<&HelpLine> {
        self.lines.iter().find(|line| line.concern == Concern::Crisis)
    }

    pub fn of(&self, concern: Concern) -> impl Iterator<Item = &HelpLine> {
        self.lines.iter().filter(move |line| line.concern == concern)
    }
}

impl HelpLine {
    /// Whether staff should compare it with its sources again.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        (today - self.checked).num_days() >= CHECK_AFTER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_dials() {
        assert_eq!(Number::parse("1-800-799-7233").unwrap().dial(), "18007997233");
        assert_eq!(Number::parse("+49 800 1110111").unwrap().dial(), "+498001110111");
        for wrong in ["9", "call 988", "1234567890123456", ""] {
            assert!(Number::parse(wrong).is_err(), "{wrong}");
        }
    }
}

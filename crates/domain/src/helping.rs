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

/// A crisis line that an organisation chose itself, written as NAME=NUMBER.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLine {
    pub name: Line,
    pub call: Number,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnLineError {
    #[error("write NAME=NUMBER, such as “County crisis line=216-555-0142”")]
    Shape,
    #[error("the name {0}")]
    Name(#[from] crate::text::TextError),
    #[error(transparent)]
    Number(#[from] NumberError),
}

impl OwnLine {
    pub fn parse(text: &str) -> Result<Self, OwnLineError> {
        let (name, number) = text.rsplit_once('=').ok_or(OwnLineError::Shape)?;
        Ok(Self {
            name: Line::parse(name)?,
            call: Number::parse(number)?,
        })
    }
}

impl HelpLines {
    /// The organisation's own numbers for a country, checked by it on `today`, in place of ours.
    pub fn put_own(
        &mut self,
        code: &str,
        line: Option<OwnLine>,
        emergency: Option<Number>,
        today: NaiveDate,
    ) {
        let Some(country) = self.countries.iter_mut().find(|country| country.code == code) else {
            return;
        };
        if let Some(emergency) = emergency {
            country.emergency = emergency;
        }
        if let Some(OwnLine { name, call }) = line {
            let own = HelpLine {
                name,
                concern: Concern::Crisis,
                call: Some(call),
                text: None,
                chat: None,
                hours: None,
                more: None,
                checked: today,
                sources: Vec::new(),
            };
            country.lines.insert(0, own);
        }
    }

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
    fn an_organisation_names_its_own_line() {
        let own = OwnLine::parse("County crisis line = 216-555-0142").unwrap();
        assert_eq!(
            (own.name.as_str(), own.call.as_str()),
            ("County crisis line", "216-555-0142")
        );
        for wrong in ["216-555-0142", "=988", "Line=now"] {
            assert!(OwnLine::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_number_dials() {
        assert_eq!(Number::parse("1-800-799-7233").unwrap().dial(), "18007997233");
        assert_eq!(Number::parse("+49 800 1110111").unwrap().dial(), "+498001110111");
        for wrong in ["9", "call 988", "1234567890123456", ""] {
            assert!(Number::parse(wrong).is_err(), "{wrong}");
        }
    }
}

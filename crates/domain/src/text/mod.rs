//! Text as people type it, made safe to keep: trimmed, bounded, without control characters.

pub mod fold;

use std::fmt;

use serde::{Deserialize, Serialize};

/// One line, 1 to [`Line::MOST`] characters; white space is folded, control characters are gone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

/// Some sentences, 1 to [`Prose::MOST`] characters; line breaks stay, other control characters are gone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prose(String);

/// Why a text cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("is empty; write something or leave it out")]
    Empty,
    #[error("has {has} characters; the most is {most}")]
    TooLong { has: usize, most: usize },
}

impl Line {
    /// The most characters a line has.
    pub const MOST: usize = 300;

    pub fn parse(text: &str) -> Result<Self, TextError> {
        bounded(fold(text), Self::MOST).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Prose {
    /// The most characters a prose text has.
    pub const MOST: usize = 5_000;

    pub fn parse(text: &str) -> Result<Self, TextError> {
        let unified = text.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<String> = unified.split('\n').map(fold).collect();
        let mut joined = lines.join("\n");
        while joined.contains("\n\n\n") {
            joined = joined.replace("\n\n\n", "\n\n");
        }
        bounded(joined.trim().to_owned(), Self::MOST).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn fold(text: &str) -> String {
    let visible: String = text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters and the marks that can turn the reading direction of what stands around them.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn bounded(text: String, most: usize) -> Result<String, TextError> {
    match text.chars().count() {
        0 => Err(TextError::Empty),
        has if has > most => Err(TextError::TooLong { has, most }),
        _ => Ok(text),
    }
}

macro_rules! text_conversions {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                Self::parse(&text)
            }
        }
        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}
text_conversions!(Line);
text_conversions!(Prose);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_and_bounded() {
        assert_eq!(
            Line::parse("  Thursday\t\nTable\u{202e} ").unwrap().as_str(),
            "Thursday Table"
        );
        assert_eq!(Line::parse(" \n"), Err(TextError::Empty));
        assert_eq!(
            Line::parse(&"x".repeat(301)),
            Err(TextError::TooLong { has: 301, most: 300 })
        );
    }

    #[test]
    fn prose_keeps_paragraphs() {
        assert_eq!(
            Prose::parse("one\r\n\r\n\r\n\r\ntwo \u{7} three")
                .unwrap()
                .as_str(),
            "one\n\ntwo three"
        );
    }
}

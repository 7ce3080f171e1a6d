//! Techniques and activities that a session may have (DOMAIN D12): what they are, how long they take, what to bring.

use serde::{Deserialize, Serialize};

use crate::groups::Kind;
use crate::name::Name;
use crate::text::{Line, Prose};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Technique {
    pub id: Name,
    pub family: Family,
    pub name: Line,
    /// What is done, for who leads.
    pub plain: Prose,
    /// How long it usually takes.
    pub minutes: Span,
    /// To bring.
    pub materials: Vec<Line>,
    /// For the part of a member, each to go on after the name: "practiced saying no".
    pub phrases: Vec<Line>,
    /// What to look out for.
    pub care: Option<Line>,
    /// Groups that it is for; never empty.
    pub kinds: Vec<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Cognitive-behavioural strategies.
    Thinking,
    Mindfulness,
    RolePlay,
    Talk,
    Art,
    Music,
    /// Exercise.
    Movement,
    /// Beginning and closing.
    Frame,
}

/// Whole minutes, the fewest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[u16; 2]", into = "[u16; 2]")]
pub struct Span {
    least: u16,
    most: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("minutes from {least} to {most}: write the fewest first, from 1 to 240")]
pub struct SpanError {
    least: u16,
    most: u16,
}

impl Family {
    pub const ALL: [Self; 8] = [
        Self::Thinking,
        Self::Mindfulness,
        Self::RolePlay,
        Self::Talk,
        Self::Art,
        Self::Music,
        Self::Movement,
        Self::Frame,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Thinking => "thinking",
            Self::Mindfulness => "mindfulness",
            Self::RolePlay => "role-play",
            Self::Talk => "talk",
            Self::Art => "art",
            Self::Music => "music",
            Self::Movement => "movement",
            Self::Frame => "frame",
        }
    }
}

impl Span {
    pub const fn new(least: u16, most: u16) -> Result<Self, SpanError> {
        if least < 1 || least > most || most > 240 {
            return Err(SpanError { least, most });
        }
        Ok(Self { least, most })
    }

    pub const fn least(self) -> u16 {
        self.least
    }

    pub const fn most(self) -> u16 {
        self.most
    }
}

impl TryFrom<[u16; 2]> for Span {
    type Error = SpanError;
    fn try_from([least, most]: [u16; 2]) -> Result<Self, SpanError> {
        Self::new(least, most)
    }
}

impl From<Span> for [u16; 2] {
    fn from(span: Span) -> Self {
        [span.least, span.most]
    }
}

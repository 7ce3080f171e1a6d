//! Who was there: marks of a therapy group, counts of a support group, and what follows from them.

mod billing;
mod certificate;
mod count;
mod outreach;

#[cfg(test)]
mod tests;

pub use billing::{Code, CodeError, Handover, Row};
pub use certificate::{Certificate, CertificateRefused};
pub use count::{Count, CountError, Turnout};
pub use outreach::{Prompt, Why, prompt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::schedule::Minutes;

/// How someone was at a session (DOMAIN D5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    Present,
    Late,
    LeftEarly,
    /// There by video or phone.
    Online,
    /// Said before that they could not come.
    Excused,
    Missed,
}

/// One session of one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attended {
    pub on: NaiveDate,
    pub length: Minutes,
    pub presence: Presence,
}

impl Presence {
    /// In the order of the buttons.
    pub const ALL: [Self; 6] = [
        Self::Present,
        Self::Late,
        Self::LeftEarly,
        Self::Online,
        Self::Excused,
        Self::Missed,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Late => "late",
            Self::LeftEarly => "left-early",
            Self::Online => "online",
            Self::Excused => "excused",
            Self::Missed => "missed",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|presence| presence.name() == name)
    }

    /// Whether they took part, so that an individual part is written.
    pub const fn was_there(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::LeftEarly | Self::Online)
    }
}

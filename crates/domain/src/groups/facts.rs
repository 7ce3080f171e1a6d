//! What a group is and how it works (D1–D12).

use serde::{Deserialize, Serialize};

/// The fewest members of a therapy group (D3).
pub const THERAPY_LEAST: u16 = 4;
/// The most members of a therapy group (D3).
pub const THERAPY_MOST: u16 = 12;

/// The two kinds of group (D1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Helps members change; led by trained therapists; joined by screening.
    Therapy,
    /// Helps members cope; led by peers; walk in.
    Support,
}

/// One problem that all share, or a mix (D8, D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    Shared,
    Mixed,
}

/// Structured (a topic taught and practised) or free-flowing (D7, D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Skills are taught and practised.
    Structured,
    /// Process-oriented: what happens between members is the work.
    Process,
    /// Open, informal discussion.
    Discussion,
    /// A talk or reading first, then discussion.
    Presentation,
}

/// A number of planned sessions, or without an end (D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    Sessions(u16),
    Ongoing,
}

/// Whether one can join any time or only at set times (D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Membership {
    Open,
    Closed,
}

/// What a session is made of (D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activity {
    Talk,
    Art,
    Music,
    Movement,
    Writing,
    Meditation,
    Reading,
}

/// How active the therapist is (D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leading {
    Teaching,
    Guiding,
    MostlySilent,
}

/// Whether the group stands alone or goes with individual therapy (D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alongside {
    StandsAlone,
    Either,
    WithIndividualTherapy,
}

/// How many people (D3). No `most` means no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Size {
    pub least: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u16>,
}

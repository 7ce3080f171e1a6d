//! Someone's time in a group, until it ends one way or another (SCIENCE 6 b, d, e).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Options;

/// A membership and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    pub since: NaiveDate,
    pub standing: Standing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Joined,
    /// The place is kept.
    Paused {
        since: NaiveDate,
    },
    /// It was announced; on that day the group says goodbye.
    Leaving {
        announced: NaiveDate,
        goodbye: NaiveDate,
    },
    Ended(Ended),
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// Announced, with a goodbye.
    Left {
        on: NaiveDate,
    },
    /// All planned sessions are over, or the work is done.
    Completed {
        on: NaiveDate,
    },
    DroppedOut {
        on: NaiveDate,
        reason: Reason,
    },
}

/// Why someone came no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    NoFit,
    OtherTreatment,
    Practical,
    GotBetter,
    GotWorse,
    /// Asked, and nothing was said.
    Unknown,
}

/// Something that is done with a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipAct {
    Pause,
    Return,
    Announce { goodbye: NaiveDate },
    TakeBack,
    Leave,
    Complete,
    DropOut(Reason),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MembershipRefused {
    #[error("This membership is over. Ask for a place anew.")]
    IsOver,
    #[error("This membership is paused already. Come back first.")]
    IsPaused,
    #[error("This membership is not paused.")]
    NotPaused,
    #[error("Leaving was announced already. Take it back first to choose another day.")]
    IsLeaving,
    #[error(
        "Leaving was not announced. Announce it, with a session to say goodbye; or record that the person came no more."
    )]
    NotAnnounced,
    #[error("The session to say goodbye is on {on}. Wait for it, or take the announcement back.")]
    GoodbyeLater { on: NaiveDate },
    #[error("The day to say goodbye is over. Choose today or a later one.")]
    GoodbyePast,
}

impl Membership {
    pub const fn from(since: NaiveDate) -> Self {
        Self {
            since,
            standing: Standing::Joined,
        }
    }

    /// Whether a place is theirs.
    pub const fn has_place(&self) -> bool {
        !matches!(self.standing, Standing::Ended(_))
    }

    /// What is open to someone whose membership has ended.
    pub fn options(&self) -> Option<Options> {
        (!self.has_place()).then(Options::own_way)
    }

    pub fn after(mut self, act: MembershipAct, today: NaiveDate) -> Result<Self, MembershipRefused> {
        use MembershipRefused as No;
        self.standing = match (&self.standing, act) {
            (Standing::Ended(_), _) => return Err(No::IsOver),
            (Standing::Joined, MembershipAct::Pause) => Standing::Paused { since: today },
            (Standing::Paused { .. }, MembershipAct::Pause) => return Err(No::IsPaused),
            (Standing::Leaving { .. }, MembershipAct::Pause | MembershipAct::Announce { .. }) => {
                return Err(No::IsLeaving);
            }
            (Standing::Paused { .. }, MembershipAct::Return)
            | (Standing::Leaving { .. }, MembershipAct::TakeBack) => Standing::Joined,
            (_, MembershipAct::Return) => return Err(No::NotPaused),
            (_, MembershipAct::Announce { goodbye }) if goodbye < today => return Err(No::GoodbyePast),
            (_, MembershipAct::Announce { goodbye }) => Standing::Leaving {
                announced: today,
                goodbye,
            },
            (Standing::Leaving { goodbye, .. }, MembershipAct::Leave) if today < *goodbye => {
                return Err(No::GoodbyeLater { on: *goodbye });
            }
            (Standing::Leaving { .. }, MembershipAct::Leave) => Standing::Ended(Ended::Left { on: today }),
            (_, MembershipAct::Leave | MembershipAct::TakeBack) => return Err(No::NotAnnounced),
            (_, MembershipAct::Complete) => Standing::Ended(Ended::Completed { on: today }),
            (_, MembershipAct::DropOut(reason)) => Standing::Ended(Ended::DroppedOut { on: today, reason }),
        };
        Ok(self)
    }
}

impl Standing {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Paused { .. } => "paused",
            Self::Leaving { .. } => "leaving",
            Self::Ended(Ended::Left { .. }) => "left",
            Self::Ended(Ended::Completed { .. }) => "completed",
            Self::Ended(Ended::DroppedOut { .. }) => "dropped-out",
        }
    }
}

impl Reason {
    pub const ALL: [Self; 6] = [
        Self::NoFit,
        Self::OtherTreatment,
        Self::Practical,
        Self::GotBetter,
        Self::GotWorse,
        Self::Unknown,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::NoFit => "no-fit",
            Self::OtherTreatment => "other-treatment",
            Self::Practical => "practical",
            Self::GotBetter => "got-better",
            Self::GotWorse => "got-worse",
            Self::Unknown => "unknown",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

impl MembershipAct {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Return => "return",
            Self::Announce { .. } => "announce",
            Self::TakeBack => "take-back",
            Self::Leave => "leave",
            Self::Complete => "complete",
            Self::DropOut(_) => "drop-out",
        }
    }
}
